package dev.bothy.operator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.Backup;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of backups of every day at 2:00, with a schedule of the 20th at noon.
class FreshnessTest {
  private static final Cron CRON = new Cron("0 2 * * *", "UTC");
  private static final Instant CREATED = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest(name = "at {0} with success of {1} and one that runs since {2}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          2026-11-20T13:00:00Z | -                    | -                    | true  | NotDueYet
          2026-11-21T03:59:00Z | -                    | -                    | true  | NotDueYet
          2026-11-21T04:00:00Z | -                    | -                    | false | Late
          2026-11-21T04:00:00Z | 2026-11-20T12:00:05Z | -                    | false | Late
          2026-11-21T04:00:00Z | 2026-11-21T02:00:05Z | -                    | true  | Fresh
          2026-11-21T04:00:00Z | 2026-11-21T01:56:00Z | -                    | true  | Fresh
          2026-11-22T03:00:00Z | 2026-11-21T02:00:05Z | -                    | true  | Fresh
          2026-11-22T04:00:00Z | 2026-11-21T02:00:05Z | -                    | false | Late
          2026-11-22T06:00:00Z | 2026-11-21T02:00:05Z | 2026-11-22T02:00:05Z | true  | Running
          2026-11-23T06:00:00Z | 2026-11-21T02:00:05Z | 2026-11-22T02:00:05Z | false | Late
          """)
  void theNewestOne(
      Instant now, @Nullable String success, @Nullable String runs, boolean holds, String reason) {
    List<Backup> all =
        Stream.of(backup("Succeeded", success), backup("Running", runs))
            .flatMap(List::stream)
            .toList();

    Freshness freshness = Freshness.at(now, CRON, false, CREATED, all);

    assertThat(freshness.holds()).isEqualTo(holds);
    assertThat(freshness.reason()).isEqualTo(reason);
  }

  private static List<Backup> backup(String phase, @Nullable String startedAt) {
    return startedAt == null
        ? List.of()
        : List.of(
            Serialization.unmarshal(
                """
                apiVersion: bothy.dev/v1alpha1
                kind: Backup
                metadata: {name: one, creationTimestamp: "%2$s"}
                status: {phase: %1$s, startedAt: "%2$s"}
                """
                    .formatted(phase, startedAt),
                Backup.class));
  }
}
