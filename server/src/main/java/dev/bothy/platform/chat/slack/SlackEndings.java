package dev.bothy.platform.chat.slack;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Connections.Known;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Ends a connection when Slack says that the app is gone.
///
/// Slack sends `app_uninstalled` and `tokens_revoked` in any order, and again when an answer is
/// late (docs.slack.dev/reference/events/app_uninstalled). The first ends the connection, the
/// others find it ended. One that tells of the time before the app was connected again is late, and
/// ends nothing.
@Component
class SlackEndings {
  private static final Logger LOG = LoggerFactory.getLogger(SlackEndings.class);

  private final Connections connections;
  private final SlackRoster roster;
  private final Workspaces workspaces;
  private final Audit audit;

  SlackEndings(Connections connections, SlackRoster roster, Workspaces workspaces, Audit audit) {
    this.connections = connections;
    this.roster = roster;
    this.workspaces = workspaces;
    this.audit = audit;
  }

  /// Ends the connection, in a transaction of its own: when this returns it is on disk.
  ///
  /// @return false when it had ended before, or the event is a late one
  boolean removed(ChatConnection connection, InboundEvent.AppRemoved event) {
    String reason = event.reason() == null ? SlackReason.UNINSTALLED : event.reason();
    return workspaces.inWorkspace(
        connection.workspace(),
        () -> {
          Optional<Known> known = connections.known(connection.id());
          if (known.isEmpty() || isBefore(event.at(), known.get().connectedAt())) {
            LOG.info("A late {} of Slack's tells of an earlier installation", reason);
            return false;
          }
          boolean ended = connections.end(connection.id(), reason);
          if (ended) {
            roster.uninstalled(connection.id());
            audit.record(
                new Actor.System(),
                "slack.ended",
                Subject.of("slack.connection", connection.id().value()),
                Map.of("reason", reason));
          }
          return ended;
        });
  }

  /// Slack's time is in whole seconds.
  private static boolean isBefore(@Nullable Instant at, Instant connectedAt) {
    return at != null && at.isBefore(connectedAt.truncatedTo(ChronoUnit.SECONDS));
  }
}
