package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.ConnectionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which absences a list shows: those that overlap with a time.
///
/// @param from included
/// @param to excluded
/// @param connection null for any
/// @param account null for any
/// @param after where the page before ended; null for the first
public record AbsenceQuery(
    Instant from,
    Instant to,
    @Nullable ConnectionId connection,
    @Nullable String account,
    @Nullable Place after) {
  /// Where a page ended.
  public record Place(Instant from, UUID id) {
    /// The place of this absence.
    public static Place of(Absence absence) {
      return new Place(absence.from(), absence.id());
    }

    /// The place that [#text] said; empty if it said none.
    public static Optional<Place> of(String text) {
      int end = text.indexOf('_');
      if (end < 0) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Place(
                Instant.parse(text.substring(0, end)), UUID.fromString(text.substring(end + 1))));
      } catch (DateTimeException | IllegalArgumentException _) {
        return Optional.empty();
      }
    }

    /// It as a program gives it back.
    public String text() {
      return from + "_" + id;
    }
  }
}
