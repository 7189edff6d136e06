package dev.bothy.app.rotations.web;

import dev.bothy.platform.kernel.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// Times of a wall clock as browsers write them.
final class WallTimes {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");
  private static final int LONGEST_SHOWN = 40;

  private WallTimes() {}

  static String write(Instant instant, ZoneId zone) {
    return WRITTEN.format(instant.atZone(zone));
  }

  /// What a field says: `2026-12-24T09:00`, with a space as well, or a day alone for its first
  /// instant. A time that the clock skips is the one after the gap; of one that it shows twice the
  /// first is meant. What cannot be read is added to the problems.
  ///
  /// @param label how people call the field
  static Optional<Instant> read(
      String typed, ZoneId zone, String field, String label, List<Problem> problems) {
    String text = typed.strip().replace(' ', 'T');
    try {
      return Optional.of(
          text.contains("T")
              ? LocalDateTime.parse(text).atZone(zone).toInstant()
              : LocalDate.parse(text).atStartOfDay(zone).toInstant());
    } catch (DateTimeException _) {
      String shown =
          typed.length() > LONGEST_SHOWN ? typed.substring(0, LONGEST_SHOWN) + "…" : typed;
      problems.add(
          Problem.ofField(
              "rotations.time",
              field,
              label
                  + ": \""
                  + shown
                  + "\" is not allowed; allowed: a day and a time, such as 2026-12-24T09:00"));
      return Optional.empty();
    }
  }
}
