package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.ConnectionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An absence as a feed or an HR system tells it.
///
/// @param externalId its id there, 1 to 300 characters, without anything that people wrote: a hash
///   where the origin's own id may hold an address
/// @param account 1 to 200 characters
/// @param from included
/// @param to excluded, after `from`
/// @param leaveType 1 to 60 characters; null where the origin tells none
public record Told(
    String externalId,
    ConnectionId connection,
    String account,
    Instant from,
    Instant to,
    boolean allDay,
    @Nullable String leaveType) {
  /// The longest [#leaveType], in characters.
  public static final int LONGEST_LEAVE_TYPE = 60;

  public Told {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("An absence ends after it starts");
    }
  }
}
