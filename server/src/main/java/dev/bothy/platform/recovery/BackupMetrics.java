package dev.bothy.platform.recovery;

import dev.bothy.platform.backup.Evidence;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.recovery.BackupCatalogue.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Measures every few minutes how old the newest backup is, and the newest good drill: in a thread
/// of its own, since a store may be slow. A store that does not answer leaves the last values.
@Component
class BackupMetrics implements SmartLifecycle {
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration EVERY = Duration.ofMinutes(5);

  private final BackupCatalogue catalogue;
  private final Metrics metrics;
  private volatile @Nullable Thread measuring;

  BackupMetrics(BackupCatalogue catalogue, Metrics metrics) {
    this.catalogue = catalogue;
    this.metrics = metrics;
  }

  @Override
  public void start() {
    measuring = Thread.ofVirtual().name("backup-metrics").start(this::go);
  }

  private void go() {
    try {
      Thread.sleep(FIRST);
      while (true) {
        measure();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void measure() {
    switch (catalogue.read()) {
      case Listing.NotConfigured _, Listing.Away _ -> {}
      case Listing.Found found -> {
        found.backups().stream()
            .findFirst()
            .ifPresent(newest -> metrics.newestBackup(newest.manifest().takenAt()));
        found.evidence().stream()
            .filter(each -> each.kind().equals(Evidence.DRILL) && each.good())
            .map(Evidence::endedAt)
            .max(Comparator.<Instant>naturalOrder())
            .ifPresent(metrics::newestGoodDrill);
      }
    }
  }

  @Override
  public void stop() {
    Thread thread = measuring;
    measuring = null;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return measuring != null;
  }
}
