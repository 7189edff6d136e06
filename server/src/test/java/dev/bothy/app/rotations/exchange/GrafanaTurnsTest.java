package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who has which day, as Grafana OnCall's own tests say it: weeks roll over with the week, days
/// with days of the week on these days alone, and an interval of weeks leaves weeks free.
class GrafanaTurnsTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);

  /// @param begin days after the Monday on which the shift starts
  /// @param expected a letter for each day from the Monday on; a dot for nobody
  @ParameterizedTest
  @CsvSource({
    "3, 0, daily, 1, FR, ....A......B......C......A",
    "5, 0, daily, 1, MO TU WE TH FR, ABCDE..ABCDE..ABCDE",
    "2, 0, daily, 1, MO TU WE TH FR, ABABA..BABAB..ABABA",
    "5, 0, weekly, 1, MO TU WE TH FR, AAAAA..BBBBB..CCCCC",
    "5, 3, daily, 1, MO TU WE TH FR, ...AB..CDEAB..CDEAB",
    "5, 3, weekly, 1, MO TU WE TH FR, ...AA..BBBBB..CCCCC",
    "3, 5, daily, 1, SA SU, .....AB.....CA.....BC",
    "3, 3, weekly, 1, SA SU, .....AA.....BB.....CC",
    "3, 3, weekly, 2, SA SU, .....AA............BB............CC",
    "2, 0, daily, 1, '', ABABABABAB",
    "2, 0, daily, 3, '', A..B..A..B",
    "2, 0, weekly, 2, '', A.............B.............A",
  })
  void theDaysAreThose(
      int people, int begin, String frequency, int interval, String days, String expected) {
    String users =
        List.of("A", "B", "C", "D", "E").subList(0, people).stream()
            .map(each -> "[\"" + each + "\"]")
            .collect(Collectors.joining(","));
    String byDay =
        days.isEmpty()
            ? "null"
            : Arrays.stream(days.split(" "))
                .map(day -> "\"" + day + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    String file =
        """
        [{"id": "O1", "name": "s", "type": "rolling_users", "level": 0, "time_zone": "UTC",
          "start": "%sT08:00:00", "duration": 28800, "frequency": "%s", "interval": %d,
          "week_start": "MO", "by_day": %s, "rolling_users": [%s]}]
        """
            .formatted(MONDAY.plusDays(begin), frequency, interval, byDay, users);
    // From the start on, and from any later day.
    for (int at = 0; at < expected.length(); at++) {
      String now = MONDAY.plusDays(at).atTime(7, 0).toInstant(ZoneOffset.UTC).toString();
      assertThat(served(file, now, at, expected.length()))
          .as("from day " + at)
          .isEqualTo(expected.substring(at));
    }
  }

  private static String served(String file, String now, int from, int until) {
    ImportedSchedule schedule = Files.readText(file, now).schedules().getFirst();
    StringBuilder served = new StringBuilder();
    for (int day = from; day < until; day++) {
      Instant noon = MONDAY.plusDays(day).atTime(12, 0).toInstant(ZoneOffset.UTC);
      served.append(
          ImportPreview.shifts(schedule, noon, noon.plusSeconds(60)).stream()
              .map(shift -> shift.person().name())
              .findFirst()
              .orElse("."));
    }
    return served.toString();
  }

  @Test
  void daysInARowOfTheWeekHaveNoMatch() {
    String file =
        """
        [{"id": "O1", "name": "s", "type": "rolling_users", "time_zone": "UTC",
          "start": "2026-06-01T08:00:00", "duration": 28800, "frequency": "daily", "interval": 2,
          "by_day": ["MO", "TU", "WE"], "rolling_users": [["A"], ["B"]]}]
        """;
    assertThat(Files.refusal(file.getBytes(StandardCharsets.UTF_8)))
        .contains("Each has 2 of its days in a row", "final shifts as single shifts");
  }
}
