package dev.bothy.platform.chat.slack;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.chat.Abilities;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.workspace.Workspaces;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Keeps the tokens of connections working: hands them out, and looks at what Slack answers to
/// each.
///
/// A token that has expired is renewed at once and the call repeated; one that another replica has
/// replaced is read anew; one that Slack does not accept any more makes the connection broken. What
/// a call used is noted ([SlackActivity]), and what it may do is kept as Slack's header says.
@Component
class SlackTokens implements SlackSecrets.Source, SlackApi.Watch {
  /// Slack has revoked it, or never knew it.
  private static final Set<String> DEAD =
      Set.of("token_revoked", "account_inactive", "invalid_auth");

  private static final String EXPIRED = "token_expired";

  private final Connections connections;
  private final Abilities abilities;
  private final SlackRenewal renewal;
  private final SlackActivity activity;
  private final Workspaces workspaces;
  private final Audit audit;

  /// Whose each token is: of every connection its last two, since a call may still be under way
  /// with the one before.
  private final Map<String, ChatConnection> owners = new ConcurrentHashMap<>();

  private final Map<ConnectionId, Read> read = new ConcurrentHashMap<>();
  private final Map<ConnectionId, String> newest = new ConcurrentHashMap<>();
  private final Map<ConnectionId, String> granted = new ConcurrentHashMap<>();

  private record Read(byte[] stored, SlackSecrets secrets) {}

  SlackTokens(
      Connections connections,
      Abilities abilities,
      SlackRenewal renewal,
      SlackActivity activity,
      Workspaces workspaces,
      Audit audit) {
    this.connections = connections;
    this.abilities = abilities;
    this.renewal = renewal;
    this.activity = activity;
    this.workspaces = workspaces;
    this.audit = audit;
  }

  @Override
  public Optional<SlackSecrets> of(ChatConnection connection) {
    Optional<SlackSecrets> found;
    try {
      found =
          connections
              .find(connection.id())
              .map(present -> read(present.id(), connections.secrets(present.id())));
    } catch (CannotOpen e) {
      broken(connection, SlackReason.SECRETS_GONE);
      return Optional.empty();
    }
    found.ifPresent(secrets -> know(connection, secrets.botToken()));
    return found;
  }

  /// Every request is checked with them, so they are read once for as long as they stay the same.
  private SlackSecrets read(ConnectionId id, byte[] stored) {
    Read known = read.get(id);
    if (known != null && Arrays.equals(known.stored(), stored)) {
      return known.secrets();
    }
    SlackSecrets secrets = SlackSecrets.read(stored);
    read.put(id, new Read(stored, secrets));
    return secrets;
  }

  @Override
  public SlackApi.Verdict answered(String token, String method, SlackAnswer answer) {
    ChatConnection owner = owners.get(token);
    if (owner == null) {
      return new SlackApi.Verdict.Stands();
    }
    return switch (answer) {
      case SlackAnswer.Done done -> {
        worked(owner, method, done);
        yield new SlackApi.Verdict.Stands();
      }
      case SlackAnswer.Refused refused when refused.error().equals(EXPIRED) ->
          renewed(owner, token);
      case SlackAnswer.Refused refused when DEAD.contains(refused.error()) -> dead(owner, token);
      case SlackAnswer.Refused _, SlackAnswer.TooMany _, SlackAnswer.Unreachable _ ->
          new SlackApi.Verdict.Stands();
    };
  }

  /// Renews the token of a connection before it expires. Called outside of any transaction.
  void renew(ChatConnection connection) {
    of(connection).ifPresent(secrets -> renewal.renew(connection, secrets.botToken()));
  }

  private void worked(ChatConnection owner, String method, SlackAnswer.Done done) {
    SlackScopes.neededBy(method)
        .ifPresent(scope ->
            activity.note(owner.workspace(), owner.id().value(), SlackActivity.ofScope(scope)));
    if (!done.body().at("/user/profile/email").isMissingNode()) {
      activity.note(
          owner.workspace(), owner.id().value(), SlackActivity.ofScope(SlackScopes.EMAIL));
    }
    if (method.equals("chat.postMessage")) {
      activity.note(owner.workspace(), owner.id().value(), SlackActivity.POSTED);
    }
    String scopes = done.scopes();
    if (!scopes.isBlank() && !scopes.equals(granted.put(owner.id(), scopes))) {
      keepScopes(owner, scopes);
    }
    if (method.equals("auth.test")) {
      workspaces.inWorkspace(owner.workspace(), () -> worksAgain(owner));
    }
  }

  /// What the token may do changes when the app is installed again, also without a new token.
  private void keepScopes(ChatConnection owner, String scopes) {
    Set<String> now = SlackScopes.parse(scopes);
    workspaces.inWorkspace(
        owner.workspace(),
        () -> {
          connections.editSecrets(
              owner.id(),
              stored -> {
                SlackSecrets before = SlackSecrets.read(stored);
                return SlackScopes.parse(before.scopes()).equals(now)
                    ? stored
                    : before.withScopes(scopes).toBytes();
              });
          abilities.grant(owner.id(), SlackScopes.abilities(now));
        });
  }

  /// A refusal to renew stays until the token was renewed.
  private void worksAgain(ChatConnection owner) {
    connections
        .known(owner.id())
        .filter(known ->
            known.state() instanceof ConnectionState.Broken broken
                && !broken.reason().equals(SlackReason.RENEWAL_REFUSED))
        .ifPresent(known -> connections.markWorking(owner.id()));
  }

  private SlackApi.Verdict renewed(ChatConnection owner, String token) {
    return switch (renewal.renew(owner, token)) {
      case SlackRenewal.Outcome.Fresh(String fresh) -> {
        know(owner, fresh);
        yield new SlackApi.Verdict.Again(fresh);
      }
      case SlackRenewal.Outcome.Later(String reason) -> new SlackApi.Verdict.Later(reason);
      case SlackRenewal.Outcome.Never() -> new SlackApi.Verdict.Stands();
    };
  }

  private SlackApi.Verdict dead(ChatConnection owner, String token) {
    connections.forget(owner.id());
    Optional<String> current = of(owner).map(SlackSecrets::botToken);
    if (current.isPresent() && !current.get().equals(token)) {
      return new SlackApi.Verdict.Again(current.get());
    }
    broken(owner, SlackReason.TOKEN_REFUSED);
    return new SlackApi.Verdict.Stands();
  }

  private void broken(ChatConnection connection, String reason) {
    workspaces.inWorkspace(
        connection.workspace(),
        () -> {
          if (connections.markBroken(connection.id(), reason)) {
            audit.record(
                new Actor.System(),
                "slack.broken",
                Subject.of("slack.connection", connection.id().value()),
                Map.of("reason", reason));
          }
        });
  }

  private void know(ChatConnection owner, String token) {
    String before = newest.get(owner.id());
    if (token.isEmpty() || token.equals(before)) {
      return;
    }
    newest.put(owner.id(), token);
    owners.put(token, owner);
    owners
        .entrySet()
        .removeIf(each ->
            each.getValue().id().equals(owner.id())
                && !each.getKey().equals(token)
                && !each.getKey().equals(before));
  }
}
