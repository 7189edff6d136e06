package dev.bothy.app.rotations.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.TimeZones;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandoffTimesTest {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
  private static final Cadence DAILY = new Cadence.Daily();
  private static final Cadence HOURLY = new Cadence.Custom(1, Cadence.Unit.HOURS);

  /// Facts of the golden table in GoAlert's `schedule/rotation/rotation_test.go`, and of the tz
  /// database for the zones that it leaves out.
  @ParameterizedTest(name = "{0} {1} {2}: after {3} comes {4}")
  @CsvSource({
    // Chicago skips 02:00 to 03:00 on 2020-03-08.
    "daily,02:30,America/Chicago,2020-03-07T02:30-06:00,2020-03-08T03:00-05:00",
    "daily,02:30,America/Chicago,2020-03-08T03:00-05:00,2020-03-09T02:30-05:00",
    "hourly,00:30,America/Chicago,2020-03-08T00:30-06:00,2020-03-08T01:30-06:00",
    "hourly,00:30,America/Chicago,2020-03-08T01:30-06:00,2020-03-08T03:00-05:00",
    "hourly,00:30,America/Chicago,2020-03-08T03:00-05:00,2020-03-08T03:30-05:00",
    // On the full hour the skipped 02:00 and the real 03:00 are one hand-off.
    "hourly,00:00,America/Chicago,2020-03-08T01:00-06:00,2020-03-08T03:00-05:00",
    "hourly,00:00,America/Chicago,2020-03-08T03:00-05:00,2020-03-08T04:00-05:00",
    // Chicago shows 01:00 to 02:00 twice on 2020-11-01: the turn of 01:30 lasts two hours.
    "hourly,00:30,America/Chicago,2020-11-01T00:30-05:00,2020-11-01T01:30-05:00",
    "hourly,00:30,America/Chicago,2020-11-01T01:30-05:00,2020-11-01T02:30-06:00",
    "hourly,00:30,America/Chicago,2020-11-01T01:30-06:00,2020-11-01T02:30-06:00",
    "daily,01:30,America/Chicago,2020-10-31T01:30-05:00,2020-11-01T01:30-05:00",
    "daily,01:30,America/Chicago,2020-11-01T01:30-05:00,2020-11-02T01:30-06:00",
    // Lord Howe Island moves its clocks by half an hour.
    "daily,02:15,Australia/Lord_Howe,2020-10-03T02:15+10:30,2020-10-04T02:30+11:00",
    "daily,02:15,Australia/Lord_Howe,2020-10-04T02:30+11:00,2020-10-05T02:15+11:00",
    "daily,01:45,Australia/Lord_Howe,2020-04-04T01:45+11:00,2020-04-05T01:45+11:00",
    "daily,01:45,Australia/Lord_Howe,2020-04-05T01:45+11:00,2020-04-06T01:45+10:30",
    // Samoa skipped the whole of 2011-12-30: that day's hand-off is the first instant of the 31st.
    "daily,09:00,Pacific/Apia,2011-12-29T09:00-10:00,2011-12-31T00:00+14:00",
    "daily,09:00,Pacific/Apia,2011-12-31T00:00+14:00,2011-12-31T09:00+14:00",
  })
  void theTurnPassesByTheWallClock(
      String cadence, String at, String zone, String after, String expected) {
    HandoffTimes times =
        new HandoffTimes(
            cadence.equals("daily") ? DAILY : HOURLY,
            LocalDate.of(2011, 1, 1),
            LocalTime.parse(at),
            ZoneId.of(zone));
    assertThat(times.nextAfter(instant(after))).isEqualTo(instant(expected));
    assertThat(times.lastUntil(instant(expected))).contains(instant(expected));
  }

  @Test
  void theRepeatedHourlyTurnLastsTwoHours() {
    HandoffTimes times =
        new HandoffTimes(HOURLY, LocalDate.of(2020, 10, 30), LocalTime.of(0, 30), CHICAGO);
    Instant start = instant("2020-11-01T01:30-05:00");
    assertThat(Duration.between(start, times.nextAfter(start))).isEqualTo(Duration.ofHours(2));
  }

  @ParameterizedTest
  @CsvSource({
    "America/Chicago,02:30",
    "America/Chicago,01:30",
    "Australia/Lord_Howe,02:15",
    "Europe/Berlin,02:00",
    "Africa/Casablanca,03:00",
    "Pacific/Apia,09:00",
    "UTC,00:00",
    "America/St_Johns,00:01",
    "Asia/Gaza,00:30",
  })
  void dailyIsEvery24Hours(String zone, String at) {
    LocalDate from = LocalDate.of(2011, 12, 1);
    HandoffTimes daily = new HandoffTimes(DAILY, from, LocalTime.parse(at), ZoneId.of(zone));
    HandoffTimes hours =
        new HandoffTimes(
            new Cadence.Custom(24, Cadence.Unit.HOURS), from, LocalTime.parse(at), ZoneId.of(zone));
    Instant start = instant("2011-12-01T00:00+00:00");
    Instant end = start.plus(Duration.ofDays(10 * 366));
    assertThat(hours.between(start, end, 5_000)).isEqualTo(daily.between(start, end, 5_000));
  }

  /// Each 30 seconds around the changed clocks: whatever instant is asked for, the shift that holds
  /// it begins and ends at hand-offs of the table, and nothing else is ever answered.
  @Test
  void everyInstantLiesInAShiftOfTheTable() {
    assertTable(
        new HandoffTimes(DAILY, LocalDate.of(2020, 1, 1), LocalTime.of(2, 30), CHICAGO),
        "2020-03-06T02:30-06:00",
        "2020-03-07T02:30-06:00",
        "2020-03-08T03:00-05:00",
        "2020-03-09T02:30-05:00",
        "2020-03-10T02:30-05:00");
    assertTable(
        new HandoffTimes(HOURLY, LocalDate.of(2020, 1, 1), LocalTime.of(0, 30), CHICAGO),
        "2020-11-01T00:30-05:00",
        "2020-11-01T01:30-05:00",
        "2020-11-01T02:30-06:00",
        "2020-11-01T03:30-06:00");
    assertTable(
        new HandoffTimes(DAILY, LocalDate.of(2020, 1, 1), LocalTime.of(2, 15), LORD_HOWE),
        "2020-10-03T02:15+10:30",
        "2020-10-04T02:30+11:00",
        "2020-10-05T02:15+11:00");
  }

  private static void assertTable(HandoffTimes times, String... table) {
    List<Instant> handoffs = new ArrayList<>();
    for (String entry : table) {
      handoffs.add(instant(entry));
    }
    int shift = 0;
    Instant end = handoffs.getLast();
    for (Instant at = handoffs.getFirst(); at.isBefore(end); at = at.plusSeconds(30)) {
      if (!at.isBefore(handoffs.get(shift + 1))) {
        shift++;
      }
      assertThat(times.lastUntil(at)).as("start at %s", at).contains(handoffs.get(shift));
      assertThat(times.nextAfter(at)).as("end at %s", at).isEqualTo(handoffs.get(shift + 1));
    }
  }

  /// Random rules, zones and instants: hand-offs only go forward, none is left out between two,
  /// asking from anywhere within a shift gives the same end, and away from changed clocks the wall
  /// clock reads the time that was asked for.
  @Test
  void handoffsOnlyGoForwardAndNoneIsLeftOut() {
    Random random = new Random(20_201_101);
    List<String> zones = List.copyOf(new TreeSet<>(TimeZones.all()));
    for (int round = 0; round < 3_000; round++) {
      HandoffTimes times = randomTimes(random, zones);
      Instant at =
          instant("2000-01-01T00:00+00:00").plusSeconds(random.nextLong(35L * 365 * 86_400));
      Instant next = times.nextAfter(at);
      Instant following = times.nextAfter(next);
      assertThat(next).as("%s after %s", times, at).isAfter(at);
      assertThat(following).as("%s after %s", times, next).isAfter(next);
      Instant between =
          next.plusSeconds(random.nextLong(Duration.between(next, following).toSeconds()));
      assertThat(times.nextAfter(between)).as("%s after %s", times, between).isEqualTo(following);
      assertThat(times.lastUntil(between)).as("%s until %s", times, between).contains(next);
      assertThat(times.between(next, following.plusSeconds(1), 9)).containsExactly(next, following);
      boolean clocksChange = changesClocksAt(times.zone(), next);
      if (!clocksChange && !(times.cadence() instanceof Cadence.Custom)) {
        assertThat(next.atZone(times.zone()).toLocalTime()).isEqualTo(times.at());
      }
    }
  }

  private static boolean changesClocksAt(ZoneId zone, Instant instant) {
    ZoneOffsetTransition previous = zone.getRules().previousTransition(instant.plusNanos(1));
    return previous != null && previous.getInstant().equals(instant);
  }

  private static HandoffTimes randomTimes(Random random, List<String> zones) {
    Cadence cadence =
        switch (random.nextInt(4)) {
          case 0 -> DAILY;
          case 1 ->
              new Cadence.Weekly(EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)), DayOfWeek.FRIDAY));
          case 2 -> new Cadence.Custom(1 + random.nextInt(48), Cadence.Unit.HOURS);
          default ->
              new Cadence.Custom(
                  1 + random.nextInt(20),
                  random.nextBoolean() ? Cadence.Unit.DAYS : Cadence.Unit.WEEKS);
        };
    return new HandoffTimes(
        cadence,
        LocalDate.of(1999, 1, 1),
        LocalTime.of(random.nextInt(24), random.nextInt(60)),
        ZoneId.of(zones.get(random.nextInt(zones.size()))));
  }

  @Test
  void weeklyHandsOffOnEachOfItsDays() {
    HandoffTimes times =
        new HandoffTimes(
            new Cadence.Weekly(Set.of(DayOfWeek.MONDAY, DayOfWeek.THURSDAY)),
            LocalDate.of(2026, 11, 22),
            LocalTime.of(9, 0),
            ZoneId.of("Europe/Berlin"));
    assertThat(
            times.between(instant("2026-11-20T00:00+01:00"), instant("2026-12-01T00:00+01:00"), 9))
        .containsExactly(
            instant("2026-11-23T09:00+01:00"),
            instant("2026-11-26T09:00+01:00"),
            instant("2026-11-30T09:00+01:00"));
  }

  @Test
  void customTurnsCountFromTheFirstHandoff() {
    HandoffTimes times =
        new HandoffTimes(
            new Cadence.Custom(2, Cadence.Unit.WEEKS),
            LocalDate.of(2026, 10, 12),
            LocalTime.of(9, 0),
            ZoneId.of("Europe/Berlin"));
    assertThat(times.nextAfter(instant("2026-10-13T00:00+02:00")))
        .as("the clocks went back between the two")
        .isEqualTo(instant("2026-10-26T09:00+01:00"));
  }

  @Test
  void nothingIsHandedOffBeforeTheFirst() {
    HandoffTimes times =
        new HandoffTimes(DAILY, LocalDate.of(2026, 12, 1), LocalTime.of(9, 0), CHICAGO);
    assertThat(times.lastUntil(instant("2026-12-01T08:59-06:00"))).isEmpty();
    assertThat(times.nextAfter(instant("2026-01-01T00:00-06:00")))
        .isEqualTo(instant("2026-12-01T09:00-06:00"));
  }

  @Test
  void aRangeIncludesItsStartAndNotItsEnd() {
    HandoffTimes times =
        new HandoffTimes(DAILY, LocalDate.of(2026, 1, 1), LocalTime.of(9, 0), CHICAGO);
    Instant start = instant("2026-02-01T09:00-06:00");
    assertThat(times.between(start, instant("2026-02-03T09:00-06:00"), 9))
        .hasSize(2)
        .contains(start);
    assertThat(times.between(start, instant("2026-03-03T09:00-06:00"), 9)).hasSize(9);
  }

  private static Instant instant(String text) {
    return ZonedDateTime.parse(text).toInstant();
  }
}
