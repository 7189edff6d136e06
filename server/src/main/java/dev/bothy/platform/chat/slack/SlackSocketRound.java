package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.slack.SlackAppSockets.Parts;
import dev.bothy.platform.chat.slack.SlackSocketOpener.Opening;
import dev.bothy.platform.operation.Metrics.Reconnect;
import dev.bothy.platform.work.Leases;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The sockets of one app under one lease: from taking it to losing it.
///
/// Each socket has a place. When Slack asks for a refresh the place opens a new socket first and
/// lets the old one go after Slack has greeted on the new; when a socket is lost it opens another
/// at once, and with growing pauses if that fails.
final class SlackSocketRound {
  private static final Logger LOG = LoggerFactory.getLogger(SlackSocketRound.class);

  /// Enough to keep Slack's 3 seconds; beyond it a socket is not read, which Slack notices.
  private static final int IN_HAND = 100;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /// A socket that was lost sooner counts as one that did not open.
  private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

  private static final Duration LAST_ANSWERS = Duration.ofMillis(700);

  private final Parts parts;
  private final Supplier<SlackSocketApp> app;
  private final Leases.Lease lease;
  private final BooleanSupplier holds;
  private final SlackSocketStatus.Board board;
  private final InOrder inOrder = new InOrder("slack-envelope");
  private final Semaphore inHand = new Semaphore(IN_HAND);

  /// Those that are open, also the replaced ones that still hear what is on its way.
  private final Set<SlackSocket> sockets = ConcurrentHashMap.newKeySet();

  private final List<Thread> places = new ArrayList<>();
  private final ReentrantLock opening = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition tryNow = lock.newCondition();
  private volatile boolean ended;
  private int wishes;
  private int token;

  SlackSocketRound(
      Parts parts, Supplier<SlackSocketApp> app, Leases.Lease lease, BooleanSupplier holds) {
    this.parts = parts;
    this.app = app;
    this.lease = lease;
    this.holds = holds;
    this.board = new SlackSocketStatus.Board(parts, lease);
  }

  void start() {
    LOG.info("Opening {} sockets for {}", parts.count(), app.get());
    for (int place = 0; place < parts.count(); place++) {
      places.add(Thread.ofVirtual().name("slack-socket-" + lease.name()).start(this::sit));
    }
  }

  /// Takes nothing more in, lets what is in hand be answered, and closes every socket.
  void stop() {
    ended = true;
    try {
      boolean answered = inHand.tryAcquire(IN_HAND, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("Closing the sockets of {}{}", app.get(), answered ? "" : "; not all is answered");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sockets.forEach(SlackSocket::close);
    places.forEach(Thread::interrupt);
  }

  /// Something changed that may help: no place waits any longer.
  void tryNow() {
    lock.lock();
    try {
      wishes++;
      tryNow.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void sit() {
    int failures = 0;
    @Nullable SlackSocket old = null;
    try {
      while (!ended) {
        SlackSocket socket = new SlackSocket(parts.times(), this::deliver);
        switch (open(socket)) {
          case Opening.Open open -> {
            if (old != null) {
              old.leave();
              old = null;
            }
            long openedAt = System.nanoTime();
            SlackSocket.End end = use(socket);
            if (end == SlackSocket.End.REFRESH) {
              old = socket;
            }
            boolean shortLived = System.nanoTime() - openedAt < SHORT_LIFE.toNanos();
            failures = shortLived && end == SlackSocket.End.LOST ? failures + 1 : 0;
            if (failures > 0) {
              pause(backoff(failures));
            }
          }
          case Opening.Later later -> {
            failures++;
            parts.metrics().reconnected(Parts.NETWORK, Reconnect.FAILED);
            LOG.warn("No socket for {}: {}", app.get(), later.problem());
            board.failed(later.problem());
            Duration backoff = backoff(failures);
            pause(later.atLeast().compareTo(backoff) > 0 ? later.atLeast() : backoff);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      LOG.error("A place for a socket of {} is lost", app.get(), bug);
    }
  }

  /// One at a time, so that Slack's limit on asking is not run into by all places at once.
  private Opening open(SlackSocket socket) throws InterruptedException {
    opening.lockInterruptibly();
    try {
      List<String> tokens = app.get().tokens();
      Opening opening = parts.opener().open(tokens.get(token % tokens.size()), socket);
      if (opening instanceof Opening.Later later && later.badToken()) {
        token++;
      }
      return opening;
    } finally {
      opening.unlock();
    }
  }

  private SlackSocket.End use(SlackSocket socket) throws InterruptedException {
    sockets.removeIf(SlackSocket::isClosed);
    sockets.add(socket);
    parts.metrics().socketOpened(Parts.NETWORK);
    board.opened();
    try {
      if (ended) {
        socket.close();
      }
      SlackSocket.End end = socket.awaitEnd();
      if (!ended) {
        LOG.info("A socket of {} ends: {}", app.get(), socket.ending());
        parts
            .metrics()
            .reconnected(
                Parts.NETWORK,
                switch (end) {
                  case REFRESH -> Reconnect.REFRESHED;
                  case LOST -> Reconnect.LOST;
                });
      }
      return end;
    } finally {
      parts.metrics().socketClosed(Parts.NETWORK);
      if (!ended) {
        board.closed();
      }
    }
  }

  private void deliver(SlackSocket socket, JsonNode envelope) {
    if (ended || !holds.getAsBoolean()) {
      return;
    }
    inHand.acquireUninterruptibly();
    inOrder.run(
        SlackEnvelopes.order(envelope),
        () -> {
          try {
            parts.envelopes().take(app.get(), envelope).ifPresent(answer -> answer(socket, answer));
          } finally {
            inHand.release();
          }
        });
  }

  private static void answer(SlackSocket socket, JsonNode answer) {
    try {
      socket.acknowledge(answer);
    } catch (IOException lost) {
      // Slack sends it again over another socket, where it is found to be stored already.
      LOG.info("A delivery of Slack's could not be acknowledged: {}", lost.getMessage());
    }
  }

  private void pause(Duration length) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = length.toNanos();
      int before = wishes;
      while (!ended && wishes == before && left > 0) {
        left = tryNow.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Doubled for each failure, and between half and all of that by chance, so that many who were
  /// cut off together do not come together again.
  private static Duration backoff(int failures) {
    long doubled = FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10);
    long bounded = Math.min(doubled, LONGEST_PAUSE.toMillis());
    return Duration.ofMillis(
        (long) (bounded * (0.5 + ThreadLocalRandom.current().nextDouble() / 2)));
  }
}
