package dev.bothy.platform.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.testkit.Http;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestDatabase;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/// What a restored installation does before it serves, and what it does not before somebody says
/// go.
@Tag("real")
class RecoveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static RestoredWorld world;

  @BeforeAll
  static void aBackupFromBeforeAnErasure() throws Exception {
    world = new RestoredWorld();
  }

  @BeforeEach
  void nothingDone() {
    HoldProbe.DONE.clear();
  }

  @AfterAll
  static void nothingIsHeldUp() {
    HoldProbe.close(false);
  }

  @Test
  void whoWasErasedAndWhatIsTooOldGoesBeforeAnythingIsServedAndNothingLeavesUntilSomebodySaysGo()
      throws Exception {
    TestDatabase restored = world.restore();
    assertThat(RestoredWorld.traces(restored)).isEqualTo("1");
    assertThat(RestoredWorld.overdue(restored)).isEqualTo("2500");
    world.dueFirst(restored);
    try (ConfigurableApplicationContext server = world.server(restored)) {
      Http http = Http.onPort(port(server));
      await().atMost(PATIENCE).until(() -> http.get("/readyz").statusCode() == 200);
      assertThat(RestoredWorld.state(restored)).isEqualTo("HELD");
      assertThat(RestoredWorld.traces(restored)).isEqualTo("0");
      assertThat(RestoredWorld.overdue(restored)).isEqualTo("0");
      assertThat(
              RestoredWorld.value(
                  restored,
                  "select replayed || ' ' || swept || ' ' || refused from bothy.recovery"))
          .matches("1 (2500|25[0-9][0-9]) 0");

      assertThat(HoldProbe.DONE)
          .as("what is overdue, and nothing else")
          .containsExactly("ran first");
      HoldProbe.DONE.clear();

      world.add(server, "new");
      Recoveries recoveries = server.getBean(Recoveries.class);
      Recovery recovery = recoveries.newest().orElseThrow();
      assertThat(recoveries.waiting(recovery).oldDeliveries()).isEqualTo(1);
      assertThat(recoveries.waiting(recovery).deliveries()).isEqualTo(2);
      assertThat(recoveries.waiting(recovery).messages()).isEqualTo(2);
      assertThat(http.get("/livez").statusCode()).isEqualTo(200);
      await().during(Duration.ofSeconds(2)).until(HoldProbe.DONE::isEmpty);

      assertThat(recoveries.release(world.owner().id(), world.workspace().id(), false))
          .isEqualTo(new Recoveries.Outcome.Released(0));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(HoldProbe.DONE)
                  .containsExactlyInAnyOrder(
                      "handled old", "handled new", "sent old again", "sent new", "ran", "ran"));
      assertThat(recoveries.release(world.owner().id(), world.workspace().id(), false))
          .isEqualTo(new Recoveries.Outcome.NothingHeld());
      assertThat(entries(restored)).isEqualTo("recovery.released,recovery.restored");
    }
  }

  @Test
  void whoWasErasedStaysErasedWhenARealBackupIsRestored() throws Exception {
    TestDatabase restored = world.restoreByCommand();
    assertThat(RestoredWorld.traces(restored)).isEqualTo("1");
    assertThat(RestoredWorld.overdue(restored)).isEqualTo("2500");
    try (ConfigurableApplicationContext server = world.server(restored)) {
      held(restored);
      assertThat(RestoredWorld.traces(restored)).isEqualTo("0");
      assertThat(RestoredWorld.overdue(restored)).isEqualTo("0");
      assertThat(server.getBean(Recoveries.class).newest().orElseThrow().replayed()).isEqualTo(1);
      await().during(Duration.ofSeconds(1)).until(HoldProbe.DONE::isEmpty);
    }
  }

  @Test
  void whatTheBackupHadWaitingIsDroppedIfThatIsWanted() throws Exception {
    TestDatabase restored = world.restore();
    try (ConfigurableApplicationContext server = world.server(restored)) {
      held(restored);
      world.add(server, "new");
      assertThat(
              server
                  .getBean(Recoveries.class)
                  .release(world.owner().id(), world.workspace().id(), true))
          .isEqualTo(new Recoveries.Outcome.Released(2));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(HoldProbe.DONE)
                  .containsExactlyInAnyOrder("handled new", "sent new", "ran", "ran"));
    }
  }

  @Test
  void oneOfTwoServersPreparesAndBothFollowWhenTheCommandReleases() throws Exception {
    TestDatabase restored = world.restore();
    try (ConfigurableApplicationContext first = world.server(restored);
        ConfigurableApplicationContext second = world.server(restored)) {
      held(restored);
      for (ConfigurableApplicationContext each : List.of(first, second)) {
        await()
            .atMost(PATIENCE)
            .until(() -> Http.onPort(port(each)).get("/readyz").statusCode() == 200);
        assertThat(each.getBean(RecoveryState.class).isOpen()).isFalse();
      }
      await().during(Duration.ofSeconds(1)).until(HoldProbe.DONE::isEmpty);
      try (Connection connection = restored.connect("bothy_app")) {
        assertThat(Release.run(connection, "test", Clock.systemUTC()))
            .isEqualTo(Release.Outcome.RELEASED);
        assertThat(Release.run(connection, "test", Clock.systemUTC()))
            .isEqualTo(Release.Outcome.NOTHING_HELD);
      }
      await().atMost(PATIENCE).until(() -> HoldProbe.DONE.size() == 3);
      for (ConfigurableApplicationContext each : List.of(first, second)) {
        await().atMost(PATIENCE).until(() -> each.getBean(RecoveryState.class).isOpen());
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(entries(restored)).isEqualTo("recovery.released,recovery.restored"));
    }
  }

  @Test
  void anEntryOfTheLedgerThatIsRefusedKeepsItFromBeingServedAlsoByTheServerThatComesAfterAKill()
      throws Exception {
    TestDatabase restored = world.restore();
    String text = Files.readString(world.entry());
    Files.writeString(world.entry(), text.replace("\"statement\"", "\"changed\""));
    try {
      try (ServerProcess first =
          ServerProcess.begin(ServerProcess.freePort(), world.settings(restored))) {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() ->
                RestoredWorld.value(restored, "select waits_for from bothy.recovery")
                    .contains("refused"));
        await().atMost(PATIENCE).until(() -> first.status("/livez") == 200);
        assertThat(first.status("/readyz")).isEqualTo(503);
        try (Connection connection = restored.connect("bothy_app")) {
          assertThat(Release.run(connection, "test", Clock.systemUTC()))
              .isEqualTo(Release.Outcome.PREPARING);
        }
        assertThat(RestoredWorld.traces(restored)).isEqualTo("1");
        assertThat(first.log()).contains("is refused");
        first.kill();
      }
    } finally {
      Files.writeString(world.entry(), text);
    }
    try (ServerProcess second =
        ServerProcess.begin(ServerProcess.freePort(), world.settings(restored))) {
      second.awaitReady();
      assertThat(RestoredWorld.state(restored)).isEqualTo("HELD");
      assertThat(RestoredWorld.traces(restored)).isEqualTo("0");
    }
  }

  private static void held(TestDatabase restored) {
    await().atMost(PATIENCE).until(() -> RestoredWorld.state(restored).equals("HELD"));
  }

  private static String entries(TestDatabase restored) throws Exception {
    return RestoredWorld.value(
        restored,
        "select string_agg(action, ',' order by action) from bothy.audit_entry"
            + " where action like 'recovery.%' and workspace_id = '"
            + world.workspace().id()
            + "'");
  }

  private static int port(ConfigurableApplicationContext server) {
    return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }
}
