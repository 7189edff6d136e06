package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.HealthReporter;
import dev.bothy.platform.operation.PartHealth;
import dev.bothy.platform.work.Leases;
import dev.bothy.platform.workspace.Workspaces;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Whether Slack reaches the workspace's connections that hear from it over sockets.
@Component
class SlackSocketHealth implements HealthReporter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final int NAME = 40;

  private final Connections connections;
  private final SlackSecrets.Source secrets;
  private final Leases leases;
  private final Workspaces workspaces;

  SlackSocketHealth(
      Connections connections, SlackSecrets.Source secrets, Leases leases, Workspaces workspaces) {
    this.connections = connections;
    this.secrets = secrets;
    this.leases = leases;
    this.workspaces = workspaces;
  }

  @Override
  public List<PartHealth> report(WorkspaceId workspace) {
    try {
      return workspaces.inWorkspace(workspace, connections::list).stream()
          .filter(each -> each.network() == Network.SLACK)
          .flatMap(each -> report(each).stream())
          .toList();
    } catch (DataAccessException | TransactionException _) {
      return List.of(
          PartHealth.down("Slack", "The database does not say how its sockets are.", null));
    }
  }

  private Optional<PartHealth> report(ChatConnection connection) {
    return secrets
        .of(connection)
        .map(SlackSecrets::appToken)
        .flatMap(SlackSocketApp::idIn)
        .map(app -> health(name(connection), leases.look(SlackSocketApp.lease(app))));
  }

  static PartHealth health(String name, Optional<Leases.Holding> holding) {
    if (holding.isEmpty()) {
      return PartHealth.down(
          name,
          "No server holds its sockets. If this stays for more than a few seconds, see whether the"
              + " servers run.",
          null);
    }
    String said = holding.get().said();
    if (said == null) {
      return PartHealth.degraded(name, "A server is opening its sockets.", holding.get().since());
    }
    SlackSocketStatus status = SlackSocketStatus.read(said);
    String count =
        switch (status.open()) {
          case 0 -> "No socket is open";
          case 1 -> "1 socket open";
          default -> status.open() + " sockets open";
        };
    String sentence =
        count
            + " since "
            + TIME.format(status.since())
            + (status.open() < status.wanted() ? " of " + status.wanted() + "." : ".");
    String problem = status.problem();
    if (problem != null) {
      sentence += " " + problem;
    }
    if (status.open() == 0) {
      return PartHealth.down(name, sentence, status.since());
    }
    return status.open() < status.wanted()
        ? PartHealth.degraded(name, sentence, status.since())
        : new PartHealth(name, PartHealth.State.OK, sentence, status.since());
  }

  private static String name(ChatConnection connection) {
    String name = "Slack " + connection.name();
    return name.length() <= NAME ? name : name.substring(0, NAME);
  }
}
