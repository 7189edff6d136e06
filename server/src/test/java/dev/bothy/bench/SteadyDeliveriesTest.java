package dev.bothy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bothy.platform.chat.slack.SlackRequests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against a server that refuses what the test says: what is not acknowledged, lost or doubled is
/// counted as such.
class SteadyDeliveriesTest {
  private static final int PER_SECOND = 50;

  private final Clock clock = Clock.systemUTC();
  private final SlackRequests requests = SlackRequests.signedWith("secret", clock);
  private final Map<Integer, List<Instant>> arrivals = new ConcurrentHashMap<>();
  private final List<String> retries = new CopyOnWriteArrayList<>();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private HttpServer server;
  private SteadyDeliveries deliveries;

  private volatile Set<Integer> refusedOnce = Set.of();
  private volatile Set<Integer> refusedAlways = Set.of();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
    deliveries = deliveriesTo(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private SteadyDeliveries deliveriesTo(int port) {
    return new SteadyDeliveries(
        clock,
        URI.create("http://127.0.0.1:" + port + "/commands"),
        requests,
        number -> requests.form(Map.of("number", "" + number)));
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes());
    int number = Integer.parseInt(body.substring("number=".length()));
    String retry = exchange.getRequestHeaders().getFirst("X-Slack-Retry-Num");
    String reason = exchange.getRequestHeaders().getFirst("X-Slack-Retry-Reason");
    connections.add(exchange.getRemoteAddress());
    arrivals.computeIfAbsent(number, _ -> new CopyOnWriteArrayList<>()).add(clock.instant());
    if (retry != null) {
      retries.add(number + " " + retry + " " + reason);
    }
    boolean refused =
        refusedAlways.contains(number) || retry == null && refusedOnce.contains(number);
    exchange.sendResponseHeaders(refused ? 503 : 200, -1);
    exchange.close();
  }

  private void send(int atLeast) throws InterruptedException {
    Thread sender =
        Thread.startVirtualThread(() -> {
          try {
            deliveries.run(PER_SECOND);
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        });
    await().until(() -> deliveries.count().sent() >= atLeast);
    deliveries.stop();
    sender.join();
  }

  /// That each delivery was carried out once.
  private List<Integer> once() {
    return new ArrayList<>(IntStream.range(0, deliveries.count().sent()).boxed().toList());
  }

  @Test
  void whatIsRefusedOnceIsAcknowledgedByItsRetryAfterAPause() throws Exception {
    refusedOnce = Set.of(3, 17);

    send(40);

    assertThat(deliveries.count().retried()).isEqualTo(2);
    assertThat(deliveries.failures()).isEmpty();
    assertThat(retries).containsExactlyInAnyOrder("3 1 http_error", "17 1 http_error");
    List<Instant> third = arrivals.getOrDefault(3, List.of());
    assertThat(third).hasSize(2);
    assertThat(Duration.between(third.getFirst(), third.getLast()))
        .isGreaterThanOrEqualTo(SteadyDeliveries.BEFORE_RETRY);
    assertThat(ClusterLedger.of(deliveries, once()).kept()).isTrue();
    // Each retry has a connection of its own.
    assertThat(connections)
        .hasSizeGreaterThanOrEqualTo(
            deliveries.count().sent() / SteadyDeliveries.DELIVERIES_A_CONNECTION + 2);
  }

  @Test
  void whatIsRefusedTwiceHasFailedWithBothReasons() throws Exception {
    refusedAlways = Set.of(5);

    send(10);

    assertThat(deliveries.failures()).hasSize(1);
    JsonNode ledger = JsonMapper.shared().readTree(ClusterLedger.of(deliveries, once()).json());
    assertThat(ledger.path("failed").asInt()).isEqualTo(1);
    assertThat(ledger.at("/failures/0/number").asInt()).isEqualTo(5);
    assertThat(ledger.at("/failures/0/first").asString()).isEqualTo("503");
    assertThat(ledger.at("/failures/0/retry").asString()).isEqualTo("503");
    assertThat(ledger.at("/answers/503").asInt()).isEqualTo(2);
    assertThat(ClusterLedger.of(deliveries, once()).kept()).isFalse();
  }

  @Test
  void whereNobodyListensEverythingFails() throws Exception {
    int port = server.getAddress().getPort();
    server.stop(0);
    deliveries = deliveriesTo(port);

    send(5);

    assertThat(deliveries.count().failed()).isEqualTo(deliveries.count().sent()).isPositive();
    assertThat(deliveries.failures())
        .allSatisfy(failure -> assertThat(failure.retry()).isEqualTo("nobody listening"));
  }

  @Test
  void anAcknowledgedDeliveryWithoutItsEffectIsLostAndOneWithTwoIsDoubled() throws Exception {
    send(10);
    List<Integer> effects = once();
    effects.remove(Integer.valueOf(2));
    effects.add(4);

    ClusterLedger ledger = ClusterLedger.of(deliveries, effects);

    assertThat(ledger.lost()).containsExactly(2);
    assertThat(ledger.doubled()).containsExactly(4);
    assertThat(ledger.kept()).isFalse();
  }
}
