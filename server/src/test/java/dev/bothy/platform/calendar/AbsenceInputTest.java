package dev.bothy.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.kernel.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbsenceInputTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-12-24, 2026-12-26, '',    '',    '',               2026-12-23T23:00:00Z, 2026-12-26T23:00:00Z, Thu 24 Dec 2026 to Sat 26 Dec 2026
          2026-12-24, '',         '',    '',    '',               2026-12-23T23:00:00Z, 2026-12-24T23:00:00Z, Thu 24 Dec 2026
          2026-1-5,   2026-1-5,   '',    '',    asia/kathmandu,   2026-01-04T18:15:00Z, 2026-01-05T18:15:00Z, Mon 5 Jan 2026
          2026-12-24, '',         13:00, 17:30, '',               2026-12-24T12:00:00Z, 2026-12-24T16:30:00Z, 'Thu 24 Dec 2026, 13:00 to 17:30 (Europe/Berlin)'
          2026-12-24, 2026-12-26, 9:00,  '',    UTC,              2026-12-24T09:00:00Z, 2026-12-27T00:00:00Z, 'Thu 24 Dec 2026, 09:00 to Sun 27 Dec 2026, 00:00 (UTC)'
          2026-12-24, '',         '',    12:00, America/new york, 2026-12-24T05:00:00Z, 2026-12-24T17:00:00Z, 'Thu 24 Dec 2026, 00:00 to 12:00 (America/New_York)'
          2026-12-24, '',         22:00, 00:00, UTC,              2026-12-24T22:00:00Z, 2026-12-25T00:00:00Z, 'Thu 24 Dec 2026, 22:00 to Fri 25 Dec 2026, 00:00 (UTC)'
          # the clock skips 02:00 to 03:00, and shows 02:00 to 03:00 twice
          2026-03-29, '',         02:30, 02:45, '',               -,                    -,                    -
          2026-03-29, '',         02:30, 03:30, '',               2026-03-29T01:00:00Z, 2026-03-29T01:30:00Z, 'Sun 29 Mar 2026, 03:00 to 03:30 (Europe/Berlin)'
          2026-10-25, '',         02:30, 02:45, '',               2026-10-25T00:30:00Z, 2026-10-25T01:45:00Z, 'Sun 25 Oct 2026, 02:30 to 02:45 (Europe/Berlin)'
          2026-12-24T13:00:00+01:00, 2026-12-24T17:00:00Z, '', '', '', 2026-12-24T12:00:00Z, 2026-12-24T17:00:00Z, 'Thu 24 Dec 2026, 13:00 to 18:00 (Europe/Berlin)'
          # midnight itself is skipped in Santiago that day
          2026-09-06, '',         '',    '',    America/Santiago, 2026-09-06T04:00:00Z, 2026-09-07T03:00:00Z, Sun 6 Sep 2026
          """)
  void whatIsTypedMeansTheseTimes(
      String from,
      String to,
      String fromTime,
      String toTime,
      String zone,
      String start,
      String end,
      String words) {
    AbsenceInput input = new AbsenceInput(from, to, fromTime, toTime, zone);
    if (start.equals("-")) {
      assertThat(input.read(BERLIN)).isInstanceOf(AbsenceInput.Reading.Wrong.class);
      return;
    }
    AbsenceTimes times = ((AbsenceInput.Reading.Times) input.read(BERLIN)).times();
    assertThat(times.from()).isEqualTo(Instant.parse(start));
    assertThat(times.to()).isEqualTo(Instant.parse(end));
    assertThat(times.words()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',          '',          '',    '',    '',    from,      First day: nothing was typed
          tomorrow,    '',          '',    '',    '',    from,      First day: "tomorrow" is not allowed
          2026-02-30,  '',          '',    '',    '',    from,      First day: "2026-02-30" is not allowed
          24.12.2026,  '',          '',    '',    '',    from,      Allowed: a day such as 2026-12-24
          2026-12-24,  2026-12-23,  '',    '',    '',    to,        'Last day: 2026-12-23 is before the first day, 2026-12-24'
          2026-12-24,  2026-13-01,  '',    '',    '',    to,        Last day: "2026-13-01" is not allowed
          2026-12-24,  '',          25:00, '',    '',    from-time, From: "25:00" is not allowed
          2026-12-24,  '',          '',    noon,  '',    to-time,   Allowed: HH:MM from 00:00 to 23:59
          2026-12-24,  '',          17:00, 09:00, '',    to-time,   Until: it ends at 09:00 on 2026-12-24
          2026-12-24,  '',          09:00, 09:00, '',    to-time,   Until: it ends at 09:00
          2026-12-24,  '',          '',    '',    CET,   time-zone, Time zone: "CET" is not allowed
          2026-12-24,  '',          '',    '',    Berlin/Europe, time-zone, Allowed: a name such as Europe/Berlin
          2026-12-24T10:00:00Z, 2026-12-25, '', '', '',  to,        Allowed: both days
          2026-12-24T10:00:00,  2026-12-25T10:00:00Z, '', '', '', from, Allowed: both days
          2026-12-24T10:00:00Z, 2026-12-25T10:00:00Z, 09:00, '', '', from-time, from and to are instants already
          +99999-01-01T00:00:00Z, 2026-12-25T10:00:00Z, '', '', '', from, is not allowed
          """)
  void whatIsWrongIsNamedByItsField(
      String from,
      String to,
      String fromTime,
      String toTime,
      String zone,
      String field,
      String said) {
    List<Problem> problems = wrong(new AbsenceInput(from, to, fromTime, toTime, zone));
    assertThat(problems).extracting(Problem::field).containsExactly(field);
    assertThat(problems.getFirst().message()).contains(said);
  }

  @Test
  void everyFieldThatIsWrongIsNamed() {
    assertThat(wrong(new AbsenceInput("a", "b", "c", "d", "e")))
        .extracting(Problem::field)
        .containsExactlyInAnyOrder("from", "to", "from-time", "to-time", "time-zone");
  }

  /// For any days in any zone: all of the local days is covered, and not an instant more.
  @Test
  void wholeDaysAreTheDaysOfTheZone() {
    Random random = new Random(10);
    List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    for (int round = 0; round < 20_000; round++) {
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      LocalDate first = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(4000));
      LocalDate last = first.plusDays(random.nextInt(10));
      AbsenceTimes times = AbsenceTimes.ofDays(first, last, zone);
      assertThat(AbsenceTimes.day(times.from(), zone)).isEqualTo(first);
      assertThat(AbsenceTimes.day(times.from().minusNanos(1), zone)).isBefore(first);
      assertThat(AbsenceTimes.day(times.to(), zone)).isAfter(last);
      assertThat(AbsenceTimes.day(times.to().minusNanos(1), zone)).isEqualTo(last);
      assertThat(times.words()).doesNotContain(":");
    }
  }

  /// Whatever is typed is read or refused; nothing is thrown.
  @Test
  void nothingThatIsTypedIsAnAccident() {
    Random random = new Random(11);
    String letters = "0123456789-:TZ+ /abé\n\t\u0000😀";
    for (int round = 0; round < 20_000; round++) {
      String[] typed = new String[5];
      for (int field = 0; field < typed.length; field++) {
        StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "2026-12-2" : "");
        random
            .ints(random.nextInt(8), 0, letters.length())
            .forEach(at -> text.append(letters.charAt(at)));
        typed[field] = text.toString();
      }
      try {
        AbsenceInput.Reading reading =
            new AbsenceInput(typed[0], typed[1], typed[2], typed[3], typed[4]).read(BERLIN);
        assertThat(reading).isNotNull();
      } catch (DateTimeException e) {
        throw new AssertionError(String.join("|", typed), e);
      }
    }
  }

  private static List<Problem> wrong(AbsenceInput input) {
    AbsenceInput.Reading reading = input.read(BERLIN);
    assertThat(reading).isInstanceOf(AbsenceInput.Reading.Wrong.class);
    return ((AbsenceInput.Reading.Wrong) reading).problems();
  }
}
