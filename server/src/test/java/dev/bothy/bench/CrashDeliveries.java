package dev.bothy.bench;

import dev.bothy.platform.chat.slack.SlackRequests;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CrashPlan.PATIENCE)
          .build();
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
            ? scene.command(
                channel,
                "new \"%s\" daily 09:00 Europe/Berlin <@%s>"
                    .formatted(CrashPlan.rotation(number), SlackScene.ADA))
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
      Thread other = Thread.startVirtualThread(() -> status(request, path, 1 - preferred));
      int status = status(request, path, preferred);
      other.join();
      return status == 200;
    }
    int status = status(request, path, preferred);
    return (status == NOBODY ? status(request, path, 1 - preferred) : status) == 200;
  }

  private static final int NOBODY = -1;
  private static final int BROKEN = -2;

  private int status(SlackRequests.Request request, String path, int server) {
    URI address = URI.create("http://127.0.0.1:" + cast.port(server) + path);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address)
            .timeout(CrashPlan.PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(builder::header);
    try {
      int status =
          client.send(builder.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      count(String.valueOf(status));
      return status;
    } catch (ConnectException nobody) {
      count("nobody listening");
      return NOBODY;
    } catch (IOException broken) {
      count(
          broken instanceof java.net.http.HttpTimeoutException
              ? "no answer in " + CrashPlan.PATIENCE.toSeconds() + " s"
              : "connection lost");
      return BROKEN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return BROKEN;
    }
  }

  private void count(String answer) {
    answers.computeIfAbsent(answer, _ -> new LongAdder()).increment();
  }

  static String words(List<Duration> pauses) {
    return String.join(", ", pauses.stream().map(pause -> pause.toMillis() + " ms").toList());
  }
}
