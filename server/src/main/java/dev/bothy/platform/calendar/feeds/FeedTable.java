package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.calendar.feeds.AbsenceFeed.Source;
import dev.bothy.platform.calendar.feeds.AbsenceFeed.State;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.workspace.Workspaces;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The table `absence_feed`. Called within a transaction of the workspace.
@Component
class FeedTable {
  static final Purpose ADDRESS = new Purpose(Purpose.PLATFORM, "calendar.feed-address");

  private static final String SELECT =
      "select id, connection_id, account, address, shortest_seconds, time_zone, taken_at, read_at,"
          + " asked_at, failures, failing_since_at, problem, absences, left_out, left_out_why,"
          + " created_at from absence_feed";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Keys keys;

  FeedTable(JdbcClient jdbc, Workspaces workspaces, Keys keys) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.keys = keys;
  }

  List<AbsenceFeed> all() {
    return jdbc.sql(SELECT + " order by created_at, id").query(this::toFeed).list();
  }

  /// Those that fail since before then, the longest first.
  List<AbsenceFeed> failingSince(Instant before) {
    return jdbc.sql(SELECT + " where failing_since_at < ? order by failing_since_at, id")
        .param(utc(before))
        .query(this::toFeed)
        .list();
  }

  Optional<AbsenceFeed> find(UUID id) {
    return jdbc.sql(SELECT + " where id = ?").param(id).query(this::toFeed).optional();
  }

  /// The same, and nobody else changes it until the transaction has ended.
  Optional<AbsenceFeed> lock(UUID id) {
    return jdbc.sql(SELECT + " where id = ? for update").param(id).query(this::toFeed).optional();
  }

  FeedFetch.Version version(UUID id) {
    return jdbc.sql("select etag, last_modified from absence_feed where id = ?")
        .param(id)
        .query((row, _) ->
            new FeedFetch.Version(row.getString("etag"), row.getString("last_modified")))
        .optional()
        .orElse(FeedFetch.Version.NONE);
  }

  void insert(AbsenceFeed feed) {
    byte @Nullable [] address =
        feed.source() instanceof Source.Subscription(URI uri)
            ? keys.seal(ADDRESS, feed.id(), uri.toString().getBytes(StandardCharsets.UTF_8)).bytes()
            : null;
    jdbc.sql(
            "insert into absence_feed (workspace_id, id, connection_id, account, address,"
                + " shortest_seconds, time_zone, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
        .param(workspaces.current().value())
        .param(feed.id())
        .param(feed.connection().value())
        .param(feed.account())
        .param(address)
        .param((int) feed.shortest().toSeconds())
        .param(feed.zone().getId())
        .param(utc(feed.createdAt()))
        .update();
  }

  void setState(UUID id, State state) {
    jdbc.sql(
            "update absence_feed set taken_at = ?, read_at = ?, asked_at = ?, failures = ?,"
                + " failing_since_at = ?, problem = ?, absences = ?, left_out = ?,"
                + " left_out_why = ? where id = ?")
        .param(utcOrNull(state.takenAt()))
        .param(utcOrNull(state.readAt()))
        .param(utcOrNull(state.askedAt()))
        .param(state.failures())
        .param(utcOrNull(state.failingSince()))
        .param(state.problem())
        .param(state.absences())
        .param(state.leftOut())
        .param(state.leftOutWhy())
        .param(id)
        .update();
  }

  /// Whether people were told that it fails.
  boolean isTold(UUID id) {
    return jdbc.sql("select told_at is not null from absence_feed where id = ?")
        .param(id)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /// @param at null once it works again
  void setTold(UUID id, @Nullable Instant at) {
    jdbc.sql("update absence_feed set told_at = ? where id = ?")
        .param(utcOrNull(at))
        .param(id)
        .update();
  }

  void setVersion(UUID id, FeedFetch.Version version) {
    jdbc.sql("update absence_feed set etag = ?, last_modified = ? where id = ?")
        .param(version.etag())
        .param(version.lastModified())
        .param(id)
        .update();
  }

  void delete(UUID id) {
    jdbc.sql("delete from absence_feed where id = ?").param(id).update();
  }

  void delete(ConnectionId connection) {
    jdbc.sql(
            "delete from absence_source_maker where source_id in"
                + " (select id from absence_feed where connection_id = ?)")
        .param(connection.value())
        .update();
    jdbc.sql("delete from absence_feed where connection_id = ?").param(connection.value()).update();
  }

  private AbsenceFeed toFeed(ResultSet row, int number) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new AbsenceFeed(
        id,
        new ConnectionId(row.getObject("connection_id", UUID.class)),
        row.getString("account"),
        source(id, row.getBytes("address")),
        Duration.ofSeconds(row.getInt("shortest_seconds")),
        ZoneId.of(row.getString("time_zone")),
        new State(
            instant(row, "taken_at"),
            instant(row, "read_at"),
            instant(row, "asked_at"),
            row.getInt("failures"),
            instant(row, "failing_since_at"),
            row.getString("problem"),
            row.getInt("absences"),
            row.getInt("left_out"),
            row.getString("left_out_why")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private Source source(UUID id, byte @Nullable [] address) {
    if (address == null) {
      return new Source.File();
    }
    try {
      return new Source.Subscription(
          URI.create(
              new String(keys.open(ADDRESS, id, new Sealed(address)), StandardCharsets.UTF_8)));
    } catch (CannotOpen gone) {
      return new Source.Unreadable();
    }
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime utcOrNull(@Nullable Instant time) {
    return time == null ? null : utc(time);
  }
}
