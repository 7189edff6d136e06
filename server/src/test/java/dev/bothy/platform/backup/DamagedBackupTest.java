package dev.bothy.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.storage.FolderStore;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.StoredObject;
import dev.bothy.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A backup of which something is not as it was: a restore says what, and what is in the database
/// stays.
@Tag("real")
class DamagedBackupTest {
  @TempDir static Path files;

  private static BackupWorld world;
  private static TestDatabase database;
  private static SortedMap<String, String> before;
  private static ObjectStore whole;
  private static Manifest manifest;

  @TempDir Path folder;
  private ObjectStore store;

  @BeforeAll
  static void takeOne() {
    world = new BackupWorld(files.resolve("key"));
    database = BackupWorld.filled();
    before = BackupWorld.contents(database);
    whole = FolderStore.of(files.resolve("store"));
    manifest =
        world
            .writer(whole, database)
            .write(
                null,
                Map.of("configuration", "a=b".getBytes(StandardCharsets.UTF_8)),
                BackupProgress.silent());
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void copy() {
    store = FolderStore.of(folder);
    for (StoredObject object : whole.list("")) {
      store.put(object.key(), whole.get(object.key()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "manifest.json, manifest.json",
    "manifest.proof, manifest.proof",
    "key.json, key.json",
    "parts, parts",
    "data/audit_entry/, data/audit_entry/",
    "data/workspace/, data/workspace/",
  })
  void aFlippedBitIsFound(String below, String named) {
    String key = first(below);
    byte[] content = store.get(key);
    content[content.length / 2] ^= 1;
    store.put(key, content);

    isRefused(Reason.DamagedObject, named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"manifest.json", "manifest.proof", "key.json", "parts", "data/workspace/"})
  void aCutObjectIsFound(String below) {
    String key = first(below);
    byte[] content = store.get(key);
    store.put(key, java.util.Arrays.copyOf(content, content.length / 2));

    isRefused(Reason.DamagedObject, below);
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.proof", "key.json", "parts", "data/workspace/"})
  void aMissingObjectIsFound(String below) {
    store.delete(List.of(first(below)));

    isRefused(Reason.MissingPart, below);
  }

  @Test
  void aMissingManifestIsNoBackup() {
    store.delete(List.of(first("manifest.json")));

    isRefused(Reason.NoBackup, manifest.id());
  }

  @Test
  void twoPartsInEachOthersPlaceAreFound() {
    List<String> parts =
        store.list(manifest.backup().folder() + "data/audit_entry/").stream()
            .map(StoredObject::key)
            .toList();
    byte[] one = store.get(parts.get(0));
    store.put(parts.get(0), store.get(parts.get(1)));
    store.put(parts.get(1), one);

    isRefused(Reason.DamagedObject, "data/audit_entry/");
  }

  @Test
  void aManifestOfAnotherBackupIsFound() {
    Manifest other = world.backup(store, database);
    store.put(
        manifest.backup().folder() + Layout.MANIFEST,
        store.get(other.backup().folder() + Layout.MANIFEST));

    isRefused(Reason.DamagedObject, "manifest.json");
  }

  @Test
  void aBackupOfOtherKeysIsSaidToBeOne() {
    try (BackupWorld stranger = new BackupWorld(folder.resolveSibling("other-key"))) {
      BackupFailure failure =
          catchThrowableOfType(
              BackupFailure.class,
              () -> BackupReader.open(store, stranger.keys(), manifest.backup()));

      assertThat(failure.reason()).isEqualTo(Reason.WrongKey);
      assertThat(failure).hasMessageContaining(manifest.id());
    }
  }

  @Test
  void aBackupOfAnotherInstallationIsTakenOnlyIfItIsNamed() {
    TestDatabase other = BackupWorld.migrated();
    UUID its = UUID.fromString(BackupWorld.one(other, "select id from bothy.installation"));
    Manifest stranger = world.backup(store, other);
    BackupReader reader = BackupReader.open(store, world.keys(), stranger.backup());
    Restoration restoration = world.restoration(database);

    BackupFailure failure =
        catchThrowableOfType(
            BackupFailure.class, () -> restoration.check(reader, world.keys(), null, true));

    assertThat(failure.reason()).isEqualTo(Reason.OtherInstallation);
    assertThat(failure).hasMessageContaining("--installation=" + its);
    assertThatCode(() -> restoration.check(reader, world.keys(), its, true))
        .doesNotThrowAnyException();
  }

  @Test
  void aNewerFormatIsNotGuessedAt() {
    String key = first("manifest.json");
    store.put(
        key,
        new String(store.get(key), StandardCharsets.UTF_8)
            .replaceFirst("\"format\" *: *1", "\"format\" : 2")
            .getBytes(StandardCharsets.UTF_8));

    isRefused(Reason.NewerSchema, "format 2");
  }

  @Test
  void aNewerSchemaIsNotLoaded() {
    TestDatabase newer = BackupWorld.migrated();
    BackupWorld.run(
        newer,
        "update bothy.flyway_schema_history_keys set version = '999' where installed_rank ="
            + " (select max(installed_rank) from bothy.flyway_schema_history_keys)");
    BackupReader reader =
        BackupReader.open(store, world.keys(), world.backup(store, newer).backup());

    BackupFailure failure =
        catchThrowableOfType(
            BackupFailure.class,
            () -> world.restoration(database).restore(reader, connection -> {}));

    assertThat(failure.reason()).isEqualTo(Reason.NewerSchema);
    assertThat(failure).hasMessageContaining("keys V999");
    assertThat(BackupWorld.contents(database)).isEqualTo(before);
  }

  @Test
  void theNewestIsNotPassedOverBecauseItsManifestIsDamaged() {
    Manifest second = world.backup(store, database);
    // By name, since both may be of one second.
    boolean later = second.backup().compareTo(manifest.backup()) > 0;
    Manifest newest = later ? second : manifest;
    store.put(newest.backup().folder() + Layout.MANIFEST, new byte[] {'{'});

    assertThat(new Backups(store).pick("newest")).isEqualTo(newest.backup());
    assertThat(new Backups(store).pick(second.takenAt().plusSeconds(1))).isEqualTo(newest.backup());
    assertThat(new Backups(store).newestFirst(new Retention(1, 0, 0)))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.manifest().id()).isEqualTo((later ? manifest : second).id()));
  }

  private String first(String below) {
    return store.list(manifest.backup().folder() + below).getFirst().key();
  }

  private void isRefused(Reason reason, String named) {
    Restoration restoration = world.restoration(database);

    BackupFailure failure =
        catchThrowableOfType(
            BackupFailure.class,
            () ->
                restoration.restore(
                    BackupReader.open(store, world.keys(), new Backups(store).pick(manifest.id())),
                    connection -> {}));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure).hasMessageContaining(named);
    restoration.undo();
    assertThat(BackupWorld.contents(database)).isEqualTo(before);
  }
}
