package dev.bothy.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.storage.FolderStore;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup that is taken while others write shows one moment of all tables.
@Tag("real")
class BackupUnderLoadTest {
  private static final int WRITERS = 4;

  /// Adds an entry, its mark and, now and then, takes an older pair away and changes another: each
  /// entry with its mark in one transaction.
  private static final String WRITE =
      """
      begin;
      set local session_replication_role = replica;
      with made as (
        insert into bothy.audit_entry (workspace_id, id, occurred_at, actor_kind, actor, action,
            subject_kind, subject_id, details)
        values ('00000000-0000-7000-8000-000000000001', gen_random_uuid(), now(), 'system', 'load',
            'test.load', 'row', 'x', jsonb_build_object('text', repeat('x', 500)))
        returning workspace_id, id)
      insert into bothy.audit_unlinked (workspace_id, entry_id) select workspace_id, id from made;
      with gone as (
        delete from bothy.audit_entry where id in (select id from bothy.audit_entry
          where actor = 'load' order by random() limit 1 for update skip locked) returning id)
      delete from bothy.audit_unlinked where random() < 2
        and entry_id in (select id from gone);
      update bothy.audit_entry set subject_id = subject_id || 'y' where id in
        (select id from bothy.audit_entry where actor = 'x' order by random() limit 1
          for update skip locked);
      commit
      """;

  private static final String PAIRED =
      """
      select (select count(*) from bothy.audit_entry where actor = 'load') || ' '
        || (select count(*) from bothy.audit_unlinked u join bothy.audit_entry e
            on e.id = u.entry_id where e.actor = 'load') || ' '
        || (select count(*) from bothy.audit_unlinked u left join bothy.audit_entry e
            on e.id = u.entry_id where e.id is null)
      """;

  @TempDir static Path folder;

  private static BackupWorld world;
  private static TestDatabase database;

  @BeforeAll
  static void fill() {
    world = new BackupWorld(folder.resolve("key"));
    database = BackupWorld.filled();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void whatIsRestoredIsOneMomentOfAllTables() throws Exception {
    ObjectStore store = FolderStore.of(folder.resolve("store"));
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    CountDownLatch busy = new CountDownLatch(WRITERS * 5);
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(
          CompletableFuture.runAsync(() -> {
            try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
              while (!stop.get()) {
                statement.execute(WRITE);
                written.incrementAndGet();
                busy.countDown();
              }
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          }));
    }
    assertThat(busy.await(60, TimeUnit.SECONDS)).isTrue();
    int before = written.get();
    Manifest manifest;
    AtomicInteger during = new AtomicInteger();
    try {
      manifest =
          world
              .writer(store, database)
              .write(
                  null,
                  Map.of(),
                  (phase, percent, message) -> {
                    // Others go on between two chunks.
                    int now = written.get();
                    while (!stop.get() && written.get() < now + 3) {
                      Thread.onSpinWait();
                      if (writers.stream().anyMatch(CompletableFuture::isDone)) {
                        break;
                      }
                    }
                    during.set(written.get() - before);
                  });
    } finally {
      stop.set(true);
    }
    writers.forEach(CompletableFuture::join);
    TestDatabase target = TestDatabase.create();

    world
        .restoration(target)
        .restore(BackupReader.open(store, world.keys(), manifest.backup()), connection -> {});

    assertThat(during.get()).isGreaterThan(20);
    String[] paired = BackupWorld.one(target, PAIRED).split(" ");
    assertThat(paired[0]).as("entries and their marks").isEqualTo(paired[1]);
    assertThat(paired[2]).as("marks without an entry").isEqualTo("0");
    for (Manifest.Table table : manifest.tables()) {
      assertThat(
              Long.parseLong(BackupWorld.one(target, "select count(*) from bothy." + table.name())))
          .as(table.name())
          .isEqualTo(table.rows());
    }
    TableSums.of(
            manifest.tables(), () -> target.connect("bothy_backup"), 2, BackupProgress.silent())
        .compare(manifest, BackupFailure.Reason.VerificationFailed, "has");
  }
}
