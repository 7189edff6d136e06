package dev.bothy.platform.work;

import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Forgets settled work after a while. Every replica does it; the second one finds nothing.
@Component
class SettledWork {
  /// Far longer than any network repeats a delivery (Slack: one hour), and time enough to look at
  /// what was dead-lettered.
  static final Duration KEPT = Duration.ofDays(30);

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  SettledWork(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT6H")
  void forget() {
    workspaces.forInstallation(() ->
        jdbc.sql("select forget_settled(?)")
            .param((double) KEPT.toSeconds())
            .query((_, _) -> true)
            .single());
  }
}
