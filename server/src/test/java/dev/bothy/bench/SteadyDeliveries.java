package dev.bothy.bench;

import dev.bothy.platform.chat.slack.SlackRequests;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/// A network that sends at a constant rate, whatever becomes of what it sent before, and tries a
/// delivery that was not acknowledged once more.
///
/// ## The pause before the retry
///
/// Slack tries an event again almost at once, then after a minute and after five; a command it does
/// not try again at all, so that whoever typed it does. Five seconds stand for both: they are far
/// less than Slack's second retry and about what a person needs to type it again, and more than a
/// cluster needs to notice that a process has ended and to send nobody there any more. For that the
/// EndpointSlice controller and kube-proxy each gather changes for up to a second, on processors
/// that a starting server uses as well. A retry within that time would meet the same dead pod by
/// chance.
///
/// ## Connections
///
/// A Service chooses a pod for each connection, not for each request. After ten deliveries a new
/// connection is made, and for each retry.
final class SteadyDeliveries {
  static final Duration BEFORE_RETRY = Duration.ofSeconds(5);
  static final int DELIVERIES_A_CONNECTION = 10;

  /// One that was acknowledged neither at first nor by its retry.
  ///
  /// @param at when its retry had failed
  /// @param first what became of the first attempt
  record Failure(int number, Instant at, String first, String retry) {}

  /// How far it has come. What was sent and is none of the others is under way.
  ///
  /// @param acknowledged at the first attempt
  /// @param retried acknowledged at the second
  record Count(int sent, int acknowledged, int retried, int failed) {}

  private final Clock clock;
  private final URI address;
  private final SlackRequests signer;
  private final IntFunction<SlackRequests.Request> deliveries;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger sent = new AtomicInteger();
  private final Set<Integer> acknowledgedAtOnce = new ConcurrentSkipListSet<>();
  private final Set<Integer> acknowledgedAfterRetry = new ConcurrentSkipListSet<>();
  private final ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();

  /// A client for the next few deliveries, which is closed when the last of them is over.
  private record Shared(HttpClient client, AtomicInteger left) {
    static Shared open() {
      return new Shared(Attempt.client(), new AtomicInteger(DELIVERIES_A_CONNECTION));
    }

    void leave() {
      if (left.decrementAndGet() == 0) {
        client.close();
      }
    }
  }

  /// @param deliveries makes the delivery of a number, signed now
  SteadyDeliveries(
      Clock clock,
      URI address,
      SlackRequests signer,
      IntFunction<SlackRequests.Request> deliveries) {
    this.clock = clock;
    this.address = address;
    this.signer = signer;
    this.deliveries = deliveries;
  }

  /// Sends until [#stop], and returns when the last delivery is acknowledged or has failed.
  void run(int perSecond) throws InterruptedException {
    Shared shared = Shared.open();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      long begin = System.nanoTime();
      for (int number = 0; ; number++) {
        long due = begin + TimeUnit.SECONDS.toNanos(number) / perSecond;
        if (stopped.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          break;
        }
        if (number > 0 && number % DELIVERIES_A_CONNECTION == 0) {
          shared = Shared.open();
        }
        int next = number;
        Shared used = shared;
        sent.incrementAndGet();
        senders.execute(() -> deliver(next, due, used));
      }
    }
    shared.client().close();
  }

  /// Sends nothing new; what is under way goes on.
  void stop() {
    stopped.countDown();
  }

  private void deliver(int number, long due, Shared shared) {
    try {
      SlackRequests.Request request = deliveries.apply(number);
      Attempt first = attempt(shared.client(), request, "delivery " + number);
      if (first.acknowledged()) {
        acknowledgedAtOnce.add(number);
        latencies.add(System.nanoTime() - due);
        return;
      }
      Thread.sleep(BEFORE_RETRY);
      try (HttpClient another = Attempt.client()) {
        Attempt retry =
            attempt(another, signer.retry(request, 1, first.reason()), "retry of " + number);
        if (retry.acknowledged()) {
          acknowledgedAfterRetry.add(number);
          latencies.add(System.nanoTime() - due);
        } else {
          failures.add(new Failure(number, clock.instant(), first.words(), retry.words()));
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      shared.leave();
    }
  }

  private Attempt attempt(HttpClient client, SlackRequests.Request request, String what)
      throws InterruptedException {
    Attempt attempt = Attempt.of(client, address, request);
    answers.computeIfAbsent(attempt.words(), _ -> new LongAdder()).increment();
    if (!attempt.acknowledged()) {
      System.err.printf("%s %s: %s%n", clock.instant(), what, attempt.words());
    }
    return attempt;
  }

  Count count() {
    return new Count(
        sent.get(), acknowledgedAtOnce.size(), acknowledgedAfterRetry.size(), failures.size());
  }

  /// The numbers of those that were acknowledged, at once or after their retry.
  List<Integer> acknowledged() {
    List<Integer> all = new ArrayList<>(acknowledgedAtOnce);
    all.addAll(acknowledgedAfterRetry);
    return all;
  }

  List<Failure> failures() {
    return List.copyOf(failures);
  }

  /// From the moment a delivery was due to its acknowledgement, also when that took a retry.
  Latencies latencies() {
    return new Latencies(latencies.stream().mapToLong(Long::longValue).toArray());
  }

  /// How often each answer came, by status or by what went wrong.
  Map<String, Long> answers() {
    Map<String, Long> counted = new TreeMap<>();
    answers.forEach((answer, count) -> counted.put(answer, count.sum()));
    return counted;
  }
}
