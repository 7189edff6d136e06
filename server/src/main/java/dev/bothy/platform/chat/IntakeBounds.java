package dev.bothy.platform.chat;

import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.Metrics.Bound;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// What one connection and one workspace may bring, for this replica alone: what is turned away
/// here was not acknowledged, and its network sends it again.
@Component
class IntakeBounds {
  /// How much may come at once: ten seconds' worth.
  private static final int BURSTS_A_MINUTE = 6;

  /// Where the queue is the bound it moves on within milliseconds; a network's next try is later
  /// than this anyway.
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ChatSettings settings;
  private final Metrics metrics;

  /// Nanoseconds that only ever go forward, whatever the machine's clock does.
  private final LongSupplier time;

  /// When each bucket will be full again.
  private final Map<UUID, AtomicLong> connections = new ConcurrentHashMap<>();

  private final Map<UUID, AtomicLong> workspaces = new ConcurrentHashMap<>();
  private final Map<UUID, AtomicInteger> storing = new ConcurrentHashMap<>();

  @Autowired
  IntakeBounds(ChatSettings settings, Metrics metrics) {
    long start = System.nanoTime();
    this(settings, metrics, () -> System.nanoTime() - start);
  }

  IntakeBounds(ChatSettings settings, Metrics metrics, LongSupplier time) {
    this.settings = settings;
    this.metrics = metrics;
    this.time = time;
  }

  /// Stores an event unless that would go beyond a bound.
  ///
  /// @param store called at most once
  Intake.Result within(ChatConnection connection, Supplier<Intake.Result> store) {
    Duration wait =
        take(connections, connection.id().value(), settings.connectionEventsPerMinute());
    if (wait.isPositive()) {
      return refuse(connection, Bound.CONNECTION_RATE, wait);
    }
    UUID workspace = connection.workspace().value();
    wait = take(workspaces, workspace, settings.workspaceEventsPerMinute());
    if (wait.isPositive()) {
      return refuse(connection, Bound.WORKSPACE_RATE, wait);
    }
    AtomicInteger share = storing.computeIfAbsent(workspace, _ -> new AtomicInteger());
    if (share.incrementAndGet() > settings.workspaceEventsWaiting()) {
      share.decrementAndGet();
      return refuse(connection, Bound.WORKSPACE_SHARE, SOON);
    }
    try {
      Intake.Result result = store.get();
      if (result instanceof Intake.Result.Full) {
        metrics.intakeRefused(connection.network().id(), Bound.FULL);
      }
      return result;
    } finally {
      share.decrementAndGet();
    }
  }

  private Intake.Result refuse(ChatConnection connection, Bound bound, Duration wait) {
    metrics.intakeRefused(connection.network().id(), bound);
    // A header in whole seconds: none would say that it may come at once.
    return new Intake.Result.Full(wait.compareTo(SOON) < 0 ? SOON : wait, true);
  }

  /// Takes a token; positive when there is none, and how long until there is.
  private Duration take(Map<UUID, AtomicLong> buckets, UUID key, int perMinute) {
    long gap = Duration.ofMinutes(1).toNanos() / perMinute;
    long most = gap * Math.max(1, perMinute / BURSTS_A_MINUTE);
    long now = time.getAsLong();
    AtomicLong fullAt = buckets.computeIfAbsent(key, _ -> new AtomicLong(Long.MIN_VALUE));
    while (true) {
      long before = fullAt.get();
      long after = Math.max(before, now) + gap;
      if (after - now > most) {
        return Duration.ofNanos(after - now - most);
      }
      if (fullAt.compareAndSet(before, after)) {
        return Duration.ZERO;
      }
    }
  }
}
