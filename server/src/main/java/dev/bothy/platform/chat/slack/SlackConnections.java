package dev.bothy.platform.chat.slack;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Features;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/// Connects a workspace to Slack and says what such a connection needs. Called outside of any
/// transaction.
@Service
public class SlackConnections {
  private static final Pattern BOT_TOKEN = Pattern.compile("xoxb-[A-Za-z0-9-]{10,240}");
  private static final Pattern SIGNING_SECRET = Pattern.compile("[A-Za-z0-9]{16,128}");
  private static final int NAME = 80;

  private final SlackApi api;
  private final Connections connections;
  private final SlackSecrets.Source secrets;
  private final Features features;
  private final Workspaces workspaces;
  private final Audit audit;

  SlackConnections(
      SlackApi api,
      Connections connections,
      SlackSecrets.Source secrets,
      Features features,
      Workspaces workspaces,
      Audit audit) {
    this.api = api;
    this.connections = connections;
    this.secrets = secrets;
    this.features = features;
    this.workspaces = workspaces;
    this.audit = audit;
  }

  /// A connection as an admin sees it.
  ///
  /// @param missing scopes that the features need and the token lacks
  public record Connected(ChatConnection connection, Set<String> granted, Set<String> missing) {}

  /// What became of an attempt to connect.
  public sealed interface Outcome {
    /// It is connected.
    record Done(Connected connected) implements Outcome {}

    /// Nothing was saved.
    ///
    /// @param problem its field is `token` or `signing-secret`, or null when no input is wrong
    record Refused(Problem problem) implements Outcome {}
  }

  /// The app that Slack must have for this workspace.
  ///
  /// @param publicAddress where Slack reaches this server, without a path
  public SlackManifest manifest(URI publicAddress, WorkspaceId workspace) {
    String base = publicAddress + "/chat/slack/" + workspace + "/";
    return SlackManifest.of(
        features.all(),
        new SlackManifest.Addresses(
            base + SlackRequestReader.EVENTS,
            base + SlackRequestReader.COMMANDS,
            base + SlackRequestReader.INTERACTIONS));
  }

  /// The workspace's Slack connections, oldest first.
  public List<Connected> list(WorkspaceId workspace) {
    return workspaces.inWorkspace(workspace, connections::list).stream()
        .filter(each -> each.network() == Network.SLACK)
        .flatMap(each -> secrets.of(each).map(found -> connected(each, found.scopes())).stream())
        .toList();
  }

  /// Asks Slack whose token it is, and saves both if it is a bot's. The secrets of a bot that is
  /// connected already are replaced.
  public Outcome connect(
      WorkspaceId workspace, PersonId admin, String token, String signingSecret) {
    Optional<Problem> wrong = check(token, signingSecret);
    if (wrong.isPresent()) {
      return new Outcome.Refused(wrong.get());
    }
    return switch (api.read(token, "auth.test", Map.of())) {
      case SlackAnswer.Done done -> save(workspace, admin, token, signingSecret, done);
      case SlackAnswer.Refused refused -> new Outcome.Refused(inWords(refused));
      case SlackAnswer.TooMany limit ->
          new Outcome.Refused(
              busy("Slack asks to wait for " + limit.retryAfter().toSeconds() + " s."));
      case SlackAnswer.Unreachable unreachable ->
          new Outcome.Refused(
              busy("Slack could not be reached (" + unreachable.reason() + "). Try again."));
    };
  }

  /// Ends a connection; false when the workspace has none with this id.
  public boolean disconnect(WorkspaceId workspace, PersonId admin, ConnectionId id) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Optional<ChatConnection> found =
              connections.ofCurrentWorkspace(id).filter(each -> each.network() == Network.SLACK);
          found.ifPresent(connection -> {
            connections.end(id, SlackReason.DISCONNECTED);
            audit.record(new Actor.Person(admin), "slack.disconnected", subject(connection));
          });
          return found.isPresent();
        });
  }

  private Outcome save(
      WorkspaceId workspace,
      PersonId admin,
      String token,
      String signingSecret,
      SlackAnswer.Done answer) {
    JsonNode body = answer.body();
    String bot = body.path("bot_id").asString("");
    if (bot.isEmpty()) {
      return new Outcome.Refused(
          Problem.ofField(
              "slack.not-a-bot",
              "token",
              "This token belongs to a person. Paste the Bot User OAuth Token, which begins with"
                  + " xoxb-."));
    }
    String user = body.path("user_id").asString("");
    String team = body.path("team").asString(body.path("team_id").asString(""));
    String name = team.length() <= NAME ? team : team.substring(0, NAME);
    SlackSecrets fresh =
        new SlackSecrets(
            token,
            signingSecret,
            body.path("team_id").asString(""),
            bot,
            answer.scopes(),
            earlierAppToken(workspace, user));
    ChatConnection connection =
        workspaces.inWorkspace(
            workspace,
            () -> {
              Optional<ChatConnection> before =
                  connections.listAll().stream()
                      .map(Connections.Known::connection)
                      .filter(each -> each.network() == Network.SLACK)
                      .filter(each -> each.botId().equals(user))
                      .findFirst();
              ChatConnection saved =
                  before
                      .map(each -> connections.revive(each.id(), name, user, fresh.toBytes()))
                      .orElseGet(
                          () -> connections.create(Network.SLACK, name, user, fresh.toBytes()));
              audit.record(new Actor.Person(admin), "slack.connected", subject(saved));
              return saved;
            });
    return new Outcome.Done(connected(connection, fresh.scopes()));
  }

  /// A new bot token does not end Socket Mode.
  private @Nullable String earlierAppToken(WorkspaceId workspace, String botUser) {
    return workspaces.inWorkspace(workspace, connections::list).stream()
        .filter(each -> each.network() == Network.SLACK && each.botId().equals(botUser))
        .findFirst()
        .flatMap(secrets::of)
        .map(SlackSecrets::appToken)
        .orElse(null);
  }

  private Connected connected(ChatConnection connection, String scopes) {
    Set<String> granted = new TreeSet<>();
    for (String scope : scopes.split(",")) {
      if (!scope.isBlank()) {
        granted.add(scope.strip());
      }
    }
    return new Connected(connection, granted, SlackManifest.missing(features.all(), granted));
  }

  private static Optional<Problem> check(String token, String signingSecret) {
    if (!BOT_TOKEN.matcher(token).matches()) {
      return Optional.of(
          Problem.ofField(
              "slack.token",
              "token",
              "A bot token begins with xoxb- and has letters, digits and dashes. It is on the"
                  + " app's page OAuth & Permissions, as Bot User OAuth Token."));
    }
    if (!SIGNING_SECRET.matcher(signingSecret).matches()) {
      return Optional.of(
          Problem.ofField(
              "slack.signing-secret",
              "signing-secret",
              "A signing secret has 16 to 128 letters and digits (Slack's have 32). It is on the"
                  + " app's page Basic Information, under App Credentials."));
    }
    return Optional.empty();
  }

  private static Problem inWords(SlackAnswer.Refused refused) {
    String message =
        switch (refused.error()) {
          case "invalid_auth", "not_authed" ->
              "Slack does not know this token. Copy it again from OAuth & Permissions.";
          case "account_inactive", "token_revoked" ->
              "Slack says that this token was revoked. Install the app to the workspace again and"
                  + " paste the new token.";
          case "token_expired" ->
              "This token has expired. Switch token rotation off for the app and install it again.";
          case "egress_refused" -> refused.detail();
          default -> "Slack refuses this token: " + refused.words() + ".";
        };
    return Problem.ofField("slack.refused", "token", message);
  }

  private static Problem busy(String message) {
    return new Problem("slack.unreachable", Problem.Kind.RESOURCES, null, message);
  }

  private static Subject subject(ChatConnection connection) {
    return Subject.of("slack.connection", connection.id().value());
  }
}
