package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The room itself, its people and its channels. Called within a transaction of the workspace.
@Component
class RoomTable {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final RoomWatch watch;
  private final Clock clock;

  RoomTable(JdbcClient jdbc, Workspaces workspaces, RoomWatch watch, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.watch = watch;
    this.clock = clock;
  }

  Optional<ConnectionId> connection() {
    return jdbc.sql("select connection_id from sandbox_room where connection_id is not null")
        .query(UUID.class)
        .optional()
        .map(ConnectionId::new);
  }

  /// As [#connection]; whoever else asks waits until this transaction has ended.
  Optional<ConnectionId> lockedConnection() {
    jdbc.sql(
            "insert into sandbox_room (workspace_id, id) values (?, ?)"
                + " on conflict (workspace_id) do nothing")
        .params(workspaces.current().value(), Ids.next(clock))
        .update();
    jdbc.sql("select id from sandbox_room for update").query(UUID.class).single();
    return connection();
  }

  void connect(ConnectionId connection) {
    jdbc.sql("update sandbox_room set connection_id = ?, changes = changes + 1")
        .param(connection.value())
        .update();
  }

  /// Counts a change of what the room shows, and tells this server's viewers once it is committed.
  long changed() {
    long changes =
        jdbc.sql("update sandbox_room set changes = changes + 1 returning changes")
            .query(Long.class)
            .single();
    workspaces.afterCommit(watch::nudge);
    return changes;
  }

  void addPerson(ConnectionId connection, String account, String name, ZoneId zone) {
    jdbc.sql(
            "insert into sandbox_person (workspace_id, id, connection_id, account, name, zone,"
                + " active) values (?, ?, ?, ?, ?, ?, true)")
        .params(
            workspaces.current().value(),
            Ids.next(clock),
            connection.value(),
            account,
            name,
            zone.getId())
        .update();
  }

  List<RoomPerson> people(ConnectionId connection) {
    return people(connection, null);
  }

  Optional<RoomPerson> person(ConnectionId connection, String account) {
    return people(connection, account).stream().findFirst();
  }

  /// @param account of one person; null for all
  private List<RoomPerson> people(ConnectionId connection, @Nullable String account) {
    return jdbc.sql(
            """
            select p.account, p.name, p.zone, p.active,
              (select count(*) from sandbox_message m
               where m.connection_id = p.connection_id and m.conversation = '@' || p.account
                 and m.author = :bot and m.deleted_at is null and m.sequence > p.seen) as unread
            from sandbox_person p
            where p.connection_id = :connection
              and (cast(:account as text) is null or p.account = :account)
            order by p.name
            """)
        .param("connection", connection.value())
        .param("account", account)
        .param("bot", SandboxConnector.BOT)
        .query((row, _) ->
            new RoomPerson(
                row.getString("account"),
                row.getString("name"),
                ZoneId.of(row.getString("zone")),
                row.getBoolean("active"),
                row.getLong("unread")))
        .list();
  }

  void setActive(ConnectionId connection, String account, boolean active) {
    jdbc.sql("update sandbox_person set active = ? where connection_id = ? and account = ?")
        .params(active, connection.value(), account)
        .update();
    changed();
  }

  /// Remembers that somebody looked at what Bothy wrote to this account.
  void seen(ConnectionId connection, String account) {
    jdbc.sql(
            "update sandbox_person set seen = (select changes from sandbox_room)"
                + " where connection_id = ? and account = ?")
        .params(connection.value(), account)
        .update();
    changed();
  }

  /// Adds a channel.
  ///
  /// @return false when there is one of this name already
  boolean addChannel(ConnectionId connection, String name) {
    int added =
        jdbc.sql(
                "insert into sandbox_channel (workspace_id, id, connection_id, name, created_at)"
                    + " values (?, ?, ?, ?, ?)"
                    + " on conflict (workspace_id, connection_id, name) do nothing")
            .params(
                workspaces.current().value(),
                Ids.next(clock),
                connection.value(),
                name,
                clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    return added == 1;
  }

  List<String> channels(ConnectionId connection) {
    return jdbc.sql(
            "select name from sandbox_channel where connection_id = ?"
                + " order by created_at, name")
        .param(connection.value())
        .query((row, _) -> row.getString("name"))
        .list();
  }

  /// Whether the room has this conversation: a channel's name, or `@` and an account.
  boolean hasConversation(ConnectionId connection, String conversation) {
    return conversation.startsWith("@")
        ? person(connection, conversation.substring(1)).isPresent()
        : hasChannel(connection, conversation);
  }

  boolean hasChannel(ConnectionId connection, String name) {
    return jdbc.sql(
            "select exists (select from sandbox_channel where connection_id = ? and name = ?)")
        .params(connection.value(), name)
        .query(Boolean.class)
        .single();
  }
}
