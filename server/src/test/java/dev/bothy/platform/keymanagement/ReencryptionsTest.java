package dev.bothy.platform.keymanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.DataKey;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class ReencryptionsTest {
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired DataKeys dataKeys;
  @Autowired Reencryptions reencryptions;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "none", "None");

  @BeforeEach
  void aWorkspaceOfItsOwn() {
    workspace = TestWorkspaces.fresh(workspaces);
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void everythingIsSealedAnewWhileAllOfItStaysReadableAndThenTheOldKeyIsForgotten() {
    List<ChatConnection> made = connections(2 * Reencryptions.BATCH + 50);
    start();
    assertThat(progress().total()).isEqualTo(made.size());
    workspaces.inWorkspace(
        workspace.id(), () -> connections.changeSecrets(made.getLast().id(), secret(9_999)));

    clock.advance(Duration.ofSeconds(11));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          assertAllReadable(made);
          assertThat(progress().finishedAt()).isNotNull();
        });

    assertThat(sealedUnder(1)).isZero();
    assertThat(progress().resealed()).isEqualTo(made.size() - 1);
    assertThat(progress().percent()).isEqualTo(100);
    assertThat(versions()).containsExactly(1, 2);

    clock.advance(Duration.ofDays(1));
    await().atMost(Duration.ofSeconds(30)).until(() -> progress().droppedAt() != null);
    assertThat(versions()).containsExactly(2);
    assertAllReadable(made);
  }

  @Test
  void aRowThatDoesNotOpenStaysAsItIsAndHoldsNothingUp() {
    List<ChatConnection> made = connections(3);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql(
                    "update chat_connection set secrets = set_byte(secrets, 30, 0) || '\\x00'"
                        + " where id = ?")
                .param(made.get(1).id().value())
                .update());
    start();
    clock.advance(Duration.ofSeconds(11));
    await().atMost(Duration.ofSeconds(30)).until(() -> progress().finishedAt() != null);
    assertThat(progress().unreadable()).isEqualTo(1);
    assertThat(progress().resealed()).isEqualTo(2);
    assertThat(sealedUnder(1)).isEqualTo(1);

    // What could open it stays, in case somebody mends the row.
    clock.advance(Duration.ofDays(1).plusSeconds(1));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            workspaces.inWorkspace(
                    workspace.id(),
                    () ->
                        jdbc.sql("select count(*) from scheduled_item where kind = ?")
                            .param(Reencryptions.KIND)
                            .query(Long.class)
                            .single())
                == 0);
    assertThat(versions()).containsExactly(1, 2);
    assertThat(progress().droppedAt()).isNull();
  }

  @Test
  void whileOneIsUnderWayThereIsNoSecond() {
    connections(1);
    start();
    assertThat(workspaces.inWorkspace(workspace.id(), () -> reencryptions.start("platform")))
        .isEmpty();
    assertThat(versions()).containsExactly(1, 2);
  }

  private void start() {
    assertThat(workspaces.inWorkspace(workspace.id(), () -> reencryptions.start("platform")))
        .isPresent();
  }

  private List<ChatConnection> connections(int count) {
    return workspaces.inWorkspace(
        workspace.id(), () -> IntStream.range(0, count).mapToObj(this::endedConnection).toList());
  }

  /// One that nothing else of the running server looks at.
  private ChatConnection endedConnection(int number) {
    ChatConnection made = connections.create(Network.SLACK, "S" + number, "B", secret(number));
    connections.end(made.id(), "test");
    return made;
  }

  private void assertAllReadable(List<ChatConnection> made) {
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          for (int number = 0; number < made.size() - 1; number++) {
            assertThat(connections.storedSecrets(made.get(number).id())).isEqualTo(secret(number));
          }
          assertThat(connections.storedSecrets(made.getLast().id())).isEqualTo(secret(9_999));
        });
  }

  private static byte[] secret(int number) {
    return ("{\"token\":\"xoxb-" + number + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  private ReencryptionProgress progress() {
    return workspaces.inWorkspace(workspace.id(), reencryptions::list).getFirst();
  }

  private List<Integer> versions() {
    return workspaces.inWorkspace(workspace.id(), dataKeys::list).stream()
        .filter(key -> key.owner().equals("platform"))
        .map(DataKey::version)
        .toList();
  }

  private long sealedUnder(int version) {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql("select count(*) from chat_connection where get_byte(secrets, 4) = ?")
                .param(version)
                .query(Long.class)
                .single());
  }
}
