package dev.bothy.app.rotations.plan;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.format.TextStyle;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// How often the turn passes to the next person. The wall-clock time, the first day and the zone
/// are the rotation's own; together they make [HandoffTimes].
public sealed interface Cadence {
  /// The cadence in the words of a card, such as `every 2 weeks`.
  String describe();

  /// Each day.
  record Daily() implements Cadence {
    @Override
    public String describe() {
      return "every day";
    }
  }

  /// Each of these days of each week.
  ///
  /// @param days one to seven days
  record Weekly(Set<DayOfWeek> days) implements Cadence {
    public Weekly {
      if (days.isEmpty()) {
        throw new IllegalArgumentException("A weekly cadence has at least one day");
      }
      days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    @Override
    public String describe() {
      return days.stream()
          .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
          .collect(Collectors.joining(", ", "every ", ""));
    }
  }

  /// Every so many hours, days, weeks or months of the wall clock, counted from the rotation's
  /// first hand-off.
  ///
  /// @param every 1 up to the unit's [Unit#most]
  record Custom(int every, Unit unit) implements Cadence {
    public Custom {
      if (every < 1 || every > unit.most()) {
        throw new IllegalArgumentException("1 to " + unit.most() + " " + unit.plural());
      }
    }

    /// The length of a turn as the wall clock counts it; of months the longest.
    Duration period() {
      return unit.length().multipliedBy(every);
    }

    @Override
    public String describe() {
      return every == 1 ? "every " + unit.singular() : "every " + every + " " + unit.plural();
    }
  }

  /// What a custom cadence counts in. The bounds keep every turn between an hour and a year.
  enum Unit {
    HOURS(Duration.ofHours(1), 720),
    DAYS(Duration.ofDays(1), 365),
    WEEKS(Duration.ofDays(7), 52),
    /// 31 days: what a month has at most.
    MONTHS(Duration.ofDays(31), 12);

    private final Duration length;
    private final int most;

    Unit(Duration length, int most) {
      this.length = length;
      this.most = most;
    }

    Duration length() {
      return length;
    }

    /// The largest number of this unit in one turn.
    public int most() {
      return most;
    }

    /// `hours`, `days`, `weeks` or `months`.
    public String plural() {
      return name().toLowerCase(Locale.ROOT);
    }

    String singular() {
      String plural = plural();
      return plural.substring(0, plural.length() - 1);
    }
  }
}
