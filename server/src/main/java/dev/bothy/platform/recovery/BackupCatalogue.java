package dev.bothy.platform.recovery;

import dev.bothy.platform.backup.BackupFailure;
import dev.bothy.platform.backup.BackupSettings;
import dev.bothy.platform.backup.Backups;
import dev.bothy.platform.backup.Evidence;
import dev.bothy.platform.backup.Retention;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.Storage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// The backups in the store, and what drills and verifications found, as a page can show them: a
/// store that does not answer is said in words, soon.
@Service
public class BackupCatalogue {
  private static final Logger LOG = LoggerFactory.getLogger(BackupCatalogue.class);
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Optional<ObjectStore> store;
  private final Optional<Backups> backups;
  private final Retention retention;

  BackupCatalogue(Storage storage, BackupSettings settings) {
    this.store = storage.store();
    this.backups = store.map(Backups::new);
    this.retention =
        new Retention(settings.keepDaily(), settings.keepWeekly(), settings.keepMonthly());
  }

  /// What there is.
  public sealed interface Listing {
    /// No store is named: nothing is backed up to one.
    record NotConfigured() implements Listing {}

    /// @param place the store, in words
    /// @param why it could not be read, in words
    record Away(String place, String why) implements Listing {}

    /// @param place the store, in words
    /// @param backups whole ones alone, newest first
    /// @param evidence newest first
    record Found(String place, List<Backups.Entry> backups, List<Evidence> evidence)
        implements Listing {
      public Found {
        backups = List.copyOf(backups);
        evidence = List.copyOf(evidence);
      }
    }
  }

  /// Reads the store. Called outside of any transaction; it answers within seconds.
  public Listing read() {
    if (store.isEmpty() || backups.isEmpty()) {
      return new Listing.NotConfigured();
    }
    String place = store.get().describe();
    Backups all = backups.get();
    FutureTask<Listing> reading =
        new FutureTask<>(
            () -> new Listing.Found(place, all.newestFirst(retention), all.evidence()));
    Thread.ofVirtual().name("backup-catalogue").start(reading);
    try {
      return reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      reading.cancel(true);
      return new Listing.Away(
          place, "It did not answer within %d s".formatted(PATIENCE.toSeconds()));
    } catch (ExecutionException e) {
      LOG.warn("The backups could not be listed", e.getCause());
      return new Listing.Away(
          place,
          e.getCause() instanceof BackupFailure failure
              ? String.valueOf(failure.getMessage())
              : "It could not be read; the server's log has the reason");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Listing.Away(place, "It was not asked: the server stops");
    }
  }
}
