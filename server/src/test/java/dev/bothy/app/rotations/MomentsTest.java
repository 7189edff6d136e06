package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.kernel.Problem;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
  /// A Monday, 10:00 in Berlin; days of duty begin at 09:00.
  private static final Moments MOMENTS =
      new Moments(
          ZoneId.of("Europe/Berlin"), LocalTime.of(9, 0), Instant.parse("2026-11-23T09:00:00Z"));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "tuesday|2026-11-24T08:00:00Z|2026-11-25T08:00:00Z",
        "on Mon|2026-11-23T08:00:00Z|2026-11-24T08:00:00Z",
        "2026-12-24|2026-12-24T08:00:00Z|2026-12-25T08:00:00Z",
        "from 2026-12-24 to 2026-12-26|2026-12-24T08:00:00Z|2026-12-27T08:00:00Z",
        "today 14:00-18:00|2026-11-23T13:00:00Z|2026-11-23T17:00:00Z",
        "14:00–18:00|2026-11-23T13:00:00Z|2026-11-23T17:00:00Z",
        "tue 22:00-02:00|2026-11-24T21:00:00Z|2026-11-25T01:00:00Z",
        "from now to 17:00|2026-11-23T09:00:00Z|2026-11-23T16:00:00Z",
        "FROM tomorrow 14:00 until fri 9:00|2026-11-24T13:00:00Z|2026-11-27T08:00:00Z",
        "tomorrow to thu 12:00|2026-11-24T08:00:00Z|2026-11-26T11:00:00Z",
      })
  void whatPeopleTypeIsATime(String typed, Instant from, Instant until) {
    List<Problem> problems = new ArrayList<>();
    assertThat(MOMENTS.span(words(typed), problems)).contains(new Span(from, until));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "someday|from|\"someday\" is not allowed",
        "2026-02-30|from|\"2026-02-30\" is not allowed",
        "tomorrow 25:00-26:00|from|is not allowed",
        "tomorrow 14:00|until|it is missing",
        "now|until|it is missing",
        "tue to|until|nothing was typed",
        "thu to wed|until|it is not after the begin",
        "tue to 14:00-15:00|until|is not allowed",
        "tue wed|from|\"tue wed\" is not allowed",
      })
  void whatIsNoneIsSaidByField(String typed, String field, String found) {
    List<Problem> problems = new ArrayList<>();
    Moments moments =
        new Moments(
            ZoneId.of("Europe/Berlin"), LocalTime.of(9, 0), Instant.parse("2026-11-24T09:00:00Z"));
    assertThat(moments.span(words(typed), problems)).isEmpty();
    assertThat(problems)
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEqualTo(field);
          assertThat(problem.message()).contains(found, "Allowed: ");
        });
  }

  @Test
  void aTimeThatTheClockSkipsIsTheFirstAfterTheGap() {
    List<Problem> problems = new ArrayList<>();
    assertThat(MOMENTS.span(words("2027-03-28 02:30-04:00"), problems))
        .contains(
            new Span(Instant.parse("2027-03-28T01:00:00Z"), Instant.parse("2027-03-28T02:00:00Z")));
    assertThat(MOMENTS.span(words("2027-03-28 02:10-02:50"), problems)).isEmpty();
    assertThat(problems).singleElement().extracting(Problem::field).isEqualTo("until");
  }

  private static List<String> words(String typed) {
    return List.of(typed.split(" "));
  }
}
