package dev.bothy.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Which of several operators acts: the one that holds a Lease and renewed it a short while ago.
///
/// It never ends the process. Who loses the lease, or cannot reach the API server, stops leading
/// and goes on trying. Time is the process's own monotonic clock, as in Kubernetes' own components:
/// a lease is dead when its content was *seen* unchanged for [#LEASE], whatever its time stamps
/// say. `docs/decisions/0012-operator-leadership.md` says why this is ours.
public final class Leadership implements AutoCloseable {
  /// After so long without a renewal another one may take over.
  static final Duration LEASE = Duration.ofSeconds(15);

  /// How often it is renewed, or looked at.
  static final Duration ROUND = Duration.ofSeconds(3);

  /// After so long without a renewal its holder no longer changes anything. A request that was
  /// begun before may take [#REQUEST] and has then ended before anybody else leads.
  static final Duration FENCE = Duration.ofSeconds(8);

  /// For how long a request of the operator may take.
  public static final Duration REQUEST = Duration.ofSeconds(5);

  private static final Logger LOG = Logger.getLogger(Leadership.class.getName());
  private static final String NAME = "bothy-operator";

  private final KubernetesClient client;
  private final String namespace;
  private final String identity;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Thread thread;

  private volatile boolean stopped;
  private volatile boolean held;
  private volatile long renewed;
  private volatile long lastRound;
  private @Nullable Lease seen;
  private long seenAt;

  /// @param client one whose requests end after [#REQUEST]
  /// @param identity of this process; unique for ever, since a name that comes back would take an
  ///   earlier life's lease for its own
  public Leadership(
      KubernetesClient client, String namespace, String identity, Clock clock, LongSupplier nanos) {
    this.client = client;
    this.namespace = namespace;
    this.identity = identity;
    this.clock = clock;
    this.nanos = nanos;
    this.lastRound = nanos.getAsLong();
    this.thread = Thread.ofPlatform().name("leadership").daemon().unstarted(this::rounds);
  }

  public void start() {
    thread.start();
  }

  /// Whether this process may change things right now.
  public boolean leads() {
    return held && nanos.getAsLong() - renewed < FENCE.toNanos();
  }

  /// Whether the rounds still go on, be they successful or not.
  public boolean isAlive() {
    return nanos.getAsLong() - lastRound < LEASE.multipliedBy(4).toNanos();
  }

  /// Stops, and lets another one lead at once.
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    if (held) {
      held = false;
      try {
        Lease lease = read();
        if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
          write(lease, "", lease.getSpec().getLeaseTransitions());
        }
      } catch (KubernetesClientException e) {
        LOG.log(Level.FINE, "The lease could not be given back and ends by itself", e);
      }
    }
  }

  private void rounds() {
    while (!stopped) {
      round();
      try {
        Thread.sleep(ROUND);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// One try to renew or to take the lease.
  void round() {
    long begin = nanos.getAsLong();
    boolean led = held;
    try {
      held = renewedOrTaken();
      if (held) {
        renewed = begin;
      }
    } catch (KubernetesClientException e) {
      // What is held stays held until the fence closes: the API server may be back by then.
      LOG.log(Level.WARNING, "The lease cannot be renewed: {0}", e.getMessage());
    }
    lastRound = nanos.getAsLong();
    if (led != held) {
      LOG.log(Level.INFO, held ? "This operator leads" : "Another operator leads");
    }
  }

  private boolean renewedOrTaken() {
    Lease lease = read();
    if (lease == null) {
      return write(null, identity, 0);
    }
    if (!Objects.equals(lease, seen)) {
      seen = lease;
      seenAt = nanos.getAsLong();
    }
    LeaseSpec spec = lease.getSpec();
    int transitions = Objects.requireNonNullElse(spec.getLeaseTransitions(), 0);
    if (identity.equals(spec.getHolderIdentity())) {
      return write(lease, identity, transitions);
    }
    boolean free = spec.getHolderIdentity() == null || spec.getHolderIdentity().isEmpty();
    boolean dead = nanos.getAsLong() - seenAt >= LEASE.toNanos();
    return (free || dead) && write(lease, identity, transitions + 1);
  }

  private @Nullable Lease read() {
    return client.leases().inNamespace(namespace).withName(NAME).get();
  }

  /// Only over the version that was read: of two that try, one succeeds.
  ///
  /// @return false if another one was first
  private boolean write(@Nullable Lease before, String holder, @Nullable Integer transitions) {
    ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
    boolean takes = before == null || !holder.equals(before.getSpec().getHolderIdentity());
    Lease lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace)
            .withResourceVersion(before == null ? null : before.getMetadata().getResourceVersion())
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(holder)
            .withLeaseDurationSeconds((int) LEASE.toSeconds())
            .withLeaseTransitions(transitions)
            .withRenewTime(now)
            .withAcquireTime(before == null || takes ? now : before.getSpec().getAcquireTime())
            .endSpec()
            .build();
    try {
      if (before == null) {
        client.resource(lease).create();
      } else {
        client.resource(lease).update();
      }
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409) {
        return false;
      }
      throw e;
    }
  }
}
