package dev.bothy.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// Sends at a constant rate whatever becomes of what it sent before, over connections that stay
/// open. A time counts from the moment at which its request was due, so that what had to wait
/// behind others shows.
final class PacedLoad {
  private PacedLoad() {}

  /// @param refused answers other than 200, and requests without one
  record Result(Latencies latencies, int refused) {}

  static Result run(int perSecond, Duration length, IntFunction<HttpRequest> requests)
      throws InterruptedException {
    ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
    AtomicInteger refused = new AtomicInteger();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      long begin = System.nanoTime();
      int count = Math.toIntExact(perSecond * length.toSeconds());
      for (int number = 0; number < count; number++) {
        long due = begin + TimeUnit.SECONDS.toNanos(number) / perSecond;
        TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
        HttpRequest request = requests.apply(number);
        senders.execute(() -> {
          if (isAccepted(client, request)) {
            times.add(System.nanoTime() - due);
          } else {
            refused.incrementAndGet();
          }
        });
      }
    }
    return new Result(
        new Latencies(times.stream().mapToLong(Long::longValue).toArray()), refused.get());
  }

  private static boolean isAccepted(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  /// A request of Slack's as it goes to this server.
  static HttpRequest of(SlackScene scene, int port, long number, String text) {
    dev.bothy.platform.chat.slack.SlackRequests.Request message =
        scene.message(number, scene.channels().get((int) (number % scene.channels().size())), text);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + scene.path("events")))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofByteArray(message.body()));
    message.headers().forEach(request::header);
    return request.build();
  }
}
