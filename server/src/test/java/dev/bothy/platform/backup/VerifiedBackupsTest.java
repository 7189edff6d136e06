package dev.bothy.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.storage.FolderStore;
import dev.bothy.platform.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which backup is good is what was found last.
class VerifiedBackupsTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final UUID INSTALLATION = UUID.randomUUID();

  @TempDir Path folder;
  private ObjectStore store;
  private Backups backups;

  @BeforeEach
  void open() {
    store = FolderStore.of(folder);
    backups = new Backups(store);
  }

  @Test
  void aBackupThatWasGoodAndIsFoundDamagedIsGoodNoMore() {
    BackupId older = add(NOW.minus(Duration.ofDays(2)));
    BackupId newer = add(NOW.minus(Duration.ofDays(1)));
    found(older, true, NOW.minusSeconds(300));
    found(newer, true, NOW.minusSeconds(200));
    assertThat(backups.pick("newest-good")).isEqualTo(newer);

    found(newer, false, NOW.minusSeconds(100));

    assertThat(backups.pick("newest-good")).isEqualTo(older);
    assertThat(backups.pick("newest")).isEqualTo(newer);
  }

  @Test
  void withoutAGoodOneNoneIsTakenForIt() {
    add(NOW);

    assertThat(
            catchThrowableOfType(BackupFailure.class, () -> backups.pick("newest-good")).reason())
        .isEqualTo(Reason.NoBackup);
  }

  @Test
  void aTimePicksTheNewestThatIsNotLater() {
    BackupId older = add(NOW.minus(Duration.ofDays(2)));
    BackupId newer = add(NOW.minus(Duration.ofDays(1)));

    assertThat(backups.pick(NOW.minus(Duration.ofDays(1)))).isEqualTo(newer);
    assertThat(backups.pick(NOW.minus(Duration.ofDays(1)).minusMillis(1))).isEqualTo(older);
    assertThat(
            catchThrowableOfType(
                BackupFailure.class, () -> backups.pick(NOW.minus(Duration.ofDays(3)))))
        .hasMessageContaining("the oldest is of " + NOW.minus(Duration.ofDays(2)));
  }

  @Test
  void aBackupThatWasMadeWhileTheClockRanBehindIsNotRemovedByItsOwnRun() {
    List<BackupId> ahead =
        List.of(add(NOW.plus(Duration.ofDays(400))), add(NOW.plus(Duration.ofDays(401))));
    BackupId now = add(NOW);
    BackupId yesterday = add(NOW.minus(Duration.ofDays(1)).minusSeconds(1));

    Backups.Pruned pruned = backups.prune(INSTALLATION, new Retention(1, 0, 0), NOW);

    assertThat(pruned.removed()).containsExactly(yesterday);
    assertThat(pruned.kept().keySet()).contains(now).containsAll(ahead);
    assertThat(store.list(yesterday.folder())).isEmpty();
  }

  @Test
  void aHastyBackupAfterDamageTakesNeitherTheLastDaysNorTheProvenOne() {
    BackupId old = add(NOW.minus(Duration.ofDays(9)));
    BackupId proven = add(NOW.minus(Duration.ofDays(8)));
    BackupId thisMorning = add(NOW.minus(Duration.ofHours(9)));
    BackupId hasty = add(NOW);
    found(proven, true, NOW.minus(Duration.ofDays(7)));

    Backups.Pruned pruned = backups.prune(INSTALLATION, new Retention(1, 0, 0), NOW);

    assertThat(pruned.removed()).containsExactly(old);
    assertThat(pruned.kept().keySet()).containsExactly(hasty, thisMorning, proven);
  }

  private BackupId add(Instant takenAt) {
    BackupId id = BackupId.at(takenAt);
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            id.value(),
            null,
            INSTALLATION,
            takenAt,
            takenAt,
            "1",
            "18",
            new TreeMap<>(),
            List.of(),
            List.of(),
            List.of(),
            new Manifest.Stored(Layout.PARTS, 0, ""),
            0);
    store.put(id.folder() + Layout.KEY, "{}".getBytes(StandardCharsets.UTF_8));
    store.put(id.folder() + Layout.MANIFEST, manifest.json());
    return id;
  }

  private void found(BackupId backup, boolean good, Instant at) {
    backups.keep(
        new Evidence(
            BackupId.at(at).value(),
            Evidence.VERIFY,
            backup.value(),
            INSTALLATION,
            at,
            at,
            good,
            List.of()));
  }
}
