package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.KeysDestroyed;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The connections to networks and their secrets.
///
/// A connection that has ended is kept until [#remove], so that connecting the same account of the
/// network again revives it under its id, which apps have stored. [#list] and [#find] do not know
/// it.
///
/// A connection that was used is remembered in memory with its secrets for [#REMEMBERED], so that a
/// request is checked without a query; a change on another replica is seen after that long. While
/// the keys that seal them are out of reach, what was remembered last goes on: requests are checked
/// and acknowledged however long Vault is away.
@Service
public class Connections {
  static final Purpose SECRETS = new Purpose(Purpose.PLATFORM, "chat.connection-secrets");

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Keys keys;
  private final LookedUp lookedUp;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Map<ConnectionId, Remembered> remembered = new ConcurrentHashMap<>();
  private final Map<WorkspaceId, Listed> listed = new ConcurrentHashMap<>();

  Connections(
      JdbcClient jdbc,
      Workspaces workspaces,
      Keys keys,
      LookedUp lookedUp,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.keys = keys;
    this.lookedUp = lookedUp;
    this.events = events;
    this.clock = clock;
  }

  /// @param sealed the ciphertext of the secrets
  /// @param secrets null if they open with no key
  private record Remembered(
      Instant until, ChatConnection connection, byte[] sealed, byte @Nullable [] secrets) {}

  private record Listed(Instant at, List<ChatConnection> connections) {}

  /// A connection, ended or not, and how it is.
  ///
  /// @param connectedAt when it was connected, or connected again
  public record Known(ChatConnection connection, ConnectionState state, Instant connectedAt) {}

  /// The connection with this id, of whichever workspace; empty when there is none, or none any
  /// more. Must be called outside of a transaction.
  public Optional<ChatConnection> find(ConnectionId id) {
    return remember(id).map(Remembered::connection);
  }

  /// The connection's secrets, in the form that its connector gave to [#create]. Must be called
  /// outside of a transaction.
  ///
  /// @throws CannotOpen if they open with no key
  public byte[] secrets(ConnectionId id) {
    byte[] secrets =
        remember(id)
            .orElseThrow(() -> new IllegalStateException("No such connection: " + id))
            .secrets();
    if (secrets == null) {
      throw new CannotOpen("The secrets of connection " + id + " open with no key");
    }
    return secrets.clone();
  }

  /// The connections of the current workspace, oldest first.
  public List<ChatConnection> list() {
    return jdbc.sql(
            "select workspace_id, id, network, name, bot_id from chat_connection"
                + " where removed_at is null order by created_at, id")
        .query(Connections::toConnection)
        .list();
  }

  /// The connections of a workspace, oldest first, as they were at most so long ago. Must be called
  /// outside of a transaction.
  ///
  /// @param age zero to ask the database
  public List<ChatConnection> ofWorkspace(WorkspaceId workspace, Duration age) {
    Instant now = clock.instant();
    Listed known = listed.get(workspace);
    if (known != null && Duration.between(known.at(), now).abs().compareTo(age) < 0) {
      return known.connections();
    }
    List<ChatConnection> fresh = workspaces.inWorkspace(workspace, this::list);
    if (!fresh.isEmpty()) {
      // Addresses that name no workspace of ours must not fill the memory.
      listed.put(workspace, new Listed(now, fresh));
    }
    return fresh;
  }

  /// The connections of the current workspace, also those that have ended, oldest first.
  public List<Known> listAll() {
    return jdbc.sql(
            "select workspace_id, id, network, name, bot_id, created_at, connected_at, removed_at,"
                + " ended_reason, broken_at, broken_reason from chat_connection"
                + " order by created_at, id")
        .query(Connections::toKnown)
        .list();
  }

  /// The connection with this id, if the current workspace has it or has had it.
  public Optional<Known> known(ConnectionId id) {
    return jdbc.sql(
            "select workspace_id, id, network, name, bot_id, created_at, connected_at, removed_at,"
                + " ended_reason, broken_at, broken_reason from chat_connection where id = ?")
        .param(id.value())
        .query(Connections::toKnown)
        .optional();
  }

  /// The secrets of a connection of the current workspace, also of one that has ended, as they are
  /// stored now.
  public byte[] storedSecrets(ConnectionId id) {
    return open(id, sealedSecrets(id));
  }

  /// The connections to this network of all workspaces, oldest first, for what holds them open.
  /// Must be called outside of a transaction.
  public List<ChatConnection> ofNetwork(Network network) {
    return workspaces.forInstallation(() ->
        jdbc.sql("select workspace_id, id, network, name, bot_id from connections_of(?)")
            .param(network.id())
            .query(Connections::toConnection)
            .list());
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
    workspaces.afterCommit(() -> listed.remove(workspace));
    return new ChatConnection(id, workspace, network, name, botId);
  }

  /// Replaces the secrets of a connection of the current workspace.
  public void changeSecrets(ConnectionId id, byte[] secrets) {
    jdbc.sql("update chat_connection set secrets = ? where id = ?")
        .params(keys.seal(SECRETS, id.value(), secrets).bytes(), id.value())
        .update();
    workspaces.afterCommit(() -> forget(id));
  }

  /// Replaces the secrets of a connection of the current workspace, ended or not, by what the
  /// change makes of them, while nobody else can.
  ///
  /// @param change returns what it was given to leave them
  public void editSecrets(ConnectionId id, UnaryOperator<byte[]> change) {
    jdbc.sql("select id from chat_connection where id = ? for update")
        .param(id.value())
        .query(UUID.class)
        .single();
    byte[] before = storedSecrets(id);
    byte[] after = change.apply(before.clone());
    if (!Arrays.equals(before, after)) {
      changeSecrets(id, after);
    }
  }

  /// Makes a connection of the current workspace work again, ended, broken or neither, with fresh
  /// secrets.
  public ChatConnection revive(ConnectionId id, String name, String botId, byte[] secrets) {
    boolean ended =
        known(id).filter(each -> each.state() instanceof ConnectionState.Ended).isPresent();
    jdbc.sql(
            "update chat_connection set name = ?, bot_id = ?, secrets = ?, connected_at = ?,"
                + " removed_at = null, ended_reason = null, broken_at = null, broken_reason = null"
                + " where id = ?")
        .params(
            name,
            botId,
            keys.seal(SECRETS, id.value(), secrets).bytes(),
            clock.instant().atOffset(ZoneOffset.UTC),
            id.value())
        .update();
    forgetAfterCommit(id);
    if (ended) {
      events.publishEvent(new ConnectionBack(id));
    }
    return known(id).orElseThrow().connection();
  }

  /// Ends a connection of the current workspace: nothing comes in or goes out through it any more.
  ///
  /// @return false when it has ended already, or the workspace has none with this id
  public boolean end(ConnectionId id, String reason) {
    int ended =
        jdbc.sql(
                "update chat_connection set removed_at = ?, ended_reason = ?, broken_at = null,"
                    + " broken_reason = null where id = ? and removed_at is null")
            .params(clock.instant().atOffset(ZoneOffset.UTC), reason, id.value())
            .update();
    forgetAfterCommit(id);
    return ended > 0;
  }

  /// Removes an ended connection of the current workspace with its secrets and what is known of its
  /// accounts. Connecting the same account again makes a new one.
  ///
  /// @return false when it has not ended, or the workspace has none with this id
  public boolean remove(ConnectionId id) {
    int removed =
        jdbc.sql("delete from chat_connection where id = ? and removed_at is not null")
            .param(id.value())
            .update();
    if (removed == 0) {
      return false;
    }
    jdbc.sql("delete from chat_account where connection_id = ?").param(id.value()).update();
    events.publishEvent(new ConnectionGone(id));
    forgetAfterCommit(id);
    return true;
  }

  /// Takes back that a connection of the current workspace has ended; its secrets are as they were.
  ///
  /// @return false when it has not ended, or the workspace has none with this id
  public boolean resume(ConnectionId id) {
    int resumed =
        jdbc.sql(
                "update chat_connection set removed_at = null, ended_reason = null, connected_at ="
                    + " ? where id = ? and removed_at is not null")
            .params(clock.instant().atOffset(ZoneOffset.UTC), id.value())
            .update();
    forgetAfterCommit(id);
    if (resumed > 0) {
      events.publishEvent(new ConnectionBack(id));
    }
    return resumed > 0;
  }

  /// Notes that a connection of the current workspace needs an admin.
  ///
  /// @return false when that was noted already, or it has ended
  public boolean markBroken(ConnectionId id, String reason) {
    return jdbc.sql(
                "update chat_connection set broken_at = ?, broken_reason = ?"
                    + " where id = ? and removed_at is null and broken_at is null")
            .params(clock.instant().atOffset(ZoneOffset.UTC), reason, id.value())
            .update()
        > 0;
  }

  /// Takes back [#markBroken].
  ///
  /// @return false when it was not broken
  public boolean markWorking(ConnectionId id) {
    return jdbc.sql(
                "update chat_connection set broken_at = null, broken_reason = null"
                    + " where id = ? and broken_at is not null")
            .param(id.value())
            .update()
        > 0;
  }

  /// Reads the connection anew at its next use: another replica may have changed it.
  public void forget(ConnectionId id) {
    remembered.remove(id);
  }

  /// What destroyed keys opened is remembered no longer. Of keys that were replaced it is: what
  /// comes in is checked with it, also while Vault is away.
  @EventListener
  void on(KeysDestroyed destroyed) {
    if (destroyed.owner().equals(Purpose.PLATFORM)) {
      remembered
          .values()
          .removeIf(each -> each.connection().workspace().equals(destroyed.workspace()));
    }
  }

  /// Remembers all connections to this network, so that what they deliver can be checked from now
  /// on, also while the keys are out of reach. Must be called outside of a transaction.
  ///
  /// @return how many could not, because their keys are out of reach
  int rememberAll(Network network) {
    int missed = 0;
    for (ChatConnection connection : ofNetwork(network)) {
      if (remembered.containsKey(connection.id())) {
        continue;
      }
      try {
        remember(connection.id());
      } catch (OutOfReach e) {
        missed++;
      }
    }
    return missed;
  }

  private void forgetAfterCommit(ConnectionId id) {
    WorkspaceId workspace = workspaces.current();
    workspaces.afterCommit(() -> {
      forget(id);
      lookedUp.forget(id);
      listed.remove(workspace);
    });
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
    byte[] sealed = workspaces.inWorkspace(connection.workspace(), () -> sealedSecrets(id));
    Remembered fresh =
        new Remembered(
            clock.instant().plus(REMEMBERED),
            connection,
            sealed,
            opened(connection, sealed, known));
    remembered.put(id, fresh);
    return Optional.of(fresh);
  }

  /// Those that are sealed as they were are not opened again: checking what comes in must not wait
  /// for Vault.
  private byte @Nullable [] opened(
      ChatConnection connection, byte[] sealed, @Nullable Remembered known) {
    if (known != null && Arrays.equals(known.sealed(), sealed)) {
      return known.secrets();
    }
    try {
      return workspaces.inWorkspace(connection.workspace(), () -> open(connection.id(), sealed));
    } catch (OutOfReach e) {
      if (known == null) {
        throw e;
      }
      return known.secrets();
    } catch (CannotOpen e) {
      LOG.warn("Connection {} has no secrets any more: {}", connection.id(), e.getMessage());
      return null;
    }
  }

  private byte[] sealedSecrets(ConnectionId id) {
    return jdbc.sql("select secrets from chat_connection where id = ?")
        .param(id.value())
        .query(byte[].class)
        .single();
  }

  private byte[] open(ConnectionId id, byte[] sealed) {
    return keys.open(SECRETS, id.value(), new Sealed(sealed));
  }

  private static ChatConnection toConnection(ResultSet row, int number) throws SQLException {
    return new ChatConnection(
        new ConnectionId(row.getObject("id", UUID.class)),
        new WorkspaceId(row.getObject("workspace_id", UUID.class)),
        Network.ofId(row.getString("network")),
        row.getString("name"),
        row.getString("bot_id"));
  }

  private static Known toKnown(ResultSet row, int number) throws SQLException {
    Instant connectedAt = instant(row, "connected_at");
    Instant createdAt = row.getObject("created_at", OffsetDateTime.class).toInstant();
    return new Known(
        toConnection(row, number), toState(row), connectedAt == null ? createdAt : connectedAt);
  }

  private static ConnectionState toState(ResultSet row) throws SQLException {
    Instant endedAt = instant(row, "removed_at");
    if (endedAt != null) {
      String reason = row.getString("ended_reason");
      return new ConnectionState.Ended(reason == null ? "disconnected" : reason, endedAt);
    }
    Instant brokenAt = instant(row, "broken_at");
    return brokenAt == null
        ? new ConnectionState.Active()
        : new ConnectionState.Broken(row.getString("broken_reason"), brokenAt);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
