package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.BothyStatus;
import dev.bothy.operator.operation.Endpoints;
import dev.bothy.operator.operation.OperatorMetrics;
import dev.bothy.operator.operation.OperatorMetrics.Outcome;
import dev.bothy.operator.testkit.RealParts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  private static final BothyStatus BLOCKED =
      new BothyStatus(
          1L,
          BothyStatus.Phase.Blocked,
          null,
          null,
          List.of(new BothyStatus.Check("database", "FAIL", "no", "yes")),
          null,
          List.of());

  private final AtomicBoolean leads = new AtomicBoolean(true);
  private final OperatorMetrics metrics = new OperatorMetrics(leads::get);
  private final AtomicBoolean ready = new AtomicBoolean();

  @Test
  void theProbesSayWhetherItRunsAndWhetherItIsReady() throws Exception {
    try (Endpoints endpoints = endpoints()) {
      assertThat(get(endpoints, "/livez").statusCode()).isEqualTo(200);
      assertThat(get(endpoints, "/readyz").statusCode()).isEqualTo(503);
      ready.set(true);
      assertThat(get(endpoints, "/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theMetricsShowTheInstallation() throws Exception {
    metrics.shows(BLOCKED);
    metrics.ended(Outcome.CHANGED);
    try (Endpoints endpoints = endpoints()) {
      assertThat(get(endpoints, "/metrics").body())
          .contains("bothy_operator_leader 1.0")
          .contains("bothy_operator_installation_ready 0.0")
          .contains("bothy_operator_preflight_failures 1.0")
          .contains("bothy_operator_reconciliations_total{outcome=\"changed\",} 1.0")
          .contains("bothy_operator_reconciliations_total{outcome=\"error\",} 0.0");
    }
  }

  @Test
  void whoNoLongerLeadsNoLongerCountsFailures() throws Exception {
    metrics.shows(BLOCKED);
    leads.set(false);
    try (Endpoints endpoints = endpoints()) {
      assertThat(get(endpoints, "/metrics").body())
          .contains("bothy_operator_preflight_failures 0.0");
    }
  }

  @Test
  void ofAnInstallationThatIsGoneNothingStaysShown() throws Exception {
    try (Endpoints endpoints = endpoints()) {
      metrics.shows(BLOCKED);
      metrics.gone();
      assertThat(get(endpoints, "/metrics").body())
          .contains("bothy_operator_preflight_failures 0.0");
      metrics.shows(
          new BothyStatus(1L, BothyStatus.Phase.Ready, "1", "image", List.of(), null, List.of()));
      assertThat(get(endpoints, "/metrics").body())
          .contains("bothy_operator_installation_ready 1.0");
      metrics.gone();
      assertThat(get(endpoints, "/metrics").body())
          .contains("bothy_operator_installation_ready 0.0");
    }
  }

  @Test
  void everyMetricOfOursIsOnItsPage() throws Exception {
    String page = Files.readString(Path.of("../docs/reference/metrics.md"));
    try (Endpoints endpoints = endpoints()) {
      assertThat(
              get(endpoints, "/metrics")
                  .body()
                  .lines()
                  .filter(line -> line.startsWith("# TYPE bothy_"))
                  .map(line -> line.split(" ")[2])
                  .filter(name -> !name.endsWith("_created")))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(page).contains("`" + name));
    }
  }

  @Test
  void prometheusOwnToolFindsNothingToComplainOf() throws Exception {
    RealParts.require(
        Files.isExecutable(PROMTOOL), "promtool on the operator's metrics", "install prometheus");
    try (Endpoints endpoints = endpoints()) {
      Process promtool =
          new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
              .redirectErrorStream(true)
              .start();
      promtool.getOutputStream().write(get(endpoints, "/metrics").body().getBytes());
      promtool.getOutputStream().close();
      String says = new String(promtool.getInputStream().readAllBytes());
      assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(says.lines().filter(line -> line.contains("bothy_"))).isEmpty();
    }
  }

  private Endpoints endpoints() throws Exception {
    Endpoints endpoints = new Endpoints(0, metrics, () -> true, ready::get);
    endpoints.start();
    return endpoints;
  }

  private static HttpResponse<String> get(Endpoints endpoints, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoints.port() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
