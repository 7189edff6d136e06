package dev.bothy.platform.calendar.hibob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Requests as HiBob's documentation has them, in Berlin in November.
class TimeOffTimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what                         | fields                                                                                                | away
          days                           | type:days startDate:2026-11-05 endDate:2026-11-06 startPortion:all_day endPortion:all_day             | 2026-11-05T00:00 2026-11-07T00:00
          one day                        | type:days startDate:2026-11-05 endDate:2026-11-05                                                     | 2026-11-05T00:00 2026-11-06T00:00
          from the afternoon on          | type:days startDate:2026-11-05 endDate:2026-11-06 startPortion:afternoon endPortion:all_day           | 2026-11-05T12:00 2026-11-07T00:00
          till the morning of the last   | type:days startDate:2026-11-05 endDate:2026-11-06 startPortion:all_day endPortion:morning             | 2026-11-05T00:00 2026-11-06T12:00
          a morning                      | type:days startDate:2026-11-05 endDate:2026-11-05 startPortion:morning endPortion:morning             | 2026-11-05T00:00 2026-11-05T12:00
          an afternoon                   | type:days startDate:2026-11-05 endDate:2026-11-05 startPortion:afternoon endPortion:all_day           | 2026-11-05T12:00 2026-11-06T00:00
          afternoon and morning of a day | type:days startDate:2026-11-05 endDate:2026-11-05 startPortion:afternoon endPortion:morning           | 2026-11-05T00:00 2026-11-06T00:00
          every morning                  | type:portionOnRange startDate:2026-11-05 endDate:2026-11-06 dayPortion:morning                        | 2026-11-05T00:00 2026-11-05T12:00 2026-11-06T00:00 2026-11-06T12:00
          a few hours, nobody knows which| type:hours date:2026-11-05 hoursOnDate:2                                                              | ''
          most of the day                | type:hours date:2026-11-05 hoursOnDate:7.5                                                            | 2026-11-05T00:00 2026-11-06T00:00
          a few hours every day          | type:hoursOnRange startDate:2026-11-05 endDate:2026-11-06 dailyHours:2 dailyMinutes:30                | ''
          hours that it tells            | type:specificHoursDayDurations startDate:2026-11-05 endDate:2026-11-06 localStartTime:09:00 localEndTime:11:30 | 2026-11-05T09:00 2026-11-05T11:30 2026-11-06T09:00 2026-11-06T11:30
          half of every day              | type:percentageOnRange startDate:2026-11-05 endDate:2026-11-06 percentageOfDay:50                     | ''
          all of every day               | type:percentageOnRange startDate:2026-11-05 endDate:2026-11-06 percentageOfDay:100                    | 2026-11-05T00:00 2026-11-07T00:00
          with no end yet                | type:openEnded startDate:2026-11-05                                                                   | 2026-11-05T00:00 2027-01-01T00:00
          a type that is new             | type:moonPhases startDate:2026-11-05 endDate:2026-11-05                                               | 2026-11-05T00:00 2026-11-06T00:00
          """)
  void aRequestIsAwayFromAndTo(String what, String fields, String expected) {
    String json =
        List.of(fields.strip().split(" +")).stream()
            .map(field -> field.split(":", 2))
            .map(pair ->
                "\"%s\":%s"
                    .formatted(
                        pair[0], pair[1].matches("[0-9.]+") ? pair[1] : "\"" + pair[1] + "\""))
            .collect(Collectors.joining(",", "{\"requestId\":1,\"employeeId\":\"2\",", "}"));

    assertThat(times(json)).as(what).isEqualTo(expected.strip());
  }

  @Test
  void whereDaysDifferEachIsTakenByItself() {
    String json =
        """
        {"requestId":1,"employeeId":"2","type":"differentSpecificHoursDayDurations",
         "startDate":"2026-11-05","endDate":"2026-11-08","durations":[
          {"date":"2026-11-05","localStartTime":"09:00","localEndTime":"10:00"},
          {"date":"2026-11-06","portion":"afternoon"},
          {"date":"2026-11-07","hours":2},
          {"date":"2026-11-08","hours":8}]}
        """;

    assertThat(times(json))
        .isEqualTo(
            "2026-11-05T09:00 2026-11-05T10:00 2026-11-06T12:00 2026-11-07T00:00 2026-11-08T00:00"
                + " 2026-11-09T00:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"requestId\":1,\"startDate\":\"2026-11-05\",\"endDate\":\"2026-11-05\"}",
        "{\"employeeId\":\"2\",\"startDate\":\"2026-11-05\",\"endDate\":\"2026-11-05\"}",
        "{\"requestId\":1,\"employeeId\":\"2\"}",
        "{\"requestId\":1,\"employeeId\":\"2\",\"startDate\":\"2026-11-31\"}",
        "{\"requestId\":1,\"employeeId\":\"2\",\"startDate\":\"2026-11-05\",\"endDate\":\"2026-11-01\"}"
      })
  void aRequestThatSaysNotWhoseOrWhenIsNone(String json) {
    assertThatThrownBy(() -> TimeOff.read(JsonMapper.shared().readTree(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("2026");
  }

  @Test
  void theKindOfLeaveIsKeptUnlessItIsPrivate() {
    String json =
        "{\"requestId\":1,\"employeeId\":\"2\",\"startDate\":\"2026-11-05\",\"endDate\":\"2026-11-05\","
            + "\"policyTypeDisplayName\":\"%s\",\"visibility\":\"%s\"}";

    assertThat(leave(json.formatted("Holiday", "Public"))).isEqualTo("Holiday");
    assertThat(leave(json.formatted("Sick", "Private"))).isNull();
    assertThat(leave(json.formatted("X".repeat(90), "Custom name"))).isEqualTo("X".repeat(60));
  }

  private static @org.jspecify.annotations.Nullable String leave(String json) {
    return TimeOff.read(JsonMapper.shared().readTree(json)).leave();
  }

  private static String times(String json) {
    return TimeOffTimes.of(
            TimeOff.read(JsonMapper.shared().readTree(json)), BERLIN, LocalDate.parse("2026-12-31"))
        .stream()
        .map(away ->
            away.from().atZone(BERLIN).toLocalDateTime()
                + " "
                + away.to().atZone(BERLIN).toLocalDateTime())
        .collect(Collectors.joining(" "));
  }
}
