package dev.bothy.operator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a schedule of every day at 2:00, made on the 20th at noon, does at a time.
class DueTimeTest {
  private static final Cron CRON = new Cron("0 2 * * *", "UTC");
  private static final Instant CREATED = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # what                                    | now                  | dealt with           | flags     | makes                | then dealt with
          nothing before its first time             | 2026-11-21T01:59:59Z | -                    | -         | -                    | -
          one at its first time                     | 2026-11-21T02:00:00Z | -                    | -         | 2026-11-21T02:00:00Z | 2026-11-21T02:00:00Z
          one a little late                         | 2026-11-21T02:07:00Z | -                    | -         | 2026-11-21T02:00:00Z | 2026-11-21T02:00:00Z
          no second one                             | 2026-11-21T02:07:00Z | 2026-11-21T02:00:00Z | -         | -                    | 2026-11-21T02:00:00Z
          one for all that were missed              | 2026-11-24T18:00:00Z | 2026-11-21T02:00:00Z | -         | 2026-11-24T02:00:00Z | 2026-11-24T02:00:00Z
          one at once                               | 2026-11-20T12:00:01Z | -                    | immediate | 2026-11-20T12:00:00Z | 2026-11-20T12:00:00Z
          one at once, however late                 | 2026-11-24T18:00:00Z | -                    | immediate | 2026-11-20T12:00:00Z | 2026-11-24T02:00:00Z
          at once only once                         | 2026-11-20T12:01:00Z | 2026-11-20T12:00:00Z | immediate | -                    | 2026-11-20T12:00:00Z
          none while it is suspended                | 2026-11-21T02:00:00Z | -                    | suspended | -                    | 2026-11-21T02:00:00Z
          none at once while it is suspended        | 2026-11-20T12:00:01Z | -                    | both      | -                    | -
          nothing of what passed while suspended    | 2026-11-24T18:00:00Z | 2026-11-24T02:00:00Z | -         | -                    | 2026-11-24T02:00:00Z
          none while the last one has not ended     | 2026-11-22T02:00:00Z | 2026-11-21T02:00:00Z | busy      | -                    | 2026-11-21T02:00:00Z
          the waiting one when the last has ended   | 2026-11-22T05:00:00Z | 2026-11-21T02:00:00Z | -         | 2026-11-22T02:00:00Z | 2026-11-22T02:00:00Z
          nothing when the clock was put back       | 2026-11-21T01:00:00Z | 2026-11-21T02:00:00Z | -         | -                    | 2026-11-21T01:00:00Z
          the same again when it comes again        | 2026-11-21T02:00:00Z | 2026-11-21T01:00:00Z | -         | 2026-11-21T02:00:00Z | 2026-11-21T02:00:00Z
          on from there after a year too many       | 2026-11-22T02:00:00Z | 2026-11-21T18:00:00Z | -         | 2026-11-22T02:00:00Z | 2026-11-22T02:00:00Z
          nothing of a year too many at once        | 2026-11-21T18:00:00Z | 2027-11-21T02:00:00Z | -         | -                    | 2026-11-21T18:00:00Z
          """)
  void itMakes(
      String what,
      Instant now,
      @Nullable Instant dealtWith,
      @Nullable String flags,
      @Nullable Instant makes,
      @Nullable Instant thenDealtWith) {
    DueTime due =
        DueTime.at(
            now,
            CRON,
            "suspended".equals(flags) || "both".equals(flags),
            "immediate".equals(flags) || "both".equals(flags),
            CREATED,
            dealtWith,
            "busy".equals(flags));

    assertThat(due).as(what).isEqualTo(new DueTime(Optional.ofNullable(makes), thenDealtWith));
  }
}
