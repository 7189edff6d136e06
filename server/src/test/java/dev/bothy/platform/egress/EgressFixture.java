package dev.bothy.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.bothy.platform.operation.Metrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.DnsResolver;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.util.unit.DataSize;
import org.springframework.web.client.ResourceAccessException;

/// A guard with names of its own choosing, and a real HTTP server on loopback for it to reach.
final class EgressFixture implements AutoCloseable {
  static final String OWNER = "Example Networks";

  /// What the loopback server got.
  record Received(String host, String method, Map<String, List<String>> headers) {}

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Names names = new Names();
  private final List<Destination> builtIn = new ArrayList<>();
  private final List<String> onPremises = new ArrayList<>();
  private final List<String> onPremisesRanges = new ArrayList<>();
  private final List<EgressProperties.Listed> listed = new ArrayList<>();
  private final PrometheusRegistry scrape = new PrometheusRegistry();
  private final Metrics metrics = new Metrics(scrape);
  private @Nullable URI proxy;
  private List<String> proxyExcept = List.of();
  private Duration responseTimeout = Duration.ofMillis(400);
  private @Nullable Path caBundle;

  EgressFixture() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// The first use of the name gets the first answer, the next one the next; the last one stays.
  EgressFixture name(String host, String... answers) {
    names.answers.put(host, new ArrayDeque<>(List.of(answers)));
    return this;
  }

  EgressFixture builtIn(String origin, String owner, String region) {
    builtIn.add(Destination.builtIn(origin, owner, "Tests.", region));
    return this;
  }

  EgressFixture listed(String origin, String owner, String region) {
    listed.add(new EgressProperties.Listed(origin, owner, "Tests.", region));
    return this;
  }

  EgressFixture onPremises(String origin) {
    onPremises.add(origin);
    return this;
  }

  EgressFixture onPremisesRange(String range) {
    onPremisesRanges.add(range);
    return this;
  }

  /// A host of [#OWNER] that the loopback server answers for.
  EgressFixture reachable(String host) {
    String origin = "http://" + host + ":" + port();
    return name(host, "127.0.0.1").builtIn(origin, OWNER, "here").onPremises(origin);
  }

  EgressFixture answer(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          received.add(
              new Received(
                  exchange.getRequestHeaders().getFirst("Host").replaceAll(":.*", ""),
                  exchange.getRequestMethod(),
                  Map.copyOf(exchange.getRequestHeaders())));
          handler.handle(exchange);
          exchange.close();
        });
    return this;
  }

  EgressFixture redirect(String path, int status, String location) {
    return answer(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(status, -1);
        });
  }

  static void text(HttpExchange exchange, String text) throws IOException {
    exchange.sendResponseHeaders(200, text.length());
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// The refusal that the call ends with; an assertion error if it ends in any other way.
  static EgressRefused refused(ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure).isInstanceOf(ResourceAccessException.class);
    if (failure.getCause() instanceof EgressRefused refused) {
      return refused;
    }
    throw new AssertionError("The call failed, but was not refused.", failure);
  }

  EgressRegister register() {
    DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    for (int i = 0; i < builtIn.size(); i++) {
      beans.registerSingleton("destination" + i, builtIn.get(i));
    }
    return new EgressRegister(properties(), beans.getBeanProvider(Destination.class));
  }

  EgressFixture proxy(String address, String... except) {
    proxy = URI.create(address);
    proxyExcept = List.of(except);
    return this;
  }

  /// Waits for answers for as long as a TLS handshake takes on a busy machine.
  EgressFixture patient() {
    responseTimeout = Duration.ofSeconds(20);
    return this;
  }

  EgressFixture caBundle(Path file) {
    caBundle = file;
    return this;
  }

  Egress egress() {
    return new Egress(register(), properties(), new Authorities(caBundle), metrics, names);
  }

  FilteredNames filteredNames() {
    return new FilteredNames(names, register(), Proxy.of(properties()).orElse(null));
  }

  String url(String host, String path) {
    return "http://" + host + ":" + port() + path;
  }

  List<Received> received() {
    return received;
  }

  int lookUps() {
    return names.lookUps;
  }

  /// The counted refusals of this owner for this reason.
  double refusals(String owner, String reason) {
    return scrape.scrape("bothy_egress_refusals"::equals).stream()
        .filter(CounterSnapshot.class::isInstance)
        .map(CounterSnapshot.class::cast)
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .filter(point -> owner.equals(point.getLabels().get("owner")))
        .filter(point -> reason.equals(point.getLabels().get("reason")))
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private EgressProperties properties() {
    return new EgressProperties(
        "here",
        List.of("also-here"),
        List.copyOf(listed),
        List.copyOf(onPremises),
        List.copyOf(onPremisesRanges),
        List.of(),
        proxy,
        proxyExcept,
        Duration.ofSeconds(2),
        responseTimeout,
        DataSize.ofKilobytes(64));
  }

  private static final class Names implements DnsResolver {
    private final Map<String, Deque<String>> answers = new HashMap<>();
    private int lookUps;

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      lookUps++;
      Deque<String> sequence = answers.get(host);
      if (sequence == null) {
        return new InetAddress[] {literal(host)};
      }
      String answer = sequence.size() > 1 ? sequence.removeFirst() : sequence.getFirst();
      return Arrays.stream(answer.split(" "))
          .map(InetAddress::ofLiteral)
          .toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }

    private static InetAddress literal(String host) throws UnknownHostException {
      try {
        return InetAddress.ofLiteral(host);
      } catch (IllegalArgumentException notALiteral) {
        throw new UnknownHostException(host);
      }
    }
  }
}
