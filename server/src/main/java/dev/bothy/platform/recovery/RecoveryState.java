package dev.bothy.platform.recovery;

import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.WorkGate;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// What this server knows of the newest restore, looked up every second: whether it is ready, and
/// whether it may work. Until it has looked for the first time it neither is nor may.
@Component
class RecoveryState implements WorkGate, SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(RecoveryState.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final RecoveryTable table;
  private final Workspaces workspaces;
  private final Metrics metrics;
  private volatile @Nullable Known known;
  private volatile @Nullable Thread looking;

  RecoveryState(RecoveryTable table, Workspaces workspaces, Metrics metrics) {
    this.table = table;
    this.workspaces = workspaces;
    this.metrics = metrics;
  }

  private record Known(Optional<Recovery> newest) {}

  /// The restore that counts, as it was when this server looked last; empty where there is none,
  /// and before the first look.
  Optional<Recovery> newest() {
    Known now = known;
    return now == null ? Optional.empty() : now.newest();
  }

  /// Whether this server has looked, and no restore waits to be prepared.
  boolean isPrepared() {
    Known now = known;
    return now != null && !isIn(now, Recovery.State.PREPARING);
  }

  @Override
  public boolean isOpen() {
    Known now = known;
    return now != null && !isIn(now, Recovery.State.PREPARING) && !isIn(now, Recovery.State.HELD);
  }

  private static boolean isIn(Known known, Recovery.State state) {
    return stateOf(known).filter(state::equals).isPresent();
  }

  private static Optional<Recovery.State> stateOf(Known known) {
    return known.newest().map(Recovery::state);
  }

  /// Looks now. Called outside of any transaction, or after one of the installation.
  Optional<Recovery> look() {
    Optional<Recovery> newest = workspaces.forInstallation(table::newest);
    Known before = known;
    known = new Known(newest);
    metrics.recovery(newest.map(each -> metric(each.state())).orElse(0));
    if (before == null || !stateOf(before).equals(newest.map(Recovery::state))) {
      newest
          // Long ago, as far as a server knows that starts now.
          .filter(each -> before != null || each.state() != Recovery.State.RELEASED)
          .ifPresent(RecoveryState::tell);
    }
    return newest;
  }

  private static int metric(Recovery.State state) {
    return switch (state) {
      case RELEASED -> 0;
      case PREPARING -> 1;
      case HELD -> 2;
    };
  }

  private static void tell(Recovery recovery) {
    String from = recovery.backupId() + " of " + recovery.backupTakenAt();
    switch (recovery.state()) {
      case PREPARING ->
          LOG.warn(
              "Restored from the backup {}: nothing is served before the erasure ledger was replayed"
                  + " and everything is swept",
              from);
      case HELD ->
          LOG.warn(
              "Restored from the backup {} and prepared: nothing is handled or sent until an owner"
                  + " or admin says go",
              from);
      case RELEASED -> LOG.info("The restore from the backup {} is released: work goes on", from);
    }
  }

  @Override
  public void start() {
    tryToLook();
    looking = Thread.ofVirtual().name("recovery-state").start(this::keepLooking);
  }

  private void keepLooking() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        tryToLook();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// While the database is away the last look counts.
  private void tryToLook() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.debug("Whether a restore waits could not be looked up", e);
    }
  }

  @Override
  public void stop() {
    Thread thread = looking;
    looking = null;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return looking != null;
  }

  /// Before the workers, who ask it.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 8192;
  }
}
