package dev.bothy.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.backuptool.BackupTool;
import dev.bothy.command.BackupCommand;
import dev.bothy.command.Command;
import dev.bothy.platform.storage.FolderStore;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.StoredObject;
import dev.bothy.testkit.CommandProcess;
import dev.bothy.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands, as Jobs run them, killed where nothing of them can clean up.
@Tag("real")
class KilledCommandsTest {
  @TempDir static Path folder;

  private static BackupWorld world;
  private static TestDatabase database;
  private static ObjectStore store;
  private static List<String> settings;
  private static Manifest manifest;
  private static SortedMap<String, String> saved;

  @BeforeAll
  static void takeOne() {
    world = new BackupWorld(folder.resolve("key"));
    database = BackupWorld.filled();
    // Its key wraps nothing here.
    BackupWorld.run(database, "delete from bothy.installation_key");
    store = FolderStore.of(folder.resolve("store"));
    settings =
        Stream.concat(
                Arrays.stream(database.properties()),
                Stream.of(
                    "bothy.installation.mode=embedded",
                    "bothy.egress.region=here",
                    "bothy.keys.local-file=" + folder.resolve("key"),
                    "bothy.storage.kind=folder",
                    "bothy.storage.folder=" + folder.resolve("store"),
                    "bothy.backup.password=" + TestDatabase.PASSWORD))
            .map(setting -> "--" + setting)
            .toList();
    manifest = world.backup(store, database);
    saved = contents();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void aKilledBackupIsNoneAndTheNextRemovesWhatItLeft() {
    kill("Copying", "backup");
    List<String> whole = wholeOnes();

    Manifest next = world.backup(store, database);

    assertThat(whole).doesNotContain(next.id());
    assertThat(store.folders(Layout.BACKUPS)).containsExactlyInAnyOrderElementsOf(wholeOnes());
    for (String id : wholeOnes()) {
      Verification.verify(
          BackupReader.open(store, world.keys(), new BackupId(id)), 2, BackupProgress.silent());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Preparing, undone",
    "Loading, again",
    "Indexing, undone",
    "Verifying, again",
    "Migrating, undone",
  })
  void aRestoreThatIsKilledIsTakenBackOrDoneAgain(String phase, String then) {
    BackupWorld.run(
        database,
        "insert into bothy.workspace (id, slug, name, created_at)"
            + " values (gen_random_uuid(), 'since-"
            + phase.toLowerCase(java.util.Locale.ROOT)
            + "', 'Since', now())");
    Map<String, String> present = contents();

    kill(phase, "restore", "--backup=" + manifest.id(), "--safety-backup=false");

    if (then.equals("undone")) {
      assertThat(run("restore", "--undo")).isZero();
      assertThat(contents()).isEqualTo(present);
    } else {
      // With a safety backup this time: of what was there, and not of what is half loaded.
      assertThat(run("restore", "--backup=" + manifest.id())).isZero();
      assertThat(contents()).isEqualTo(saved);
      Manifest safety =
          BackupReader.open(store, world.keys(), new Backups(store).pick("newest")).manifest();
      assertThat(safety.name()).isEqualTo("before-restore-of-" + manifest.id());
      assertThat(
              safety.tables().stream()
                  .filter(table -> table.name().equals("workspace"))
                  .findFirst()
                  .orElseThrow()
                  .rows())
          .isGreaterThan(2);
    }
    assertThat(
            BackupWorld.one(
                database, "select count(*) from pg_namespace where nspname ~ '^bothy_'"))
        .isEqualTo("0");
  }

  private static void kill(String phase, String... command) {
    List<String> arguments = new ArrayList<>(Arrays.asList(command));
    arguments.addAll(settings);
    try (CommandProcess process = CommandProcess.start(arguments)) {
      assertThat(process.killAt(line -> line.contains("\"phase\":\"" + phase + '"')))
          .as("%s", process.said())
          .isTrue();
    }
  }

  private static int run(String... command) {
    List<String> arguments = new ArrayList<>(Arrays.asList(command));
    arguments.addAll(settings);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Command parsed = Command.parse(arguments.toArray(String[]::new));
    int ended =
        BackupTool.run(
            (BackupCommand.OfStore) ((Command.OfBackup) parsed).what(),
            Clock.systemUTC(),
            new PrintStream(said, true, StandardCharsets.UTF_8));
    assertThat(ended).as("%s", said.toString(StandardCharsets.UTF_8)).isZero();
    return ended;
  }

  private static List<String> wholeOnes() {
    return store.list(Layout.BACKUPS).stream()
        .map(StoredObject::key)
        .filter(key -> key.endsWith("/" + Layout.MANIFEST))
        .map(key -> key.split("/")[1])
        .toList();
  }

  private static SortedMap<String, String> contents() {
    SortedMap<String, String> contents = BackupWorld.contents(database);
    // Says of each restore that it was.
    contents.remove("recovery");
    return contents;
  }
}
