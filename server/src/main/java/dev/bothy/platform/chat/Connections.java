package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The connections to networks and their secrets.
///
/// A connection that was used is remembered in memory with its secrets for [#REMEMBERED], so that a
/// request is checked without a query; a change on another replica is seen after that long.
@Service
public class Connections {
  static final Purpose SECRETS = new Purpose(Purpose.PLATFORM, "chat.connection-secrets");

  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Keys keys;
  private final Clock clock;
  private final Map<ConnectionId, Remembered> remembered = new ConcurrentHashMap<>();

  Connections(JdbcClient jdbc, Workspaces workspaces, Keys keys, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.keys = keys;
    this.clock = clock;
  }

  private record Remembered(Instant until, ChatConnection connection, byte[] secrets) {}

  /// The connection with this id, of whichever workspace; empty when there is none, or none any
  /// more. Must be called outside of a transaction.
  public Optional<ChatConnection> find(ConnectionId id) {
    return remember(id).map(Remembered::connection);
  }

  /// The connection's secrets, in the form that its connector gave to [#create]. Must be called
  /// outside of a transaction.
  public byte[] secrets(ConnectionId id) {
    return remember(id)
        .orElseThrow(() -> new IllegalStateException("No such connection: " + id))
        .secrets()
        .clone();
  }

  /// The connections of the current workspace, oldest first.
  public List<ChatConnection> list() {
    return jdbc.sql(
            "select workspace_id, id, network, name, bot_id from chat_connection"
                + " where removed_at is null order by created_at, id")
        .query(Connections::toConnection)
        .list();
  }

  /// The connection with this id, if the current workspace has it.
  public Optional<ChatConnection> ofCurrentWorkspace(ConnectionId id) {
    return list().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /// Adds a connection to the current workspace.
  ///
  /// @param botId the network's id of our own account
  /// @param secrets whatever the connector needs, in a form of its own
  public ChatConnection create(Network network, String name, String botId, byte[] secrets) {
    WorkspaceId workspace = workspaces.current();
    ConnectionId id = new ConnectionId(Ids.next(clock));
    jdbc.sql(
            "insert into chat_connection (workspace_id, id, network, name, bot_id, secrets,"
                + " created_at) values (?, ?, ?, ?, ?, ?, ?)")
        .params(
            workspace.value(),
            id.value(),
            network.id(),
            name,
            botId,
            keys.seal(SECRETS, id.value(), secrets).bytes(),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return new ChatConnection(id, workspace, network, name, botId);
  }

  /// Replaces the secrets of a connection of the current workspace.
  public void changeSecrets(ConnectionId id, byte[] secrets) {
    jdbc.sql("update chat_connection set secrets = ? where id = ?")
        .params(keys.seal(SECRETS, id.value(), secrets).bytes(), id.value())
        .update();
    workspaces.afterCommit(() -> remembered.remove(id));
  }

  /// Ends a connection of the current workspace: nothing comes in or goes out through it any more.
  public void remove(ConnectionId id) {
    jdbc.sql("update chat_connection set removed_at = ? where id = ? and removed_at is null")
        .params(clock.instant().atOffset(ZoneOffset.UTC), id.value())
        .update();
    workspaces.afterCommit(() -> remembered.remove(id));
  }

  private Optional<Remembered> remember(ConnectionId id) {
    Remembered known = remembered.get(id);
    if (known != null && known.until().isAfter(clock.instant())) {
      return Optional.of(known);
    }
    Optional<ChatConnection> found =
        workspaces.forInstallation(() ->
            jdbc.sql("select workspace_id, id, network, name, bot_id from route(?)")
                .param(id.value())
                .query(Connections::toConnection)
                .optional());
    if (found.isEmpty()) {
      remembered.remove(id);
      return Optional.empty();
    }
    ChatConnection connection = found.get();
    byte[] secrets =
        workspaces.inWorkspace(
            connection.workspace(),
            () ->
                keys.open(
                    SECRETS,
                    id.value(),
                    new Sealed(
                        jdbc.sql("select secrets from chat_connection where id = ?")
                            .param(id.value())
                            .query(byte[].class)
                            .single())));
    Remembered fresh = new Remembered(clock.instant().plus(REMEMBERED), connection, secrets);
    remembered.put(id, fresh);
    return Optional.of(fresh);
  }

  private static ChatConnection toConnection(ResultSet row, int number) throws SQLException {
    return new ChatConnection(
        new ConnectionId(row.getObject("id", UUID.class)),
        new WorkspaceId(row.getObject("workspace_id", UUID.class)),
        Network.ofId(row.getString("network")),
        row.getString("name"),
        row.getString("bot_id"));
  }
}
