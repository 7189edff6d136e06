package dev.bothy.app.rotations.plan;

import static dev.bothy.app.rotations.plan.Draft.ALL_DAYS;
import static dev.bothy.app.rotations.plan.Draft.WORKING_DAYS;
import static dev.bothy.app.rotations.plan.Draft.lines;
import static dev.bothy.app.rotations.plan.Draft.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// When somebody is on duty at all. 2026-01-05 is a Monday.
class ActivityTest {
  @Test
  void aDayOfDutyLastsFromHandoffToHandoff() {
    Plan plan =
        Draft.weekly("09:00", "UTC", DayOfWeek.MONDAY)
            .on(WORKING_DAYS)
            .from("2026-01-05T09:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T09:00:00Z", "2026-01-12T09:00:00Z"), "UTC"))
        .containsExactly("Mon 05 09:00 - Sat 10 09:00 ada TURN");
  }

  @Test
  void aHolidayIsADayOfDutyLikeAnyOther() {
    Plan plan =
        Draft.weekly("09:00", "UTC", DayOfWeek.MONDAY)
            .on(WORKING_DAYS)
            .holidays("2026-01-07")
            .from("2026-01-05T09:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T09:00:00Z", "2026-01-12T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Wed 07 09:00 ada TURN", "Thu 08 09:00 - Sat 10 09:00 ada TURN");
  }

  @Test
  void hoursAreBlocksOfTheWallClock() {
    Plan plan =
        Draft.weekly("09:00", "Europe/Berlin", DayOfWeek.MONDAY)
            .hours(WORKING_DAYS, "09:00", "12:00")
            .hours(Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), "13:00", "17:00")
            .from("2026-01-05T08:00:00Z");
    assertThat(
            lines(timeline(plan, "2026-01-05T08:00:00Z", "2026-01-12T08:00:00Z"), "Europe/Berlin"))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 12:00 ada TURN",
            "Mon 05 13:00 - Mon 05 17:00 ada TURN",
            "Tue 06 09:00 - Tue 06 12:00 ada TURN",
            "Wed 07 09:00 - Wed 07 12:00 ada TURN",
            "Thu 08 09:00 - Thu 08 12:00 ada TURN",
            "Fri 09 09:00 - Fri 09 12:00 ada TURN",
            "Fri 09 13:00 - Fri 09 17:00 ada TURN");
  }

  @Test
  void blocksThatTouchOrOverlapAreOne() {
    Plan plan =
        Draft.daily("00:00", "UTC")
            .hours(ALL_DAYS, "08:00", "12:00")
            .hours(ALL_DAYS, "12:00", "15:00")
            .hours(ALL_DAYS, "14:00", "16:00")
            .from("2026-01-05T00:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z"), "UTC"))
        .containsExactly("Mon 05 08:00 - Mon 05 16:00 ada TURN");
  }

  @Test
  void aNightsBlockEndsOnTheDayAfter() {
    Plan plan =
        Draft.daily("12:00", "UTC")
            .hours(WORKING_DAYS, "18:00", "06:00")
            .from("2026-01-08T12:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-08T12:00:00Z", "2026-01-13T12:00:00Z"), "UTC"))
        .containsExactly(
            "Thu 08 18:00 - Fri 09 06:00 ada TURN",
            "Fri 09 18:00 - Sat 10 06:00 grace TURN",
            "Mon 12 18:00 - Tue 13 06:00 katherine TURN");
  }

  @Test
  void aHandoffWithinABlockCutsIt() {
    Plan plan =
        Draft.daily("00:00", "UTC").hours(ALL_DAYS, "22:00", "06:00").from("2026-01-05T00:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T00:00:00Z", "2026-01-06T12:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 00:00 - Mon 05 06:00 ada TURN",
            "Mon 05 22:00 - Tue 06 00:00 ada TURN",
            "Tue 06 00:00 - Tue 06 06:00 grace TURN");
  }

  @Test
  void aBlockFromMidnightToMidnightIsAWholeDay() {
    HourBlock block = new HourBlock(Set.of(DayOfWeek.MONDAY), LocalTime.MIN, LocalTime.MIN);
    Plan plan =
        Draft.weekly("00:00", "UTC", DayOfWeek.MONDAY)
            .hours(block.days(), "00:00", "00:00")
            .from("2026-01-05T00:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z"), "UTC"))
        .containsExactly("Mon 05 00:00 - Tue 06 00:00 ada TURN");
  }

  /// With a hand-off at noon a holiday would otherwise take the afternoon of its own day and the
  /// morning of the next.
  @Test
  void withHoursAHolidayTakesTheHoursThatBeginOnIt() {
    Plan plan =
        Draft.weekly("12:00", "UTC", DayOfWeek.MONDAY)
            .hours(WORKING_DAYS, "09:00", "17:00")
            .holidays("2026-01-07")
            .from("2026-01-05T12:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-06T00:00:00Z", "2026-01-09T00:00:00Z"), "UTC"))
        .containsExactly(
            "Tue 06 09:00 - Tue 06 17:00 ada TURN", "Thu 08 09:00 - Thu 08 17:00 ada TURN");
  }

  @Test
  void withHoursAnActiveDayHasTheHoursThatBeginOnIt() {
    Plan plan =
        Draft.weekly("09:00", "UTC", DayOfWeek.MONDAY)
            .on(EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY))
            .hours(ALL_DAYS, "08:00", "16:00")
            .hours(ALL_DAYS, "22:00", "10:00")
            .from("2026-01-05T00:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 08:00 - Mon 05 09:00 ada TURN",
            "Mon 05 09:00 - Mon 05 16:00 grace TURN",
            "Mon 05 22:00 - Tue 06 16:00 grace TURN",
            "Tue 06 22:00 - Wed 07 10:00 grace TURN");
  }

  @Test
  void noHoursOnADayAreNoTurn() {
    Plan plan =
        Draft.daily("00:00", "UTC")
            .hours(Set.of(DayOfWeek.MONDAY, DayOfWeek.THURSDAY), "09:00", "17:00")
            .from("2026-01-05T00:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T00:00:00Z", "2026-01-13T00:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 17:00 ada TURN",
            "Thu 08 09:00 - Thu 08 17:00 grace TURN",
            "Mon 12 09:00 - Mon 12 17:00 katherine TURN");
  }

  /// Chicago skips 02:00 to 03:00 on 2026-03-08, and shows 01:00 to 02:00 twice on 2026-11-01.
  @Test
  void blocksThatMeetMeetWhereTheClocksChangeToo() {
    Plan plan =
        Draft.daily("12:00", "America/Chicago")
            .hours(ALL_DAYS, "22:00", "02:30")
            .hours(ALL_DAYS, "02:30", "06:00")
            .from("2026-03-07T18:00:00Z");
    assertThat(timeline(plan, "2026-03-07T18:00:00Z", "2026-03-08T17:00:00Z"))
        .singleElement()
        .satisfies(night -> assertThat(night.span().length()).isEqualTo(Duration.ofHours(7)));
    Plan autumn =
        Draft.daily("12:00", "America/Chicago")
            .hours(ALL_DAYS, "22:00", "01:30")
            .hours(ALL_DAYS, "01:30", "06:00")
            .from("2026-10-31T17:00:00Z");
    assertThat(timeline(autumn, "2026-10-31T17:00:00Z", "2026-11-01T18:00:00Z"))
        .singleElement()
        .satisfies(night -> assertThat(night.span().length()).isEqualTo(Duration.ofHours(9)));
  }

  /// Samoa had no 2011-12-30.
  @Test
  void aDayThatTheZoneSkipsIsNobodys() {
    Plan plan = Draft.daily("00:00", "Pacific/Apia").from("2011-12-28T10:00:00Z");
    assertThat(lines(timeline(plan, "2011-12-28T10:00:00Z", "2012-01-01T10:00:00Z"), "UTC"))
        .containsExactly(
            "Wed 28 10:00 - Thu 29 10:00 ada TURN",
            "Thu 29 10:00 - Fri 30 10:00 grace TURN",
            "Fri 30 10:00 - Sat 31 10:00 katherine TURN",
            "Sat 31 10:00 - Sun 01 10:00 ada TURN");
  }

  @Test
  void atLeastOneDayIsActive() {
    assertThatThrownBy(() -> new Activity(Set.of(), List.of(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
