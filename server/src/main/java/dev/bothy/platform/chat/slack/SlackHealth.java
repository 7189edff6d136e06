package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections.Known;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.HealthReporter;
import dev.bothy.platform.operation.PartHealth;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Says which Slack connections need an admin. One that works needs no line; one that an admin
/// ended needs none either.
@Component
class SlackHealth implements HealthReporter {
  /// For how long the end of a connection is news.
  private static final Duration NEWS = Duration.ofDays(7);

  private static final int NAME = 40;

  private final SlackRoster roster;
  private final Workspaces workspaces;
  private final Clock clock;

  SlackHealth(SlackRoster roster, Workspaces workspaces, Clock clock) {
    this.roster = roster;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @Override
  public List<PartHealth> report(WorkspaceId workspace) {
    try {
      return workspaces.inWorkspace(workspace, roster::all).stream()
          .flatMap(each -> inWords(each).stream())
          .toList();
    } catch (DataAccessException | TransactionException databaseAway) {
      // The database has a line of its own.
      return List.of();
    }
  }

  private List<PartHealth> inWords(Known known) {
    return switch (known.state()) {
      case ConnectionState.Active() -> List.of();
      case ConnectionState.Broken(String reason, Instant since) ->
          List.of(PartHealth.down(name(known), SlackReason.inWords(reason), since));
      case ConnectionState.Ended(String reason, Instant at) ->
          reason.equals(SlackReason.DISCONNECTED) || at.isBefore(clock.instant().minus(NEWS))
              ? List.of()
              : List.of(PartHealth.down(name(known), SlackReason.inWords(reason), at));
    };
  }

  private static String name(Known known) {
    String name = "Slack (" + known.connection().name() + ")";
    return name.length() <= NAME ? name : name.substring(0, NAME - 2) + "…)";
  }
}
