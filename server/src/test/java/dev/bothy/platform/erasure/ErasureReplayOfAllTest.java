package dev.bothy.platform.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A restore brings back an app's rows, or a workspace: the ledger has it erased again.
@BothyTest
class ErasureReplayOfAllTest {
  private static final List<String> OF_APP =
      List.of("rotation", "rotation_participant", "shift", "handoff", "handoff_note");
  private static final List<String> OF_WORKSPACE =
      List.of("workspace", "member", "chat_connection", "chat_account", "chat_link", "data_key");

  @Autowired Erasures erasures;
  @Autowired ErasureReplay replay;
  @Autowired TestPeople people;
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Keys keys;
  @Autowired JdbcClient jdbc;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private Workspace workspace;
  private TestPeople.Someone owner;

  @BeforeEach
  void aWorkspaceWithARotation() {
    workspace = TestWorkspaces.fresh(workspaces);
    owner = people.signedIn(workspace, "Olga Owner", Role.OWNER);
    ErasureWorld world = new ErasureWorld(workspaces, connections, keys, jdbc);
    world.account(world.rotation(workspace), owner.id(), "U1-" + mark, "Olga " + mark, "note");
  }

  @Test
  void anAppsRowsGoAgain() throws SQLException {
    Map<String, List<String>> backup = backup(OF_APP);
    UUID id = begun(erasuresOfApp());
    await().atMost(Duration.ofSeconds(30)).until(() -> isDone(id));
    assertThat(Everywhere.tablesWith("U1-" + mark)).doesNotContainAnyElementsOf(OF_APP);
    run("delete from bothy.erasure where id = ?", id);
    restore(backup);
    assertThat(Everywhere.tablesWith("U1-" + mark)).contains("shift", "handoff_note");

    assertThat(replayOf(id)).isInstanceOf(ErasureReplay.Replayed.Again.class);
    assertThat(Everywhere.tablesWith("U1-" + mark)).doesNotContainAnyElementsOf(OF_APP);
    assertThat(replayOf(id)).isInstanceOf(ErasureReplay.Replayed.Known.class);
  }

  @Test
  void aWorkspaceGoesAgain() throws SQLException {
    List<String> tables = new ArrayList<>(OF_WORKSPACE);
    tables.addAll(OF_APP);
    Map<String, List<String>> backup = backup(tables);
    UUID id = begun(workspaces.inWorkspace(workspace.id(), () -> erasures.ofWorkspace(owner.id())));
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> workspaces.bySlug(workspace.slug()).isEmpty());
    assertThat(replayOf(id)).isInstanceOf(ErasureReplay.Replayed.NotHere.class);
    // The backup knows nothing of the erasure.
    run("delete from bothy.erased_workspace where workspace = ?", workspace.id().value());
    run("delete from bothy.audit_emptied where workspace = ?", workspace.id().value());
    restore(backup);
    assertThat(Everywhere.tablesWith("U1-" + mark)).contains("shift", "chat_account");

    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> !(replayOf(id) instanceof ErasureReplay.Replayed.Waits));
    assertThat(Everywhere.tablesWith("U1-" + mark)).isEmpty();
    assertThat(Everywhere.tablesWith(workspace.slug())).isEmpty();
    assertThat(workspaces.bySlug(workspace.slug())).isEmpty();
    assertThat(replayOf(id)).isInstanceOf(ErasureReplay.Replayed.NotHere.class);
  }

  private Erasures.Outcome erasuresOfApp() {
    return workspaces.inWorkspace(workspace.id(), () -> erasures.ofApp("rotations", owner.id()));
  }

  private static UUID begun(Erasures.Outcome outcome) {
    return ((Erasures.Outcome.Begun) outcome).erasure().id();
  }

  private boolean isDone(UUID id) {
    return workspaces.inWorkspace(workspace.id(), () -> erasures.find(id)).orElseThrow().isDone();
  }

  private ErasureReplay.Replayed replayOf(UUID id) {
    return replay.replay().stream()
        .filter(each -> each.file().contains(id.toString()))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, List<String>> backup(List<String> tables) throws SQLException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    try (Connection superuser = TestDatabase.shared().connect("postgres")) {
      for (String table : tables) {
        String column = table.equals("workspace") ? "id" : "workspace_id";
        try (PreparedStatement read =
            superuser.prepareStatement(
                "select to_jsonb(t)::text from bothy.%s t where %s = ?".formatted(table, column))) {
          read.setObject(1, workspace.id().value());
          try (ResultSet row = read.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
              found.add(row.getString(1));
            }
            rows.put(table, found);
          }
        }
      }
    }
    return rows;
  }

  /// As a restore loads rows, without the triggers that keep what was.
  private void restore(Map<String, List<String>> backup) throws SQLException {
    try (Connection superuser = TestDatabase.shared().connect("postgres")) {
      superuser.createStatement().execute("set session_replication_role = replica");
      for (Map.Entry<String, List<String>> table : backup.entrySet()) {
        for (String row : table.getValue()) {
          try (PreparedStatement insert =
              superuser.prepareStatement(
                  "insert into bothy.%1$s select * from jsonb_populate_record(null::bothy.%1$s, ?::jsonb) on conflict do nothing"
                      .formatted(table.getKey()))) {
            insert.setString(1, row);
            insert.execute();
          }
        }
      }
    }
  }

  private static void run(String statement, UUID id) throws SQLException {
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        PreparedStatement prepared = superuser.prepareStatement(statement)) {
      prepared.setObject(1, id);
      prepared.execute();
    }
  }
}
