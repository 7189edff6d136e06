package dev.bothy.platform.chat.slack;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The workspace's Slack app for OAuth, of which there is one at most. Called within a transaction
/// of the workspace.
@Component
class SlackApps {
  private static final Logger LOG = LoggerFactory.getLogger(SlackApps.class);
  static final Purpose SECRETS = new Purpose(Purpose.PLATFORM, "slack.app-secrets");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Keys keys;
  private final Clock clock;

  SlackApps(JdbcClient jdbc, Workspaces workspaces, Keys keys, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.keys = keys;
    this.clock = clock;
  }

  private record Secrets(String clientSecret, String signingSecret, @Nullable String appToken) {
    @Override
    public String toString() {
      return "Secrets(…)";
    }
  }

  Optional<SlackApp> find() {
    return jdbc.sql("select id, client_id, secrets from slack_app order by id limit 1")
        .query(this::toApp)
        .optional()
        .flatMap(Function.identity());
  }

  /// Replaces the app, or what is known of it.
  SlackApp save(
      String clientId, String clientSecret, String signingSecret, @Nullable String appToken) {
    UUID id =
        jdbc.sql("select id from slack_app order by id limit 1")
            .query(UUID.class)
            .optional()
            .orElseGet(() -> Ids.next(clock));
    byte[] secrets = JSON.writeValueAsBytes(new Secrets(clientSecret, signingSecret, appToken));
    jdbc.sql(
            "insert into slack_app (workspace_id, id, client_id, secrets, changed_at)"
                + " values (?, ?, ?, ?, ?) on conflict (workspace_id, id) do update set"
                + " client_id = excluded.client_id, secrets = excluded.secrets,"
                + " changed_at = excluded.changed_at")
        .params(
            workspaces.current().value(),
            id,
            clientId,
            keys.seal(SECRETS, id, secrets).bytes(),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return new SlackApp(id, clientId, clientSecret, signingSecret, appToken);
  }

  /// Forgets the app and its secrets; its installations stay.
  boolean remove() {
    return jdbc.sql("delete from slack_app").update() > 0;
  }

  /// Empty for one whose secrets nobody can read any more: it is to be saved anew.
  private Optional<SlackApp> toApp(ResultSet row, int number) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    byte[] opened;
    try {
      opened = keys.open(SECRETS, id, new Sealed(row.getBytes("secrets")));
    } catch (CannotOpen e) {
      LOG.warn("The secrets of the Slack app are as if they were not there: {}", e.getMessage());
      return Optional.empty();
    }
    Secrets secrets = JSON.readValue(opened, Secrets.class);
    return Optional.of(
        new SlackApp(
            id,
            row.getString("client_id"),
            secrets.clientSecret(),
            secrets.signingSecret(),
            secrets.appToken()));
  }
}
