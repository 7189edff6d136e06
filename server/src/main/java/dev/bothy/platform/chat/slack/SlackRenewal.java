package dev.bothy.platform.chat.slack;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Exchanges a refresh token for the next pair
/// (docs.slack.dev/authentication/using-token-rotation).
///
/// ## What Slack promises
///
/// A token lives 12 hours. A refresh token does not expire by itself, and is revoked once it was
/// exchanged. Two exchanges at the same instant both succeed, and one of the pairs is dead
/// (slackapi/node-slack-sdk#2504): so a row in the database says who renews, and for how long.
///
/// ## A crash between Slack's answer and our commit
///
/// The new pair is lost, the stored refresh token is spent. The stored token works on until it
/// expires; the next attempt, [#CLAIM] later, presents the same refresh token once more. If Slack
/// refuses it the connection is marked broken, and the rest of the token's life (half of it, six
/// hours) is what an admin has to install the app again. If it is only the database that is away,
/// the pair waits in memory.
@Component
class SlackRenewal {
  private static final Logger LOG = LoggerFactory.getLogger(SlackRenewal.class);

  /// Longer than a call to Slack can take. On the database's time, like every claim.
  private static final Duration CLAIM = Duration.ofSeconds(60);

  private final SlackApi api;
  private final SlackApps apps;
  private final Connections connections;
  private final Schedule schedule;
  private final Workspaces workspaces;
  private final Audit audit;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<ConnectionId, Exchanged> unsaved = new ConcurrentHashMap<>();

  SlackRenewal(
      SlackApi api,
      SlackApps apps,
      Connections connections,
      Schedule schedule,
      Workspaces workspaces,
      Audit audit,
      JdbcClient jdbc,
      Clock clock) {
    this.api = api;
    this.apps = apps;
    this.connections = connections;
    this.schedule = schedule;
    this.workspaces = workspaces;
    this.audit = audit;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// What became of an attempt.
  sealed interface Outcome {
    /// This token works now.
    record Fresh(String token) implements Outcome {
      @Override
      public String toString() {
        return "Fresh(…)";
      }
    }

    /// Slack was not reached, or another process is at it.
    record Later(String reason) implements Outcome {}

    /// An admin must act; the connection is marked.
    record Never() implements Outcome {}
  }

  /// Who may exchange, and what.
  private sealed interface Claim {
    record Ours(SlackSecrets stored, SlackApp app) implements Claim {}

    record Replaced(String token) implements Claim {}

    record Taken() implements Claim {}

    record Hopeless(String reason) implements Claim {}
  }

  /// A pair that Slack gave.
  private record Exchanged(String spent, SlackSecrets fresh) {}

  /// Replaces a token that has expired, or will soon. Called outside of any transaction.
  ///
  /// @param spent the token to replace; when it is not the stored one any more, somebody did it
  Outcome renew(ChatConnection connection, String spent) {
    connections.forget(connection.id());
    Exchanged waiting = unsaved.get(connection.id());
    if (waiting != null && !save(connection, waiting)) {
      return new Outcome.Fresh(waiting.fresh().botToken());
    }
    Claim claim = workspaces.inWorkspace(connection.workspace(), () -> claim(connection, spent));
    return switch (claim) {
      case Claim.Ours(SlackSecrets stored, SlackApp app) -> exchange(connection, stored, app);
      case Claim.Replaced(String token) -> new Outcome.Fresh(token);
      case Claim.Taken() -> new Outcome.Later("another process renews the token just now");
      case Claim.Hopeless(String reason) -> {
        workspaces.inWorkspace(connection.workspace(), () -> broken(connection, reason, "none"));
        yield new Outcome.Never();
      }
    };
  }

  private Claim claim(ChatConnection connection, String spent) {
    SlackSecrets before = SlackSecrets.read(connections.storedSecrets(connection.id()));
    if (!before.botToken().equals(spent)) {
      return new Claim.Replaced(before.botToken());
    }
    if (before.install() == null || !before.install().isRenewable()) {
      return new Claim.Hopeless(SlackReason.TOKEN_EXPIRED);
    }
    Optional<SlackApp> app = apps.find();
    if (app.isEmpty()) {
      return new Claim.Hopeless(SlackReason.RENEWAL_REFUSED);
    }
    int claimed =
        jdbc.sql(
                "insert into slack_renewal as other (workspace_id, connection_id, claimed_until_at)"
                    + " values (?, ?, clock_timestamp() + make_interval(secs => ?))"
                    + " on conflict (workspace_id, connection_id) do update"
                    + " set claimed_until_at = excluded.claimed_until_at"
                    + " where other.claimed_until_at < clock_timestamp()")
            .params(
                connection.workspace().value(), connection.id().value(), (double) CLAIM.toSeconds())
            .update();
    if (claimed == 0) {
      return new Claim.Taken();
    }
    // Read once more: whoever held the claim before may have stored the next pair meanwhile.
    SlackSecrets stored = SlackSecrets.read(connections.storedSecrets(connection.id()));
    if (!stored.botToken().equals(spent)) {
      release(connection.id());
      return new Claim.Replaced(stored.botToken());
    }
    return new Claim.Ours(stored, app.get());
  }

  private Outcome exchange(ChatConnection connection, SlackSecrets stored, SlackApp app) {
    SlackInstall install = Objects.requireNonNull(stored.install());
    String refreshToken = Objects.requireNonNull(install.refreshToken());
    SlackAnswer answer =
        api.asApp(
            app,
            "oauth.v2.access",
            Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    return switch (answer) {
      case SlackAnswer.Done done -> {
        SlackInstall next =
            install.withToken(
                done.body().path("refresh_token").asString(null),
                clock.instant(),
                done.body().path("expires_in").asLong(0));
        SlackSecrets fresh = stored.renewed(done.body().path("access_token").asString(""), next);
        Exchanged exchanged = new Exchanged(refreshToken, fresh);
        unsaved.put(connection.id(), exchanged);
        save(connection, exchanged);
        yield new Outcome.Fresh(fresh.botToken());
      }
      case SlackAnswer.Refused refused -> {
        LOG.warn("Slack refuses to renew a token: {}", refused.error());
        workspaces.inWorkspace(
            connection.workspace(),
            () -> {
              release(connection.id());
              if (isStored(connection.id(), refreshToken)) {
                broken(connection, SlackReason.RENEWAL_REFUSED, refused.error());
              }
            });
        yield new Outcome.Never();
      }
      case SlackAnswer.TooMany limit ->
          later(connection, "Slack asks to wait " + limit.retryAfter());
      case SlackAnswer.Unreachable unreachable -> later(connection, unreachable.reason());
    };
  }

  /// Stores the pair, unless the app was installed anew meanwhile, whose pair is the newer one.
  ///
  /// @return false when the database is away; the pair is kept for the next attempt
  private boolean save(ChatConnection connection, Exchanged exchanged) {
    try {
      workspaces.inWorkspace(connection.workspace(), () -> write(connection, exchanged));
      unsaved.remove(connection.id(), exchanged);
      return true;
    } catch (DataAccessException | TransactionException e) {
      LOG.error("A renewed token of Slack's could not be stored yet", e);
      return false;
    }
  }

  private void write(ChatConnection connection, Exchanged exchanged) {
    SlackSecrets fresh = exchanged.fresh();
    SlackInstall install = Objects.requireNonNull(fresh.install());
    if (isStored(connection.id(), exchanged.spent())) {
      connections.editSecrets(
          connection.id(),
          bytes -> SlackSecrets.read(bytes).renewed(fresh.botToken(), install).toBytes());
      connections.markWorking(connection.id());
      schedule.set(SlackCare.KIND, connection.id().value(), install.renewAt());
    }
    jdbc.sql(
            "update slack_renewal set claimed_until_at = '-infinity', renewed_at = ?"
                + " where connection_id = ?")
        .params(clock.instant().atOffset(ZoneOffset.UTC), connection.id().value())
        .update();
  }

  private boolean isStored(ConnectionId id, String refreshToken) {
    SlackInstall now = SlackSecrets.read(connections.storedSecrets(id)).install();
    return now != null && refreshToken.equals(now.refreshToken());
  }

  private Outcome later(ChatConnection connection, String reason) {
    workspaces.inWorkspace(connection.workspace(), () -> release(connection.id()));
    return new Outcome.Later(reason);
  }

  private void release(ConnectionId id) {
    jdbc.sql("update slack_renewal set claimed_until_at = '-infinity' where connection_id = ?")
        .param(id.value())
        .update();
  }

  private void broken(ChatConnection connection, String reason, String error) {
    if (connections.markBroken(connection.id(), reason)) {
      audit.record(
          new Actor.System(),
          "slack.broken",
          Subject.of("slack.connection", connection.id().value()),
          Map.of("reason", reason, "error", error));
    }
  }
}
