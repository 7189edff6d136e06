package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.backup.Manifest.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Reads every object of a backup and checks it, without a database.
public final class Verification {
  private Verification() {}

  /// @param parallel how many objects are read at once
  /// @throws BackupFailure naming the first object or table that is not as the manifest says
  public static void verify(BackupReader backup, int parallel, BackupProgress progress) {
    Manifest manifest = backup.manifest();
    TableSums sums = new TableSums();
    long all = Math.max(1, backup.parts().stream().mapToLong(part -> part.stored().bytes()).sum());
    AtomicLong done = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
      List<Future<?>> running = new ArrayList<>();
      for (Part part : backup.parts()) {
        running.add(
            threads.submit(() -> {
              TableSum sum = TableSums.read(backup.rows(part), (text, length) -> {});
              if (sum.rows() != part.rows()) {
                throw wrongRows(manifest, part, sum.rows());
              }
              sums.add(part.table(), sum);
              long now = done.addAndGet(part.stored().bytes());
              progress.at(
                  "Reading",
                  (int) (now * 100 / all),
                  Words.bytes(now) + " of " + Words.bytes(all) + " read and checked");
              return null;
            }));
      }
      try {
        for (Future<?> each : running) {
          each.get();
        }
        for (Manifest.Stored document : manifest.documents()) {
          backup.document(document);
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupFailure(Reason.VerificationFailed, "Told to stop while verifying", e);
    } catch (Exception e) {
      throw BackupFailure.of(e);
    }
    sums.compare(manifest, Reason.DamagedObject, "has");
  }

  static BackupFailure wrongRows(Manifest manifest, Part part, long rows) {
    return new BackupFailure(
        Reason.DamagedObject,
        "%s%s has %d rows instead of %d. Choose another backup"
            .formatted(manifest.backup().folder(), part.stored().key(), rows, part.rows()));
  }
}
