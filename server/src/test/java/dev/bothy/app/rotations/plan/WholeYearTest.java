package dev.bothy.app.rotations.plan;

import static dev.bothy.app.rotations.plan.Draft.ALL_DAYS;
import static dev.bothy.app.rotations.plan.Draft.WORKING_DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every minute of whole years in zones with odd rules, against a slow and simple reading of the
/// rules.
///
/// That reading looks at the wall clock alone, minute by minute, and never lets it go back: a
/// hand-off is when the clock shows its time or a later one for the first time. The turn of a
/// minute is the number of those until then, and its person is found by counting the turns before
/// it that have an active minute.
class WholeYearTest {
  private static final int DAY = 24 * 60;
  private static final int PEOPLE = 5;

  /// A rule, and which minutes of the wall clock have a hand-off, as the slow reading needs it.
  private record Rule(
      Cadence cadence, LocalDateTime first, IsHandoff isHandoff, Activity activity) {}

  private interface IsHandoff {
    boolean at(LocalDate day, int minute);
  }

  @ParameterizedTest
  @CsvSource({
    "America/Chicago, 2026",
    "Australia/Lord_Howe, 2026",
    "Africa/Casablanca, 2026",
    "Asia/Kathmandu, 2026",
    "UTC, 2024",
    "Pacific/Apia, 2011",
    "America/St_Johns, 2011",
    "America/St_Johns, 2026",
    "Asia/Gaza, 2023"
  })
  void eachMinuteIsWhoseTheRulesSay(String zone, int year) {
    int start = (int) (LocalDate.of(year, 1, 1).toEpochDay() * DAY);
    int[] clock = clock(ZoneId.of(zone), start, LocalDate.of(year, 1, 1).lengthOfYear() * DAY);
    for (Rule rule : rules(LocalDate.of(year, 1, 1).minusDays(40))) {
      Roster roster =
          Roster.of(IntStream.range(0, PEOPLE).mapToObj(i -> new Participant("" + i)).toList());
      Plan plan =
          Draft.of(
                  new HandoffTimes(
                      rule.cadence,
                      rule.first.toLocalDate(),
                      rule.first.toLocalTime(),
                      ZoneId.of(zone)))
              .roster(roster)
              .active(rule.activity)
              .from(instant(start).toString());
      int[] planned = planned(plan, start, clock.length);
      int[] expected = expected(rule, clock);
      int differs = Arrays.mismatch(planned, expected);
      assertThat(differs)
          .as("%s: %s of %s", zone, differs < 0 ? "" : instant(start + differs), rule)
          .isEqualTo(-1);
      assertSteps(plan, planned, start);
    }
  }

  private static List<Rule> rules(LocalDate from) {
    LocalDate december31 = LocalDate.of(from.getYear() - 1, 12, 31);
    Set<DayOfWeek> twice = EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    Activity working = new Activity(WORKING_DAYS, List.of(), Set.of());
    Activity office =
        new Activity(
            WORKING_DAYS,
            List.of(
                block(WORKING_DAYS, "08:00", "12:30"),
                block(EnumSet.of(DayOfWeek.FRIDAY), "12:00", "17:00")),
            Set.of(from.plusDays(47), from.plusDays(120)));
    Activity nights =
        new Activity(
            ALL_DAYS,
            List.of(block(WORKING_DAYS, "21:30", "02:30"), block(ALL_DAYS, "01:15", "02:45")),
            Set.of(from.plusDays(100)));
    return List.of(
        rule(new Cadence.Daily(), from.atTime(9, 0), _ -> true, Activity.ALWAYS),
        rule(new Cadence.Daily(), from.atTime(2, 30), _ -> true, working),
        rule(new Cadence.Daily(), from.atTime(1, 45), _ -> true, nights),
        rule(new Cadence.Daily(), from.atTime(0, 0), _ -> true, office),
        rule(
            new Cadence.Weekly(twice),
            from.atTime(2, 15),
            day -> twice.contains(day.getDayOfWeek()),
            office),
        every(60, new Cadence.Custom(1, Cadence.Unit.HOURS), from.atTime(0, 30), Activity.ALWAYS),
        every(7 * 60, new Cadence.Custom(7, Cadence.Unit.HOURS), from.atTime(1, 0), working),
        every(3 * DAY, new Cadence.Custom(3, Cadence.Unit.DAYS), from.atTime(2, 0), nights),
        every(14 * DAY, new Cadence.Custom(2, Cadence.Unit.WEEKS), from.atTime(0, 1), working),
        rule(
            new Cadence.Custom(1, Cadence.Unit.MONTHS),
            december31.atTime(1, 30),
            day -> day.getDayOfMonth() == day.lengthOfMonth(),
            Activity.ALWAYS),
        rule(
            new Cadence.Custom(2, Cadence.Unit.MONTHS),
            december31.atTime(23, 59),
            day -> day.getDayOfMonth() == day.lengthOfMonth() && day.getMonthValue() % 2 == 0,
            working));
  }

  private static Rule rule(
      Cadence cadence, LocalDateTime first, Predicate<LocalDate> days, Activity activity) {
    int at = minute(first.toLocalTime());
    return new Rule(cadence, first, (day, minute) -> minute == at && days.test(day), activity);
  }

  private static Rule every(int minutes, Cadence cadence, LocalDateTime first, Activity activity) {
    long from = first.toLocalDate().toEpochDay() * DAY + minute(first.toLocalTime());
    return new Rule(
        cadence,
        first,
        (day, minute) -> (day.toEpochDay() * DAY + minute - from) % minutes == 0,
        activity);
  }

  /// The latest minute that the wall clock has shown by each minute.
  private static int[] clock(ZoneId zone, int start, int minutes) {
    int[] clock = new int[minutes];
    // What the clock showed on the day before counts too, should it go back in the first hours.
    int latest = Integer.MIN_VALUE;
    for (int minute = -DAY; minute < minutes; minute++) {
      int offset = zone.getRules().getOffset(instant(start + minute)).getTotalSeconds() / 60;
      latest = Math.max(latest, start + minute + offset);
      if (minute >= 0) {
        clock[minute] = latest;
      }
    }
    return clock;
  }

  private static int[] expected(Rule rule, int[] clock) {
    LocalDate day = LocalDate.ofEpochDay(clock[0] / DAY - 2);
    int from = (int) day.toEpochDay() * DAY;
    int days = (clock[clock.length - 1] - from) / DAY + 3;
    boolean[] handoff = new boolean[days * DAY];
    boolean[] active = new boolean[days * DAY];
    for (int midnight = 0; midnight < (days - 2) * DAY; midnight += DAY) {
      for (int minute = 0; minute < DAY; minute++) {
        handoff[midnight + minute] = rule.isHandoff.at(day, minute);
      }
      fillActive(rule, day, midnight, active);
      day = day.plusDays(1);
    }
    int[] turns = new int[clock.length];
    BitSet takes = new BitSet();
    int turn = 0;
    for (int minute = 0; minute < clock.length; minute++) {
      int before = minute == 0 ? clock[0] : clock[minute - 1];
      boolean passes = false;
      for (int shown = before + 1; shown <= clock[minute]; shown++) {
        passes |= handoff[shown - from];
      }
      turn += passes ? 1 : 0;
      turns[minute] = turn;
      if (active[clock[minute] - from]) {
        takes.set(turn);
      }
    }
    int[] persons = new int[turn + 1];
    for (int each = 0; each <= turn; each++) {
      persons[each] = takes.get(0, each).cardinality() % PEOPLE;
    }
    return IntStream.range(0, clock.length)
        .map(minute -> active[clock[minute] - from] ? persons[turns[minute]] : -1)
        .toArray();
  }

  /// @param midnight where the day begins in `active`
  private static void fillActive(Rule rule, LocalDate day, int midnight, boolean[] active) {
    Activity activity = rule.activity;
    if (!activity.days().contains(day.getDayOfWeek()) || activity.holidays().contains(day)) {
      return;
    }
    if (activity.hours().isEmpty()) {
      int handoff = midnight + minute(rule.first.toLocalTime());
      Arrays.fill(active, handoff, handoff + DAY, true);
    }
    for (HourBlock block : activity.hours()) {
      if (block.days().contains(day.getDayOfWeek())) {
        int start = minute(block.from());
        int end = minute(block.to());
        Arrays.fill(active, midnight + start, midnight + (end > start ? end : end + DAY), true);
      }
    }
  }

  /// Who is planned for each minute; each has one at most.
  private static int[] planned(Plan plan, int start, int minutes) {
    int[] planned = new int[minutes];
    Arrays.fill(planned, -1);
    for (Assignment each : Timeline.of(plan, instant(start), instant(start + minutes))) {
      Participant person = Objects.requireNonNull(each.person());
      assertThat(each.start().getEpochSecond() % 60 + each.end().getEpochSecond() % 60).isZero();
      int from = (int) (each.start().getEpochSecond() / 60) - start;
      int to = (int) (each.end().getEpochSecond() / 60) - start;
      for (int minute = from; minute < to; minute++) {
        if (planned[minute] != -1) {
          throw new AssertionError("Two have the minute at which it begins or goes on: " + each);
        }
        planned[minute] = Integer.parseInt(person.account());
      }
    }
    return planned;
  }

  /// Looking again whenever something changes, as the engine does, gives the same.
  private static void assertSteps(Plan plan, int[] planned, int start) {
    Plan now = plan;
    Instant at = instant(start);
    Instant end = instant(start + planned.length);
    int steps = 0;
    while (at.isBefore(end) && steps++ < 100) {
      now = new Plan(now.layers(), Timeline.advance(now, at), List.of(), now.away(), now.gone());
      Instant next = Timeline.nextBoundary(now, at);
      List<Assignment> current = Timeline.of(now, at, next);
      int person = planned[(int) (at.getEpochSecond() / 60) - start];
      assertThat(Draft.people(current)).isEqualTo(person < 0 ? "" : "" + person);
      at = next;
    }
  }

  private static HourBlock block(Set<DayOfWeek> days, String from, String to) {
    return new HourBlock(days, LocalTime.parse(from), LocalTime.parse(to));
  }

  private static Instant instant(int minute) {
    return Instant.ofEpochSecond(minute * 60L);
  }

  private static int minute(LocalTime time) {
    return time.toSecondOfDay() / 60;
  }
}
