package dev.bothy.app.rotations.web;

import dev.bothy.platform.kernel.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The time that is looked at for fairness: whole days, as they were chosen or typed.
///
/// @param from the first day, as it was typed; read of a custom range alone
/// @param to the last day, included
record FairnessRange(Choice choice, String from, String to) {
  private static final long LONGEST_DAYS = 366;

  /// What there is to choose.
  enum Choice {
    WEEKS4("Last 4 weeks"),
    WEEKS12("Last 12 weeks"),
    YEAR("Last year"),
    AHEAD("Next 4 weeks"),
    CUSTOM("From … to …");

    private final String label;

    Choice(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    /// As the address says it.
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// From when, included, to when, excluded.
  record Bounds(Instant from, Instant until) {}

  /// @param range a choice's value; anything else is the last four weeks
  static FairnessRange of(String range, String from, String to) {
    Choice choice =
        List.of(Choice.values()).stream()
            .filter(each -> each.value().equals(range))
            .findFirst()
            .orElse(Choice.WEEKS4);
    return new FairnessRange(choice, from, to);
  }

  /// Its bounds; empty when what was typed cannot be read, which the problems say then.
  Optional<Bounds> bounds(ZoneId zone, Instant now, List<Problem> problems) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return switch (choice) {
      case WEEKS4 -> Optional.of(new Bounds(before(today, Period.ofWeeks(4), zone), now));
      case WEEKS12 -> Optional.of(new Bounds(before(today, Period.ofWeeks(12), zone), now));
      case YEAR -> Optional.of(new Bounds(before(today, Period.ofYears(1), zone), now));
      case AHEAD -> Optional.of(new Bounds(now, today.plusWeeks(4).atStartOfDay(zone).toInstant()));
      case CUSTOM -> custom(zone, today, problems);
    };
  }

  private Optional<Bounds> custom(ZoneId zone, LocalDate today, List<Problem> problems) {
    List<Problem> wrong = new ArrayList<>();
    Optional<Instant> first = WallTimes.read(from, zone, "from", "From", wrong);
    Optional<Instant> last = WallTimes.read(to, zone, "to", "To", wrong);
    problems.addAll(wrong);
    if (first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    LocalDate begin = first.get().atZone(zone).toLocalDate();
    LocalDate end = last.get().atZone(zone).toLocalDate();
    long days = ChronoUnit.DAYS.between(begin, end) + 1;
    if (days < 1
        || days > LONGEST_DAYS
        || end.isAfter(today.plusYears(1))
        || begin.getYear() < 1970) {
      problems.add(
          Problem.ofField(
              "rotations.range",
              "to",
              "To: not before the first day, at most a year after it, and at most a year from now"));
      return Optional.empty();
    }
    return Optional.of(
        new Bounds(
            begin.atStartOfDay(zone).toInstant(), end.plusDays(1).atStartOfDay(zone).toInstant()));
  }

  private static Instant before(LocalDate today, Period period, ZoneId zone) {
    return today.minus(period).atStartOfDay(zone).toInstant();
  }
}
