package dev.bothy.platform.webhooks;

import static dev.bothy.platform.webhooks.EndpointTable.instant;
import static dev.bothy.platform.webhooks.EndpointTable.utc;

import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.webhooks.WebhookDelivery.State;
import dev.bothy.platform.workspace.Workspaces;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The table `webhook_delivery`. Called within a transaction of the workspace.
@Component
class DeliveryTable {
  static final Purpose BODY = new Purpose(Purpose.PLATFORM, "webhooks.body");

  private static final String SELECT =
      "select id, endpoint_id, event_id, type, state, attempts, status, problem, took_seconds,"
          + " created_at, settled_at, body is not null as replayable from webhook_delivery where ";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Keys keys;

  DeliveryTable(JdbcClient jdbc, Workspaces workspaces, Keys keys) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.keys = keys;
  }

  void insert(UUID id, UUID endpoint, UUID event, String type, byte[] body, Instant now) {
    jdbc.sql(
            "insert into webhook_delivery (workspace_id, id, endpoint_id, event_id, type, state,"
                + " body, created_at, queued_at) values (?, ?, ?, ?, ?, 'WAITING', ?, ?, ?)")
        .params(
            workspaces.current().value(),
            id,
            endpoint,
            event,
            type,
            keys.seal(BODY, id, body).bytes(),
            utc(now),
            utc(now))
        .update();
  }

  /// A page of an endpoint's log, newest first.
  ///
  /// @param state null for any
  /// @param after where the page before ended; null for the first
  List<WebhookDelivery> page(
      UUID endpoint, @Nullable State state, WebhookDelivery.@Nullable Place after, int limit) {
    return jdbc.sql(
            SELECT
                + "endpoint_id = :endpoint and (cast(:state as text) is null or state = :state)"
                + " and (cast(:at as timestamptz) is null or (created_at, id) < (:at, :id))"
                + " order by created_at desc, id desc limit :limit")
        .param("endpoint", endpoint)
        .param("state", state == null ? null : state.name(), Types.VARCHAR)
        .param("at", after == null ? null : utc(after.createdAt()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("id", after == null ? null : after.id(), Types.OTHER)
        .param("limit", limit)
        .query(DeliveryTable::toDelivery)
        .list();
  }

  Optional<WebhookDelivery> find(UUID id) {
    return jdbc.sql(SELECT + "id = ?").param(id).query(DeliveryTable::toDelivery).optional();
  }

  long failed(UUID endpoint) {
    return jdbc.sql(
            "select count(*) from webhook_delivery where endpoint_id = ? and state = 'FAILED'"
                + " and body is not null")
        .param(endpoint)
        .query(Long.class)
        .single();
  }

  /// Those that were given up and still have their body, oldest first.
  List<UUID> failed(UUID endpoint, int most) {
    return jdbc.sql(
            "select id from webhook_delivery where endpoint_id = ? and state = 'FAILED'"
                + " and body is not null order by created_at, id limit ?")
        .params(endpoint, most)
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  /// Since when it is tried.
  Instant queuedAt(UUID id) {
    return jdbc.sql("select queued_at from webhook_delivery where id = ?")
        .param(id)
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  /// What it says; empty if that is gone, or does not open.
  Optional<byte[]> body(UUID id) {
    Optional<Sealed> sealed =
        jdbc.sql("select body from webhook_delivery where id = ?")
            .param(id)
            .query((row, _) -> Optional.ofNullable(row.getBytes("body")))
            .optional()
            .flatMap(body -> body)
            .map(Sealed::new);
    try {
      return sealed.map(body -> keys.open(BODY, id, body));
    } catch (CannotOpen gone) {
      return Optional.empty();
    }
  }

  /// Notes what came of an attempt, or of none.
  ///
  /// @param counts whether it was sent
  /// @param settledAt null while the state is `WAITING`
  void note(
      UUID id,
      State state,
      boolean counts,
      @Nullable Integer status,
      @Nullable String problem,
      @Nullable Duration took,
      @Nullable Instant settledAt) {
    jdbc.sql(
            "update webhook_delivery set state = :state, attempts = attempts + :counts,"
                + " status = :status, problem = :problem,"
                + " took_seconds = coalesce(:took, took_seconds), settled_at = :settled"
                + " where id = :id")
        .param("state", state.name())
        .param("counts", counts ? 1 : 0)
        .param("status", status, Types.INTEGER)
        .param("problem", problem, Types.VARCHAR)
        .param("took", took == null ? null : BigDecimal.valueOf(took.toMillis(), 3), Types.NUMERIC)
        .param("settled", settledAt == null ? null : utc(settledAt), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("id", id)
        .update();
  }

  /// @return false if it waits already, or its body is gone
  boolean requeue(UUID id, Instant now) {
    return jdbc.sql(
                "update webhook_delivery set state = 'WAITING', settled_at = null, queued_at = ?"
                    + " where id = ? and state <> 'WAITING' and body is not null")
            .params(utc(now), id)
            .update()
        == 1;
  }

  private static WebhookDelivery toDelivery(ResultSet row, int number) throws SQLException {
    BigDecimal took = row.getBigDecimal("took_seconds");
    return new WebhookDelivery(
        row.getObject("id", UUID.class),
        row.getObject("endpoint_id", UUID.class),
        row.getObject("event_id", UUID.class),
        row.getString("type"),
        State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getObject("status", Integer.class),
        row.getString("problem"),
        took == null ? null : Duration.ofMillis(took.movePointRight(3).longValue()),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "settled_at"),
        row.getBoolean("replayable"));
  }
}
