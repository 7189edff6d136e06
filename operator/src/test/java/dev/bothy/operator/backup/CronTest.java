package dev.bothy.operator.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.operator.backup.Cron.WrongSchedule;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {
  @ParameterizedTest(name = "{0} in {1}: after {2} comes {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 * * *        | UTC              | 2026-11-27T02:00:00Z | 2026-11-28T02:00:00Z
          0 2 * * *        | UTC              | 2026-11-27T01:59:59Z | 2026-11-27T02:00:00Z
          0 2 * * *        | Europe/Berlin    | 2026-11-27T02:00:00Z | 2026-11-28T01:00:00Z
          0 2 * * *        | Asia/Kolkata     | 2026-11-27T00:00:00Z | 2026-11-27T20:30:00Z
          */15 * * * *     | UTC              | 2026-11-27T02:15:00Z | 2026-11-27T02:30:00Z
          5/20 * * * *     | UTC              | 2026-11-27T02:45:00Z | 2026-11-27T03:05:00Z
          0 9-17/4 * * *   | UTC              | 2026-11-27T13:00:00Z | 2026-11-27T17:00:00Z
          0 0 1,15 * *     | UTC              | 2026-11-27T02:00:00Z | 2026-12-01T00:00:00Z
          0 4 * * 0        | UTC              | 2026-11-27T02:00:00Z | 2026-11-29T04:00:00Z
          0 4 * * 7        | UTC              | 2026-11-27T02:00:00Z | 2026-11-29T04:00:00Z
          0 4 * * SUN      | UTC              | 2026-11-27T02:00:00Z | 2026-11-29T04:00:00Z
          0 4 * * mon-fri  | UTC              | 2026-11-27T04:00:00Z | 2026-11-30T04:00:00Z
          0 0 13 * 5       | UTC              | 2026-12-04T00:00:00Z | 2026-12-11T00:00:00Z
          0 0 13 * 5       | UTC              | 2026-12-11T00:00:00Z | 2026-12-13T00:00:00Z
          0 0 31 * *       | UTC              | 2026-11-01T00:00:00Z | 2026-12-31T00:00:00Z
          0 0 29 FEB *     | UTC              | 2026-11-27T00:00:00Z | 2028-02-29T00:00:00Z
          0 0 1 jan *      | UTC              | 2026-11-27T00:00:00Z | 2027-01-01T00:00:00Z
          """)
  void theNextTimeIsTheFirstThatFits(String schedule, String zone, Instant from, Instant next) {
    Cron cron = new Cron(schedule, zone);

    assertThat(cron.firstAfter(from)).isEqualTo(next);
    assertThat(cron.lastAtOrBefore(next)).contains(next);
    assertThat(cron.lastAtOrBefore(next.minusSeconds(1)).orElseThrow()).isBeforeOrEqualTo(from);
  }

  @Test
  void aTimeThatTheClocksSkipHappensWhenTheyHaveGoneForward() {
    Cron cron = new Cron("30 2 * * *", "Europe/Berlin");
    Instant before = ZonedDateTime.parse("2026-03-29T00:00:00+01:00").toInstant();

    assertThat(cron.firstAfter(before))
        .isEqualTo(ZonedDateTime.parse("2026-03-29T03:30:00+02:00").toInstant());
    assertThat(cron.firstAfter(cron.firstAfter(before)))
        .isEqualTo(ZonedDateTime.parse("2026-03-30T02:30:00+02:00").toInstant());
  }

  @Test
  void aTimeThatTheClocksShowTwiceHappensOnce() {
    Cron cron = new Cron("30 2 * * *", "Europe/Berlin");
    Instant first = ZonedDateTime.parse("2026-10-25T02:30:00+02:00").toInstant();

    assertThat(cron.firstAfter(first.minusSeconds(1))).isEqualTo(first);
    assertThat(cron.firstAfter(first))
        .isEqualTo(ZonedDateTime.parse("2026-10-26T02:30:00+01:00").toInstant());
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          0 2 * *        | UTC         | has 4 fields instead of five
          0 0 2 * * *    | UTC         | has 6 fields instead of five
          60 2 * * *     | UTC         | numbers from 0 to 59
          0 24 * * *     | UTC         | numbers from 0 to 23
          0 2 0 * *      | UTC         | numbers from 1 to 31
          0 2 * 13 *     | UTC         | numbers from 1 to 12
          0 2 * * 8      | UTC         | numbers from 0 to 7
          0 2 * * monday | UTC         | 'monday' is none
          0 5-2 * * *    | UTC         | '5-2' is none
          0 */0 * * *    | UTC         | '*/0' is none
          0 1//2 * * *   | UTC         | '1//2' is none
          0 1,, * * *    | UTC         | '1,,' is none
          -1 2 * * *     | UTC         | '-1' is none
          @daily x x x x | UTC         | '@daily' is none
          0 0 30 2 *     | UTC         | names a day that never comes
          0 2 * * *      | Mars/Phobos | is no time zone
          """)
  void whatIsNoScheduleIsRefusedInWords(String schedule, String zone, String says) {
    assertThatThrownBy(() -> new Cron(schedule, zone))
        .isInstanceOf(WrongSchedule.class)
        .hasMessageContaining(says);
  }
}
