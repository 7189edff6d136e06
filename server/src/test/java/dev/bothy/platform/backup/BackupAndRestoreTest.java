package dev.bothy.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.storage.FolderStore;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class BackupAndRestoreTest {
  @TempDir static Path folder;

  private static BackupWorld world;
  private static TestDatabase source;
  private static ObjectStore store;
  private static Manifest manifest;

  @BeforeAll
  static void takeOne() {
    world = new BackupWorld(folder.resolve("key"));
    source = BackupWorld.filled();
    store = FolderStore.of(folder.resolve("store"));
    manifest =
        new BackupWriter(store, world.keys(), () -> source.connect("bothy_backup"), 2, 100_000)
            .write(
                "nightly",
                Map.of("configuration", "a=b".getBytes(StandardCharsets.UTF_8)),
                BackupProgress.silent());
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void everyRowOfEveryTableIsTheSameAfterARestoreIntoAnEmptyDatabase() {
    TestDatabase target = TestDatabase.create();
    BackupReader reader = BackupReader.open(store, world.keys(), manifest.backup());

    world.restoration(target).restore(reader, connection -> {});

    assertThat(BackupWorld.contents(target)).isEqualTo(BackupWorld.contents(source));
  }

  @Test
  void theManifestCountsWhatIsThere() {
    assertThat(manifest.tables())
        .filteredOn(table -> table.name().equals("audit_entry"))
        .singleElement()
        .satisfies(table -> assertThat(table.rows()).isEqualTo(BackupWorld.ENTRIES));
    assertThat(manifest.keys())
        .singleElement()
        .satisfies(key -> assertThat(key.newest()).isEqualTo(3));
  }

  @Test
  void aTableIsCutIntoPartsOfWhichEachIsChecked() {
    BackupReader reader = BackupReader.open(store, world.keys(), manifest.backup());

    assertThat(reader.parts().stream().filter(part -> part.table().equals("audit_entry")))
        .hasSizeGreaterThan(3);
    Verification.verify(reader, 2, BackupProgress.silent());
  }
}
