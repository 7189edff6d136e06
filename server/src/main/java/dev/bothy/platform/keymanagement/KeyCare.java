package dev.bothy.platform.keymanagement;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.DataKey;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.keys.WrappingKey;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.Leases;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/// Goes through all data keys once an hour, on one server: wraps anew what an older version of its
/// wrapping key has wrapped, or another provider, and lets the provider refuse versions that
/// neither a row nor a backup needs any more. Whatever stops it, the next round finds the rest.
@Service
public class KeyCare implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(KeyCare.class);
  private static final String LEASE = "key-care-";
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration EVERY = Duration.ofHours(1);

  /// Every delivery is sealed under the installation's key. AES-GCM with random IVs is good for
  /// 2^32 records under one key (NIST SP 800-38D §8.3): 1,650 in each second of a month.
  private static final Duration INSTALLATION_KEY = Duration.ofDays(30);

  /// Workspaces at the same time: each waits for Vault, and then holds a connection for moments.
  private static final int AT_ONCE = 4;

  private final DataKeys dataKeys;
  private final Workspaces workspaces;
  private final Leases leases;
  private final Metrics metrics;
  private final Clock clock;
  private volatile @Nullable Thread caring;

  KeyCare(DataKeys dataKeys, Workspaces workspaces, Leases leases, Metrics metrics, Clock clock) {
    this.dataKeys = dataKeys;
    this.workspaces = workspaces;
    this.leases = leases;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// What a round has done.
  ///
  /// @param rewrapped data keys that were wrapped anew
  /// @param failed workspaces that it could not look after, the installation counted as one
  public record Round(int rewrapped, int failed) {}

  /// Looks after the keys of one workspace. Called outside of any transaction.
  ///
  /// @return how many were wrapped anew
  /// @throws dev.bothy.platform.kernel.OutOfReach while the provider is away
  public int of(WorkspaceId workspace) {
    Map<String, List<DataKey>> byOwner =
        workspaces.inWorkspace(workspace, dataKeys::list).stream()
            .filter(key -> key.state() == DataKey.State.LIVES)
            .collect(Collectors.groupingBy(DataKey::owner));
    int rewrapped = 0;
    for (Map.Entry<String, List<DataKey>> each : byOwner.entrySet()) {
      int count = dataKeys.rewrap(workspace, each.getKey());
      metrics.rewrapped(count);
      rewrapped += count;
      if (count == 0) {
        refuseOlder(workspace, each.getKey(), each.getValue());
      }
    }
    return rewrapped;
  }

  /// A backup holds the data keys as they were wrapped when it was made.
  private void refuseOlder(WorkspaceId workspace, String owner, List<DataKey> living) {
    Instant needed = clock.instant().minus(dataKeys.backupsKept());
    Optional<WrappingKey> key = dataKeys.wrappingKey(workspace, owner).filter(WrappingKey::own);
    if (key.isPresent()
        && key.get().oldestVersion() < key.get().latestVersion()
        && living.stream().allMatch(each -> each.wrappedAt().isBefore(needed))) {
      dataKeys.refuseOlder(workspace, owner, key.get().latestVersion());
      LOG.info("Older versions of {} unwrap no more", key.get().name());
    }
  }

  private int ofInstallation() {
    int count = dataKeys.rewrapInstallation();
    metrics.rewrapped(count);
    if (dataKeys.renewInstallation(INSTALLATION_KEY)) {
      LOG.info("The installation has a new data key");
    }
    Optional<WrappingKey> key = dataKeys.installationWrappingKey().filter(WrappingKey::own);
    if (count == 0
        && key.isPresent()
        && key.get().oldestVersion() < key.get().latestVersion()
        && dataKeys
            .installationRewrappedAt()
            .map(at -> at.isBefore(clock.instant().minus(dataKeys.backupsKept())))
            .orElse(true)) {
      dataKeys.refuseOlderOfInstallation(key.get().latestVersion());
      LOG.info("Older versions of {} unwrap no more", key.get().name());
    }
    return count;
  }

  /// Looks after the keys of all workspaces and of the installation.
  public Round round() {
    AtomicInteger rewrapped = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    try {
      rewrapped.addAndGet(ofInstallation());
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      LOG.warn("The installation's keys are looked after later", e);
    }
    Semaphore free = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (WorkspaceId workspace : workspaces.forInstallation(dataKeys::workspaces)) {
        threads.execute(() -> {
          free.acquireUninterruptibly();
          try {
            rewrapped.addAndGet(of(workspace));
          } catch (RuntimeException e) {
            failed.incrementAndGet();
            LOG.warn("The keys of workspace {} are looked after later", workspace, e);
          } finally {
            free.release();
          }
        });
      }
    }
    return new Round(rewrapped.get(), failed.get());
  }

  @Override
  public void start() {
    caring = Thread.ofVirtual().name("key-care").start(this::care);
  }

  @Override
  public void stop() {
    Thread thread = caring;
    caring = null;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return caring != null;
  }

  private void care() {
    Duration pause = FIRST;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(pause);
        pause = EVERY;
        // Not handed back: the round of this hour is done. Servers that wrap by another provider
        // have an hour of their own.
        if (leases.take(LEASE + dataKeys.provider(), EVERY).isPresent()) {
          tell(round());
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("Keys are looked after in an hour", e);
      }
    }
  }

  private static void tell(Round round) {
    if (round.rewrapped() > 0 || round.failed() > 0) {
      LOG.info(
          "{} data keys were wrapped anew; {} workspaces are left for later",
          round.rewrapped(),
          round.failed());
    }
  }
}
