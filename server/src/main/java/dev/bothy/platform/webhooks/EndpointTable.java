package dev.bothy.platform.webhooks;

import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.webhooks.WebhookEndpoint.Details;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The table `webhook_endpoint`. Called within a transaction of the workspace.
@Component
class EndpointTable {
  static final Purpose DETAILS = new Purpose(Purpose.PLATFORM, "webhooks.details");
  static final Purpose SECRET = new Purpose(Purpose.PLATFORM, "webhooks.secret");
  static final Purpose PREVIOUS = new Purpose(Purpose.PLATFORM, "webhooks.previous-secret");

  private static final String SELECT =
      "select id, details, types, state, failing_since_at, delivered_at, previous_ends_at,"
          + " created_at, changed_at from webhook_endpoint where ";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Keys keys;
  private final JsonMapper json;

  EndpointTable(JdbcClient jdbc, Workspaces workspaces, Keys keys, JsonMapper json) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.keys = keys;
    this.json = json;
  }

  /// How an endpoint has failed lately.
  ///
  /// @param count in a row
  /// @param since when the first of them was; null if there was none
  /// @param last when the last was; null if there was none
  record Failures(int count, @Nullable Instant since, @Nullable Instant last) {}

  List<WebhookEndpoint> all() {
    return jdbc.sql(SELECT + "deleted_at is null order by created_at, id")
        .query(this::toEndpoint)
        .list();
  }

  Optional<WebhookEndpoint> find(UUID id) {
    return jdbc.sql(SELECT + "id = ? and deleted_at is null")
        .param(id)
        .query(this::toEndpoint)
        .optional();
  }

  /// The same, and nobody else changes it until the transaction has ended.
  Optional<WebhookEndpoint> lock(UUID id) {
    return jdbc.sql(SELECT + "id = ? and deleted_at is null for update")
        .param(id)
        .query(this::toEndpoint)
        .optional();
  }

  /// Those that are on and want this type.
  List<UUID> wanting(String type) {
    return jdbc.sql(
            "select id from webhook_endpoint where state = 'ON' and deleted_at is null"
                + " and ? = any(types) order by id")
        .param(type)
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  void insert(UUID id, Details details, Set<String> types, WebhookSecret secret, Instant now) {
    jdbc.sql(
            "insert into webhook_endpoint (workspace_id, id, details, secret, types, state,"
                + " created_at, changed_at) values (?, ?, ?, ?, ?, 'ON', ?, ?)")
        .params(
            workspaces.current().value(),
            id,
            sealed(id, details),
            keys.seal(SECRET, id, bytes(secret)).bytes(),
            types.stream().sorted().toArray(String[]::new),
            utc(now),
            utc(now))
        .update();
  }

  /// A changed endpoint is tried anew: what it failed at before counts no more.
  void change(UUID id, Details details, Collection<String> types, Instant now) {
    jdbc.sql(
            "update webhook_endpoint set details = ?, types = ?, changed_at = ?, failures = 0,"
                + " failing_since_at = null, failed_at = null where id = ?")
        .params(sealed(id, details), types.stream().sorted().toArray(String[]::new), utc(now), id)
        .update();
  }

  void setState(UUID id, EndpointState state, Instant now) {
    jdbc.sql(
            "update webhook_endpoint set state = ?, changed_at = ?, failures = 0,"
                + " failing_since_at = null, failed_at = null where id = ?")
        .params(state.name(), utc(now), id)
        .update();
  }

  void setSecret(UUID id, WebhookSecret secret, WebhookSecret before, Instant beforeEnds) {
    jdbc.sql(
            "update webhook_endpoint set secret = ?, previous_secret = ?, previous_ends_at = ?"
                + " where id = ?")
        .params(
            keys.seal(SECRET, id, bytes(secret)).bytes(),
            keys.seal(PREVIOUS, id, bytes(before)).bytes(),
            utc(beforeEnds),
            id)
        .update();
  }

  /// The secrets that a delivery is signed with now, the newest first.
  ///
  /// @throws CannotOpen if their key is gone
  List<WebhookSecret> secrets(UUID id, Instant now) {
    return jdbc.sql(
            "select secret, previous_secret, previous_ends_at from webhook_endpoint where id = ?")
        .param(id)
        .query((row, _) -> {
          List<WebhookSecret> secrets = new ArrayList<>();
          secrets.add(secret(SECRET, id, row.getBytes("secret")));
          OffsetDateTime ends = row.getObject("previous_ends_at", OffsetDateTime.class);
          if (ends != null && ends.toInstant().isAfter(now)) {
            secrets.add(secret(PREVIOUS, id, row.getBytes("previous_secret")));
          }
          return secrets;
        })
        .single();
  }

  Failures failures(UUID id) {
    return jdbc.sql(
            "select failures, failing_since_at, failed_at from webhook_endpoint where id = ?")
        .param(id)
        .query((row, _) ->
            new Failures(
                row.getInt("failures"),
                instant(row, "failing_since_at"),
                instant(row, "failed_at")))
        .single();
  }

  void failed(UUID id, Failures failures) {
    jdbc.sql(
            "update webhook_endpoint set failures = :count, failing_since_at = :since,"
                + " failed_at = :last where id = :id")
        .param("count", failures.count())
        .param("since", utcOrNull(failures.since()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("last", utcOrNull(failures.last()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("id", id)
        .update();
  }

  void delivered(UUID id, Instant now) {
    jdbc.sql(
            "update webhook_endpoint set delivered_at = ?, failures = 0, failing_since_at = null,"
                + " failed_at = null where id = ?")
        .params(utc(now), id)
        .update();
  }

  void markDeleted(UUID id, Instant now) {
    jdbc.sql("update webhook_endpoint set deleted_at = ? where id = ?")
        .params(utc(now), id)
        .update();
  }

  /// Also a deleted one.
  Optional<WebhookEndpoint> findAny(UUID id) {
    return jdbc.sql(SELECT + "id = ?").param(id).query(this::toEndpoint).optional();
  }

  /// @return false if there is none that was deleted
  boolean restore(UUID id) {
    return jdbc.sql(
                "update webhook_endpoint set deleted_at = null"
                    + " where id = ? and deleted_at is not null")
            .param(id)
            .update()
        == 1;
  }

  /// Takes it away with its log, if it is a deleted one.
  boolean erase(UUID id) {
    return jdbc.sql("delete from webhook_endpoint where id = ? and deleted_at is not null")
            .param(id)
            .update()
        == 1;
  }

  private byte[] sealed(UUID id, Details details) {
    return keys.seal(DETAILS, id, json.writeValueAsBytes(details)).bytes();
  }

  private WebhookSecret secret(Purpose purpose, UUID id, byte[] sealed) {
    return new WebhookSecret(
        new String(keys.open(purpose, id, new Sealed(sealed)), StandardCharsets.UTF_8));
  }

  private static byte[] bytes(WebhookSecret secret) {
    return secret.text().getBytes(StandardCharsets.UTF_8);
  }

  private WebhookEndpoint toEndpoint(ResultSet row, int number) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    Array types = row.getArray("types");
    return new WebhookEndpoint(
        id,
        details(id, row.getBytes("details")),
        Set.of((String[]) types.getArray()),
        EndpointState.valueOf(row.getString("state")),
        instant(row, "failing_since_at"),
        instant(row, "delivered_at"),
        instant(row, "previous_ends_at"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }

  private @Nullable Details details(UUID id, byte[] sealed) {
    try {
      return json.readValue(keys.open(DETAILS, id, new Sealed(sealed)), Details.class);
    } catch (CannotOpen gone) {
      return null;
    }
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime utcOrNull(@Nullable Instant time) {
    return time == null ? null : utc(time);
  }
}
