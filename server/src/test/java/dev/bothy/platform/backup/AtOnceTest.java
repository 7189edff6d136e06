package dev.bothy.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.storage.FolderStore;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Backups, restores and servers that meet.
@Tag("real")
class AtOnceTest {
  @TempDir static Path folder;

  private static BackupWorld world;
  private static TestDatabase database;
  private static SortedMap<String, String> before;
  private static ObjectStore store;
  private static BackupReader reader;

  @BeforeAll
  static void takeOne() {
    world = new BackupWorld(folder.resolve("key"));
    database = BackupWorld.filled();
    before = BackupWorld.contents(database);
    store = FolderStore.of(folder.resolve("store"));
    reader = BackupReader.open(store, world.keys(), world.backup(store, database).backup());
  }

  @AfterAll
  static void close() {
    world.close();
  }

  /// Stops at a phase until it is let go.
  private static final class Gate implements BackupProgress {
    private final String phase;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    Gate(String phase) {
      this.phase = phase;
    }

    @Override
    public void at(String now, int percent, String message) {
      if (now.equals(phase)) {
        reached.countDown();
        await(open);
      }
    }

    static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void whileABackupRunsNeitherAnotherNorARestoreBegins() {
    Gate gate = new Gate("Copying");
    CompletableFuture<Manifest> running =
        CompletableFuture.supplyAsync(
            () -> world.writer(store, database).write(null, Map.of(), gate));
    Gate.await(gate.reached);
    try {
      assertThat(failed(() -> world.backup(store, database))).isEqualTo(Reason.BackupRunning);
      assertThat(failed(() -> world.restoration(database).restore(reader, connection -> {})))
          .isEqualTo(Reason.BackupRunning);
    } finally {
      gate.open.countDown();
    }

    Verification.verify(
        BackupReader.open(store, world.keys(), running.join().backup()),
        2,
        BackupProgress.silent());
    assertThat(BackupWorld.contents(database)).isEqualTo(before);
  }

  @Test
  void whileARestoreRunsNeitherAnotherNorABackupBegins() {
    Gate gate = new Gate("Loading");
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(() ->
            world
                .restoration(database, gate, Definitions.LARGE_BYTES)
                .restore(reader, connection -> {}));
    Gate.await(gate.reached);
    try {
      assertThat(failed(() -> world.restoration(database).restore(reader, connection -> {})))
          .isEqualTo(Reason.RestoreRunning);
      assertThat(failed(() -> world.restoration(database).undo())).isEqualTo(Reason.RestoreRunning);
      assertThat(failed(() -> world.backup(store, database))).isEqualTo(Reason.RestoreRunning);
    } finally {
      gate.open.countDown();
    }

    running.join();
    assertThat(BackupWorld.contents(database)).isEqualTo(before);
  }

  @Test
  void whileServersAreConnectedNothingIsReplaced() throws SQLException {
    try (Connection server = database.connect("bothy_app")) {
      assertThat(server.isValid(1)).isTrue();
      assertThat(failed(() -> world.restoration(database).restore(reader, connection -> {})))
          .isEqualTo(Reason.ServersRunning);
    }
    assertThat(BackupWorld.contents(database)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Preparing", "Loading", "Indexing", "Verifying", "Migrating"})
  void aRestoreThatEndsInAPhaseCanBeTakenBackOrDoneAgain(String phase) {
    BackupProgress failing =
        (now, percent, message) -> {
          if (now.equals(phase)) {
            throw new IllegalStateException("ended in the test");
          }
        };
    Restoration restoration = world.restoration(database);
    boolean aside = !phase.equals("Preparing");

    assertThat(
            failed(() ->
                world
                    .restoration(database, failing, Definitions.LARGE_BYTES)
                    .restore(reader, connection -> {})))
        .isEqualTo(Reason.Unexpected);

    assertThat(restoration.isUnfinished()).isEqualTo(aside);
    // Whatever is half there, whose database it is stays known, and no backup is taken of it.
    assertThatCode(() -> restoration.check(reader, world.keys(), null, true))
        .doesNotThrowAnyException();
    if (aside) {
      assertThat(failed(() -> world.backup(store, database))).isEqualTo(Reason.Unfinished);
    }
    if (phase.equals("Verifying")) {
      restoration.restore(reader, connection -> {});
      assertThat(restoration.undo()).isFalse();
    } else {
      assertThat(restoration.undo()).isEqualTo(aside);
    }
    assertThat(BackupWorld.contents(database)).isEqualTo(before);
    assertThat(restoration.isUnfinished()).isFalse();
  }

  @Test
  void aDatabaseWithoutASchemaIsNotBackedUp() {
    assertThat(failed(() -> world.backup(store, TestDatabase.create())))
        .isEqualTo(Reason.NotConfigured);
  }

  private static Reason failed(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    return catchThrowableOfType(BackupFailure.class, work).reason();
  }
}
