package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two replicas, each with a [Leases] of its own, on one database.
@BothyTest
class LeasedConnectionTest {
  private static final LeasedConnection.Pace QUICK =
      new LeasedConnection.Pace(
          Duration.ofSeconds(2),
          Duration.ofMillis(200),
          Duration.ofMillis(50),
          Duration.ofMillis(500));

  /// So long that no pause of a busy machine ends it.
  private static final LeasedConnection.Pace LASTING =
      new LeasedConnection.Pace(
          Duration.ofMinutes(2),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofSeconds(1));

  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  private final String name = "test." + UUID.randomUUID();
  private final List<LeasedConnection> all = new ArrayList<>();

  @AfterEach
  void stop() {
    all.forEach(LeasedConnection::stop);
  }

  @Test
  void oneHoldsItAndTheOtherHasItAtOnceWhenTheFirstStops() {
    Probe one = new Probe();
    Probe other = new Probe();
    LeasedConnection first = begin(new Leases(jdbc, workspaces), one, System::nanoTime);
    await().until(one::runs);
    LeasedConnection second = begin(new Leases(jdbc, workspaces), other, System::nanoTime);
    assertThat(first.holds()).isTrue();
    assertThat(second.holds()).isFalse();

    first.stop();

    assertThat(one.runs()).isFalse();
    assertThat(first.holds()).isFalse();
    // Not after the lease would have ended by itself.
    await().atMost(QUICK.length()).until(other::runs);
    assertThat(other.fences.getLast()).isGreaterThan(one.fences.getLast());
  }

  @Test
  void aHolderProlongsItsLeaseForAsLongAsItRuns() {
    Probe one = new Probe();
    Probe other = new Probe();
    begin(new Leases(jdbc, workspaces), one, LASTING);
    await().until(one::runs);
    begin(new Leases(jdbc, workspaces), other, LASTING);
    OffsetDateTime end = end();

    await().until(() -> end().isAfter(end.plus(LASTING.renew().multipliedBy(3))));

    assertThat(one.runs()).isTrue();
    assertThat(one.fences).hasSize(1);
    assertThat(other.fences).isEmpty();
  }

  /// The database does not answer, and the holder cannot know who has the lease by now.
  @Test
  void aHolderThatCannotProlongItLetsGoBeforeAnotherHasIt() {
    AtomicBoolean cutOff = new AtomicBoolean();
    List<String> order = new CopyOnWriteArrayList<>();
    Probe one = new Probe(order, "one");
    Probe other = new Probe(order, "other");
    begin(new CutOff(cutOff), one, System::nanoTime);
    await().until(one::runs);
    begin(new Leases(jdbc, workspaces), other, System::nanoTime);

    cutOff.set(true);

    await().until(other::runs);
    assertThat(order).containsExactly("one starts", "one stops", "other starts");
    cutOff.set(false);
  }

  @Test
  void aHolderThatSleptTooLongHoldsNothingWhenItWakesUp() {
    AtomicLong slept = new AtomicLong();
    Probe one = new Probe();
    LeasedConnection first =
        begin(new Leases(jdbc, workspaces), one, () -> System.nanoTime() + slept.get());
    await().until(one::runs);
    assertThat(one.holds()).isTrue();

    slept.set(Duration.ofMinutes(1).toNanos());

    // Before anything else of it had the time to notice.
    assertThat(one.holds()).isFalse();
    assertThat(first.holds()).isFalse();
    // It asks again, and nobody else wanted it.
    await().until(() -> first.holds() && one.runs());
  }

  @Test
  void whatDoesNotStartIsTriedAgain() {
    Probe one = new Probe();
    one.failing.set(true);
    begin(new Leases(jdbc, workspaces), one, System::nanoTime);
    await().until(() -> one.attempts.get() >= 2);
    one.failing.set(false);
    await().until(one::runs);
  }

  /// When the lease ends, unless it is prolonged.
  private OffsetDateTime end() {
    return workspaces.forInstallation(() ->
        jdbc.sql("select ends_at from lease where name = ?")
            .param(name)
            .query(OffsetDateTime.class)
            .single());
  }

  private LeasedConnection begin(Leases leases, Probe probe, LongSupplier nanoTime) {
    return begin(new LeasedConnection(leases, name, probe, QUICK, nanoTime));
  }

  private void begin(Leases leases, Probe probe, LeasedConnection.Pace pace) {
    begin(new LeasedConnection(leases, name, probe, pace, System::nanoTime));
  }

  private LeasedConnection begin(LeasedConnection connection) {
    all.add(connection);
    connection.start();
    return connection;
  }

  /// A replica that the database can be cut off from.
  private final class CutOff extends Leases {
    private final AtomicBoolean cutOff;

    CutOff(AtomicBoolean cutOff) {
      super(jdbc, workspaces);
      this.cutOff = cutOff;
    }

    @Override
    public java.util.Optional<Lease> take(String leaseName, Duration length) {
      if (cutOff.get()) {
        throw new TransientDataAccessResourceException("cut off");
      }
      return super.take(leaseName, length);
    }
  }

  private static final class Probe implements LeasedConnection.Held {
    private final List<Long> fences = new CopyOnWriteArrayList<>();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicLong attempts = new AtomicLong();
    private final List<String> order;
    private final String called;
    private volatile boolean running;
    private volatile BooleanSupplier holding = () -> false;

    Probe() {
      this(new CopyOnWriteArrayList<>(), "");
    }

    Probe(List<String> order, String called) {
      this.order = order;
      this.called = called;
    }

    boolean runs() {
      return running;
    }

    boolean holds() {
      return holding.getAsBoolean();
    }

    @Override
    public void start(Leases.Lease lease, BooleanSupplier holds) {
      attempts.incrementAndGet();
      if (failing.get()) {
        throw new IllegalStateException("not now");
      }
      fences.add(lease.fence());
      holding = holds;
      running = true;
      order.add(called + " starts");
    }

    @Override
    public void stop() {
      running = false;
      order.add(called + " stops");
    }
  }
}
