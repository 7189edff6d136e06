package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.Webhooks.Received;
import dev.bothy.platform.chat.Webhooks.Request;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Finds the connection that something of Slack's is for. Only connections of one workspace of ours
/// are ever compared: the address, or the socket, has told the workspace before. Called outside of
/// any transaction.
@Component
class SlackRouting {
  private final Connections connections;
  private final SlackSecrets.Source secrets;
  private final SlackApps apps;
  private final SlackActivity activity;
  private final Workspaces workspaces;
  private final Clock clock;

  SlackRouting(
      Connections connections,
      SlackSecrets.Source secrets,
      SlackApps apps,
      SlackActivity activity,
      Workspaces workspaces,
      Clock clock) {
    this.connections = connections;
    this.secrets = secrets;
    this.apps = apps;
    this.activity = activity;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// The connection of this workspace of ours that a payload is for; empty when none covers it.
  Optional<ChatConnection> route(WorkspaceId workspace, SlackOrigin origin) {
    return workspaces.inWorkspace(workspace, connections::list).stream()
        .filter(each -> each.network() == Network.SLACK && fit(each, origin) > 0)
        .max(Comparator.comparingInt(each -> fit(each, origin)));
  }

  /// The connections, those first that the request may be for. Whether it is genuine is for each of
  /// them to say.
  List<ChatConnection> bestFirst(List<ChatConnection> candidates, Request request) {
    if (candidates.size() < 2) {
      return candidates;
    }
    SlackOrigin origin = SlackOrigin.of(request);
    return candidates.stream()
        .sorted(Comparator.comparingInt((ChatConnection each) -> fit(each, origin)).reversed())
        .toList();
  }

  /// Reads a request that is signed with the secret of the workspace's OAuth app; empty when it is
  /// not, or there is no app.
  Optional<Received> byAppAlone(WorkspaceId workspace, Request request) {
    Optional<SlackApp> app = workspaces.inWorkspace(workspace, apps::find);
    boolean genuine =
        app.isPresent()
            && SlackSignature.check(
                    app.get().signingSecret(),
                    request.headers().get("x-slack-request-timestamp"),
                    request.headers().get("x-slack-signature"),
                    request.body(),
                    clock.instant())
                == SlackSignature.GENUINE;
    if (!genuine) {
      return Optional.empty();
    }
    activity.note(workspace, app.get().id(), SlackActivity.SIGNED);
    return Optional.of(SlackRequestReader.read(request, new SlackIdentity("", "", "")));
  }

  private int fit(ChatConnection connection, SlackOrigin origin) {
    return secrets.of(connection).map(found -> found.identity(connection).fit(origin)).orElse(0);
  }
}
