package dev.bothy.platform.keymanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BothyTest
class KeyDestructionsTest {
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired KeyDestructions destructions;
  @Autowired DataKeys dataKeys;
  @Autowired JdbcClient jdbc;
  @Autowired Schedule schedule;

  @Test
  void thereIsAReceiptWhoseSignatureHolds() throws Exception {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            connections.end(
                connections.create(Network.SLACK, "Acme", "B", new byte[] {1}).id(), "test"));
    UUID id =
        workspaces
            .inWorkspace(
                workspace.id(),
                () -> destructions.start("platform", new PersonId(UUID.randomUUID())))
            .orElseThrow();

    JsonNode read = JsonMapper.shared().readTree(receipt(workspace, id));
    byte[] statement = read.path("statement").asString().getBytes(StandardCharsets.UTF_8);
    assertThat(verifies(read, statement)).isTrue();
    statement[20] ^= 1;
    assertThat(verifies(read, statement)).isFalse();
    JsonNode stated = JsonMapper.shared().readTree(read.path("statement").asString());
    assertThat(stated.path("kind").asString()).isEqualTo("bothy.key-destruction");
    assertThat(stated.path("workspace").asString()).isEqualTo(workspace.id().toString());
    assertThat(stated.path("owner").asString()).isEqualTo("platform");
    assertThat(stated.path("dataKeyVersions").toString()).isEqualTo("[1]");
    assertThat(stated.path("remains").asString())
        .contains("backup of the database from before")
        .contains("on their way");
    assertThat(stated.has("otherProviders")).isFalse();
  }

  @Test
  void aReceiptNamesTheProviderThatHadWrappedTheKeysBefore() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          connections.end(
              connections.create(Network.SLACK, "Acme", "B", new byte[] {1}).id(), "test");
          jdbc.sql("update data_key set moved_from = 'vault'").update();
        });
    UUID id =
        workspaces
            .inWorkspace(
                workspace.id(),
                () -> destructions.start("platform", new PersonId(UUID.randomUUID())))
            .orElseThrow();
    JsonNode stated =
        JsonMapper.shared()
            .readTree(
                JsonMapper.shared().readTree(receipt(workspace, id)).path("statement").asString());
    assertThat(stated.path("otherProviders").toString()).isEqualTo("[\"vault\"]");
    assertThat(stated.path("remains").asString()).contains("another provider as well (vault)");
  }

  @Test
  void allKeysOfAWorkspaceGoAtOnceAndWithThemItsDeadLetters() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          connections.end(
              connections.create(Network.SLACK, "Acme", "B", new byte[] {1}).id(), "test");
          dataKeys.renew("rotations");
          jdbc.sql(
                  "insert into inbox_item (workspace_id, id, source, delivery_id, kind, lane,"
                      + " payload, state, settled_at) values (?, ?, ?, 'd', 'none', 'l', ?, 'dead',"
                      + " now())")
              .params(workspace.id().value(), UUID.randomUUID(), UUID.randomUUID(), new byte[] {1})
              .update();
        });
    assertThat(
            workspaces.inWorkspace(
                workspace.id(), () -> destructions.startAll(new PersonId(UUID.randomUUID()))))
        .containsExactly("platform", "rotations");
    assertThat(
            workspaces.inWorkspace(
                workspace.id(),
                () ->
                    jdbc.sql("select count(*) from inbox_item where payload is not null")
                        .query(Long.class)
                        .single()))
        .isZero();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            workspaces.inWorkspace(workspace.id(), destructions::list).stream()
                .allMatch(each -> each.destroyedAt() != null));
  }

  @Test
  void twoWhoEndItAtTheSameTimeLeaveOneReceipt() throws Exception {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    UUID id =
        workspaces.inWorkspace(
            workspace.id(),
            () -> {
              connections.end(
                  connections.create(Network.SLACK, "Acme", "B", new byte[] {1}).id(), "test");
              UUID begun =
                  destructions.start("platform", new PersonId(UUID.randomUUID())).orElseThrow();
              // By hand here: as the schedule does it, and an erasure beside it.
              schedule.clear(KeyDestructions.KIND, begun);
              return begun;
            });
    Due first = new Due(id, Instant.EPOCH, Instant.parse("2026-01-01T00:00:00Z"));
    Due second = new Due(id, Instant.EPOCH, Instant.parse("2026-01-02T00:00:00Z"));
    destructions.prepare(workspace.id(), first);
    try (ExecutorService other = Executors.newSingleThreadExecutor();
        Connection superuser = TestDatabase.shared().connect("postgres")) {
      Future<?> late =
          workspaces.inWorkspace(
              workspace.id(),
              () -> {
                destructions.run(first);
                Future<?> asked =
                    other.submit(() ->
                        workspaces.inWorkspace(workspace.id(), () -> destructions.run(second)));
                await().atMost(Duration.ofSeconds(30)).until(() -> isSomebodyWaiting(superuser));
                return asked;
              });
      late.get();
    }
    assertThat(receipt(workspace, id)).contains("2026-01-01T00:00:00Z");
  }

  private static boolean isSomebodyWaiting(Connection superuser) throws SQLException {
    try (Statement look = superuser.createStatement();
        ResultSet row =
            look.executeQuery(
                "select exists (select from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and datname = current_database() and query like '%key%')")) {
      return row.next() && row.getBoolean(1);
    }
  }

  @Test
  void whoHasNoKeysHasNothingToDestroy() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    assertThat(
            workspaces.inWorkspace(
                workspace.id(),
                () -> destructions.start("rotations", new PersonId(UUID.randomUUID()))))
        .isEmpty();
  }

  private String receipt(Workspace workspace, UUID id) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> workspaces.inWorkspace(workspace.id(), () -> destructions.receipt(id)),
            Optional::isPresent)
        .orElseThrow();
  }

  private static boolean verifies(JsonNode receipt, byte[] statement) throws Exception {
    String pem = receipt.path("publicKey").asString();
    String encoded = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    PublicKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(encoded)));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(statement);
    return signature.verify(Base64.getDecoder().decode(receipt.path("signature").asString()));
  }
}
