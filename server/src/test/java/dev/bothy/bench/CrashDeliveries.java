package dev.bothy.bench;

import dev.bothy.platform.chat.slack.SlackRequests;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// The network's side: signed deliveries, each tried again as Slack does until it is acknowledged.
final class CrashDeliveries {
  private final CrashPlan plan;
  private final SlackScene scene;
  private final CrashCast cast;
  private final HttpClient client = Attempt.client();
  private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
  private final Set<Integer> givenUp = new ConcurrentSkipListSet<>();
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final AtomicInteger over = new AtomicInteger();
  private int released;

  CrashDeliveries(CrashPlan plan, SlackScene scene, CrashCast cast) {
    this.plan = plan;
    this.scene = scene;
    this.cast = cast;
  }

  Set<Integer> acknowledged() {
    return acknowledged;
  }

  /// What was tried as often as Slack tries, in vain.
  Set<Integer> givenUp() {
    return givenUp;
  }

  /// How many deliveries are acknowledged or given up.
  int over() {
    return over.get();
  }

  /// How often each answer came, by status or by what went wrong.
  Map<String, Long> answers() {
    Map<String, Long> counted = new TreeMap<>();
    answers.forEach((answer, count) -> counted.put(answer, count.sum()));
    return counted;
  }

  /// Delivers all of it, and returns when nothing is left.
  void deliver() throws InterruptedException, ExecutionException {
    List<Callable<Integer>> conversations = new ArrayList<>();
    for (int conversation = 0; conversation < plan.conversations(); conversation++) {
      int first = conversation;
      conversations.add(() -> {
        for (int number = first; number < plan.deliveries(); number += plan.conversations()) {
          deliver(number);
        }
        return first;
      });
    }
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> conversation : senders.invokeAll(conversations)) {
        conversation.get();
      }
    }
  }

  /// Lets the deliveries below this number go.
  synchronized void release(int below) {
    released = below;
    notifyAll();
  }

  private synchronized void awaitRelease(int number) throws InterruptedException {
    while (number >= released) {
      wait();
    }
  }

  private void deliver(int number) throws InterruptedException {
    awaitRelease(number);
    String channel = scene.channels().get(number % plan.conversations());
    boolean command = plan.makesRotation(number);
    SlackRequests requests = scene.requests();
    SlackRequests.Request first =
        command
            ? scene.newRotation(channel, CrashPlan.rotation(number))
            : scene.message(number, channel, CrashFeature.WORD + number);
    String path = scene.path(command ? "commands" : "events");
    boolean twin = number % CrashPlan.TWIN_EVERY == 0;
    boolean done = attempt(first, path, number, twin);
    for (int retry = 1; !done && retry <= plan.pauses().size(); retry++) {
      Thread.sleep(plan.pauses().get(retry - 1));
      done = attempt(requests.retry(first, retry, "http_error"), path, number + retry, false);
    }
    (done ? acknowledged : givenUp).add(number);
    over.incrementAndGet();
  }

  /// A load balancer that notices at once when nobody listens, and nothing else.
  private boolean attempt(SlackRequests.Request request, String path, int turn, boolean twin)
      throws InterruptedException {
    int preferred = turn % 2;
    if (twin) {
      Thread other =
          Thread.startVirtualThread(() -> {
            try {
              attempt(request, path, 1 - preferred);
            } catch (InterruptedException ended) {
              Thread.currentThread().interrupt();
            }
          });
      Attempt attempt = attempt(request, path, preferred);
      other.join();
      return attempt.acknowledged();
    }
    Attempt attempt = attempt(request, path, preferred);
    return (attempt.foundNobody() ? attempt(request, path, 1 - preferred) : attempt).acknowledged();
  }

  private Attempt attempt(SlackRequests.Request request, String path, int server)
      throws InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + cast.port(server) + path);
    Attempt attempt = Attempt.of(client, address, request);
    answers.computeIfAbsent(attempt.words(), _ -> new LongAdder()).increment();
    return attempt;
  }

  static String words(List<Duration> pauses) {
    return String.join(", ", pauses.stream().map(pause -> pause.toMillis() + " ms").toList());
  }
}
