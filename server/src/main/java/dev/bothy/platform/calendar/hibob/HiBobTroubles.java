package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.calendar.SourceTrouble;
import dev.bothy.platform.calendar.SourceTroubles;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Tells once that HiBob fails, and once that it is read again. Called within a transaction of the
/// workspace, with the connection locked.
@Component
class HiBobTroubles {
  private final HiBobTable table;
  private final SourceTroubles troubles;

  HiBobTroubles(HiBobTable table, SourceTroubles troubles) {
    this.table = table;
    this.troubles = troubles;
  }

  /// @param before as it was before it was asked
  /// @param after as it is now
  void look(HiBobConnection before, HiBobConnection after, Instant now) {
    boolean told = table.isTold(after.id());
    Optional<SourceTrouble> trouble = of(after, now);
    if (trouble.isPresent() && !told) {
      troubles.tell(trouble.get());
      table.setTold(after.id(), now);
    } else if (told && after.state().failingSince() == null) {
      of(before, now).ifPresent(troubles::tellThatItIsOver);
      table.setTold(after.id(), null);
    }
  }

  /// Empty unless somebody has to look after it.
  static Optional<SourceTrouble> of(HiBobConnection connection, Instant now) {
    Instant since = connection.state().failingSince();
    return since == null || !connection.state().isFailingForLong(now)
        ? Optional.empty()
        : Optional.of(
            new SourceTrouble(
                connection.id(),
                "HiBob",
                null,
                since,
                Objects.requireNonNullElse(connection.state().problem(), ""),
                "/absences/hibob"));
  }
}
