package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.ConnectionId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// When an account's person is away.
///
/// @param account the network's own id, 1 to 200 characters
/// @param from included
/// @param to excluded, after `from`
/// @param allDay whether it was told in whole days; `from` and `to` are midnights of some zone then
/// @param leaveType the HR system's word for the kind of leave, 1 to 60 characters, shown to the
///   person and to managers alone; null unless HR told it
public record Absence(
    UUID id,
    ConnectionId connection,
    String account,
    Instant from,
    Instant to,
    boolean allDay,
    AbsenceSource source,
    @Nullable String leaveType) {
  public Absence {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("An absence ends after it starts");
    }
  }

  /// Whether it and this time have an instant in common.
  ///
  /// @param start included
  /// @param end excluded
  public boolean overlaps(Instant start, Instant end) {
    return from.isBefore(end) && to.isAfter(start);
  }
}
