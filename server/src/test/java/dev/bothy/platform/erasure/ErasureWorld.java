package dev.bothy.platform.erasure;

import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.RotationRows;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Plants what is known of somebody: chat accounts with names, notes, shifts, messages.
class ErasureWorld {
  private static final Purpose NOTE = new Purpose("rotations", "rotations.handoff-note");

  private final Workspaces workspaces;
  private final Connections connections;
  private final Keys keys;
  private final JdbcClient jdbc;

  ErasureWorld(Workspaces workspaces, Connections connections, Keys keys, JdbcClient jdbc) {
    this.workspaces = workspaces;
    this.connections = connections;
    this.keys = keys;
    this.jdbc = jdbc;
  }

  /// A rotation of a network that nobody reaches any more.
  record Rotation(Workspace workspace, ConnectionId connection, UUID id) {}

  Rotation rotation(Workspace workspace) {
    return workspaces.inWorkspace(
        workspace.id(),
        () -> {
          ConnectionId connection =
              connections.create(Network.SLACK, "Acme", "B", new byte[] {1}).id();
          connections.end(connection, "test");
          UUID id = UUID.randomUUID();
          jdbc.sql(RotationRows.ROTATION)
              .params(workspace.id().value(), id, "Desk " + id, connection.value())
              .update();
          return new Rotation(workspace, connection, id);
        });
  }

  /// Links an account to somebody and fills the tables with what is known of it.
  void account(Rotation rotation, PersonId person, String account, String name, String text) {
    UUID workspace = rotation.workspace().id().value();
    workspaces.inWorkspace(
        rotation.workspace().id(),
        () -> {
          jdbc.sql(
                  "insert into chat_account (workspace_id, connection_id, account, name, zone,"
                      + " active, bot, looked_up_at) values (?, ?, ?, ?, 'UTC', true, false, now())")
              .params(workspace, rotation.connection().value(), account, name)
              .update();
          jdbc.sql(
                  "insert into chat_link (workspace_id, connection_id, account, person_id,"
                      + " linked_by, linked_at) values (?, ?, ?, ?, 'ADMIN', now())")
              .params(workspace, rotation.connection().value(), account, person.value())
              .update();
          jdbc.sql(
                  "insert into rotation_participant (workspace_id, rotation_id, layer_id, place,"
                      + " account, owed, served_seconds)"
                      + " values (?, ?, ?, (select count(*) from rotation_participant), ?, 0, 0)")
              .params(workspace, rotation.id(), rotation.id(), account)
              .update();
          shifts(rotation, account, 3);
          jdbc.sql(
                  "insert into absence (workspace_id, id, connection_id, account, starts_at,"
                      + " ends_at, all_day, source, feed, external_id, leave_type, created_at)"
                      + " values (?, gen_random_uuid(), ?, ?, now(), now() + interval '1 day',"
                      + " true, 'hibob', gen_random_uuid(), 'told', ?, now())")
              .params(workspace, rotation.connection().value(), account, name)
              .update();
          UUID handoff = UUID.randomUUID();
          jdbc.sql(
                  "insert into handoff (workspace_id, id, rotation_id, role, account, state,"
                      + " changed_at) values (?, ?, ?, 'Primary', ?, 'open', now())")
              .params(workspace, handoff, rotation.id(), account)
              .update();
          UUID note = UUID.randomUUID();
          jdbc.sql(
                  "insert into handoff_note (workspace_id, id, rotation_id, role, handoff_id,"
                      + " author, note, written_at, version)"
                      + " values (?, ?, ?, 'Primary', ?, ?, ?, now(), 0)")
              .params(
                  workspace,
                  note,
                  rotation.id(),
                  handoff,
                  account,
                  keys.seal(NOTE, note, text.getBytes(StandardCharsets.UTF_8)).bytes())
              .update();
        });
  }

  void shifts(Rotation rotation, String account, int count) {
    jdbc.sql(
            "insert into shift (workspace_id, id, rotation_id, account, starts_at, ends_at,"
                + " ended_at, "
                + RotationRows.SHIFT_COLUMNS
                + ") select ?, gen_random_uuid(), ?, ?, now(), now(), now(), "
                + RotationRows.shiftValues("now()")
                + " from generate_series(1, ?)")
        .params(rotation.workspace().id().value(), rotation.id(), account, count)
        .update();
  }

  /// The accounts of everybody in a table of the workspace, in order.
  List<String> accountsIn(Rotation rotation, String table, String column) {
    return workspaces.inWorkspace(
        rotation.workspace().id(),
        () ->
            jdbc.sql("select " + column + " from " + table + " order by 1")
                .query(String.class)
                .list());
  }
}
