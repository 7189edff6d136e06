package dev.bothy.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.storage.FolderStore;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.storage.StoredObject;
import dev.bothy.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A store that fails at any write: the backup says why, and leaves nothing that looks like one.
@Tag("real")
class BackupsInTroubleTest {
  @TempDir static Path files;

  private static BackupWorld world;
  private static TestDatabase source;
  private static int writes;

  @TempDir Path folder;
  private ObjectStore store;

  @BeforeAll
  static void fill() {
    world = new BackupWorld(files.resolve("key"));
    source = BackupWorld.filled();
    TroubledStore counting =
        new TroubledStore(
            FolderStore.of(files.resolve("store")),
            Integer.MAX_VALUE,
            false,
            StorageException.Reason.AWAY);
    world.backup(counting, source);
    writes = counting.puts();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void open() {
    store = FolderStore.of(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "FULL, StorageFull, 0.0",
    "FULL, StorageFull, 0.5",
    "FULL, StorageFull, 1.0",
    "REFUSED, StorageRefused, 0.5",
    "LOCKED, StorageRefused, 0.5",
    "MISCONFIGURED, StorageRefused, 0.0",
    "AWAY, StorageAway, 0.5",
    "CLOCK_SKEW, ClockSkew, 0.5",
  })
  void aBackupThatCannotStoreSaysWhyAndLeavesNothing(
      StorageException.Reason trouble, Reason reason, double share) {
    int at = 1 + (int) ((writes - 1) * share);

    BackupFailure failure = failure(new TroubledStore(store, at, false, trouble));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure).hasMessageContaining("failed in the test");
    assertThat(store.list("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"REFUSED, StorageRefused", "AWAY, StorageAway"})
  void whereNothingCanBeRemovedEitherTheNextBackupDoesIt(
      StorageException.Reason trouble, Reason reason) {
    BackupFailure failure = failure(new TroubledStore(store, writes / 2, true, trouble));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(store.list("")).isNotEmpty();
    assertThat(keys()).noneMatch(key -> key.endsWith(Layout.MANIFEST));
    Manifest next = world.backup(store, source);
    assertThat(keys()).allMatch(key -> key.startsWith(next.backup().folder()));
    Verification.verify(
        BackupReader.open(store, world.keys(), next.backup()), 2, BackupProgress.silent());
  }

  @Test
  void aBackupWhoseManifestWasStoredAlthoughItSeemedNotIsNoneAfterwards() {
    ObjectStore late =
        new OneWay(store) {
          @Override
          public void put(String key, byte[] content) {
            super.put(key, content);
            if (key.endsWith(Layout.MANIFEST)) {
              throw new StorageException(StorageException.Reason.AWAY, "no answer");
            }
          }
        };

    assertThat(failure(late).reason()).isEqualTo(Reason.StorageAway);

    assertThat(store.list("")).isEmpty();
  }

  @Test
  void anUploadThatRunsOutOfMemoryEndsTheBackup() {
    BackupFailure failure = failure(new TroubledStore(store, writes / 2, false, null));

    assertThat(failure.reason()).isEqualTo(Reason.Unexpected);
    assertThat(failure).hasMessageContaining("too little memory");
    assertThat(keys()).noneMatch(key -> key.endsWith(Layout.MANIFEST));
  }

  @Test
  void whatIsOfAnotherInstallationIsLeftAlone() {
    TestDatabase other = BackupWorld.migrated();
    failure(new TroubledStore(store, writes / 2, true, StorageException.Reason.REFUSED));
    List<String> left = keys();

    world.backup(store, other);

    assertThat(keys()).containsAll(left);
  }

  private List<String> keys() {
    return store.list("").stream().map(StoredObject::key).toList();
  }

  private static BackupFailure failure(ObjectStore troubled) {
    return catchThrowableOfType(
        BackupFailure.class,
        () -> world.writer(troubled, source).write(null, Map.of(), BackupProgress.silent()));
  }

  /// Passes everything on.
  private static class OneWay implements ObjectStore {
    private final ObjectStore store;

    OneWay(ObjectStore store) {
      this.store = store;
    }

    @Override
    public String describe() {
      return store.describe();
    }

    @Override
    public void put(String key, byte[] content) {
      store.put(key, content);
    }

    @Override
    public byte[] get(String key) {
      return store.get(key);
    }

    @Override
    public boolean exists(String key) {
      return store.exists(key);
    }

    @Override
    public List<StoredObject> list(String prefix) {
      return store.list(prefix);
    }

    @Override
    public void delete(java.util.Collection<String> keys) {
      store.delete(keys);
    }
  }
}
