package dev.bothy.platform.chat.slack;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// The app-level tokens with which sockets are opened: checks one, and keeps it with a connection.
/// Called outside of any transaction.
@Service
public class SlackAppTokens {
  private static final String FIELD = "app-token";

  private final SlackApi api;
  private final Connections connections;
  private final SlackSecrets.Source secrets;
  private final SlackSockets sockets;
  private final Workspaces workspaces;
  private final Audit audit;

  SlackAppTokens(
      SlackApi api,
      Connections connections,
      SlackSecrets.Source secrets,
      SlackSockets sockets,
      Workspaces workspaces,
      Audit audit) {
    this.api = api;
    this.connections = connections;
    this.secrets = secrets;
    this.sockets = sockets;
    this.workspaces = workspaces;
    this.audit = audit;
  }

  /// Asks Slack for a socket with it, which is then not opened.
  ///
  /// @param token as it was pasted
  /// @return what is wrong, of the field `app-token` unless Slack was not reached; empty when the
  ///   token works
  public Optional<Problem> check(String token) {
    if (SlackSocketApp.idIn(token).isEmpty()) {
      return Optional.of(
          Problem.ofField(
              "slack.app-token",
              FIELD,
              "An app-level token begins with xapp-. It is on the app's page Basic Information,"
                  + " under App-Level Tokens; make one with the scope connections:write."));
    }
    return switch (api.read(token, SlackSocketOpener.METHOD, Map.of())) {
      case SlackAnswer.Done _ -> Optional.empty();
      case SlackAnswer.Refused refused ->
          Optional.of(Problem.ofField("slack.refused", FIELD, inWords(refused)));
      case SlackAnswer.TooMany limit ->
          Optional.of(busy("Slack asks to wait for " + limit.retryAfter().toSeconds() + " s."));
      case SlackAnswer.Unreachable unreachable ->
          Optional.of(
              busy("Slack could not be reached (" + unreachable.reason() + "). Try again."));
    };
  }

  /// Checks the token and keeps it with the connection, whose sockets are opened at once.
  ///
  /// @return what is wrong, and then nothing is kept; empty when it is kept
  public Optional<Problem> save(
      WorkspaceId workspace, PersonId admin, ConnectionId id, String token) {
    Optional<ChatConnection> connection = find(workspace, id);
    Optional<SlackSecrets> before = connection.flatMap(secrets::of);
    if (connection.isEmpty() || before.isEmpty()) {
      return Optional.of(
          new Problem(
              "slack.no-connection",
              Problem.Kind.USER,
              null,
              "There is no such Slack connection any more. Connect the Slack workspace first."));
    }
    Optional<Problem> wrong = check(token);
    if (wrong.isEmpty()) {
      keep(admin, connection.get(), before.get().withAppToken(token), "slack.sockets-on");
    }
    return wrong;
  }

  /// Forgets the token: from now on Slack must call us. False when the connection had none.
  public boolean remove(WorkspaceId workspace, PersonId admin, ConnectionId id) {
    Optional<ChatConnection> connection = find(workspace, id);
    Optional<SlackSecrets> before =
        connection.flatMap(secrets::of).filter(each -> each.appToken() != null);
    before.ifPresent(each ->
        keep(admin, connection.orElseThrow(), each.withAppToken(null), "slack.sockets-off"));
    return before.isPresent();
  }

  private void keep(PersonId admin, ChatConnection connection, SlackSecrets fresh, String what) {
    workspaces.inWorkspace(
        connection.workspace(),
        () -> {
          connections.changeSecrets(connection.id(), fresh.toBytes());
          audit.record(
              new Actor.Person(admin),
              what,
              Subject.of("slack.connection", connection.id().value()));
        });
    sockets.refresh();
  }

  private Optional<ChatConnection> find(WorkspaceId workspace, ConnectionId id) {
    return workspaces
        .inWorkspace(workspace, () -> connections.ofCurrentWorkspace(id))
        .filter(each -> each.network() == Network.SLACK);
  }

  private static String inWords(SlackAnswer.Refused refused) {
    return switch (refused.error()) {
      case "invalid_auth", "not_authed", "token_revoked" ->
          "Slack does not know this token. Make another one on the app's page Basic Information.";
      case "missing_scope" -> "The token lacks the scope connections:write. Make another one.";
      case "not_allowed_token_type" ->
          "This is a token of another kind. Paste the app-level token, which begins with xapp-.";
      case "egress_refused" -> refused.detail();
      default ->
          "Slack opens no socket with this token: "
              + refused.words()
              + ". Is Socket Mode switched on, on the app's page Socket Mode?";
    };
  }

  private static Problem busy(String message) {
    return new Problem("slack.unreachable", Problem.Kind.RESOURCES, null, message);
  }
}
