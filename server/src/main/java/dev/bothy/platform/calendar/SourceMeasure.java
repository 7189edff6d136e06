package dev.bothy.platform.calendar;

import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Measures how many sources of absences fail for so long that people were told.
@Component
class SourceMeasure {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Metrics metrics;
  private final Clock clock;

  SourceMeasure(JdbcClient jdbc, Workspaces workspaces, Metrics metrics, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT5M")
  void measure() {
    workspaces.forInstallation(() ->
        jdbc.sql("select source, failing from absence_sources_failing(?)")
            .param(clock.instant().minus(SourceTrouble.AFTER).atOffset(ZoneOffset.UTC))
            .query((row, _) -> {
              metrics.absenceSourcesFailing(row.getString("source"), row.getLong("failing"));
              return true;
            })
            .list());
  }
}
