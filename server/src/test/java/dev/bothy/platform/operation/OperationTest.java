package dev.bothy.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.RealParts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@BothyTest
class OperationTest {
  @LocalServerPort private int port;
  @Autowired private Metrics metrics;

  @Test
  void theProbesAnswerWithoutASignInAndWithoutDetails() throws Exception {
    for (String probe : new String[] {"/livez", "/readyz"}) {
      HttpResponse<String> answer = get(probe);

      assertThat(answer.statusCode()).as(probe).isEqualTo(200);
      assertThat(answer.body()).as(probe).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  void nothingElseBelowTheActuatorIsServed() throws Exception {
    for (String path : new String[] {"/actuator", "/actuator/env", "/actuator/health"}) {
      assertThat(get(path).statusCode()).as(path).isIn(401, 403, 404);
    }
  }

  @Test
  void oneScrapeCarriesTheProductTheMachineTheRequestsAndThePool() throws Exception {
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    metrics.acknowledged("sandbox", Metrics.Acknowledgement.STORED);

    assertThat(scrape())
        .contains("bothy_acknowledgements_total{network=\"sandbox\",result=\"stored\"}")
        .contains("bothy_inbox_depth")
        .contains("jvm_memory_used_bytes")
        .contains("http_server_requests_seconds_count")
        .contains("hikaricp_connections");
  }

  @Test
  void noMetricIsThereTwice() throws Exception {
    List<String> names =
        scrape()
            .lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(l -> l.split(" ")[2])
            .toList();

    assertThat(names).isNotEmpty().doesNotHaveDuplicates();
  }

  /// Its remarks on style are about metrics of the JVM's and Spring's own (exit status 3); what it
  /// can't parse, or finds wrong about ours, is an error.
  @Test
  void promtoolFindsNothingWrongWithOurMetrics() throws Exception {
    Optional<Path> promtool = RealParts.program("promtool");
    RealParts.require(
        promtool.isPresent(),
        "that Prometheus's own tool accepts the metrics",
        "promtool (Debian and Ubuntu: the package prometheus)");
    Process check =
        new ProcessBuilder(promtool.orElseThrow().toString(), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (OutputStream input = check.getOutputStream()) {
      input.write(scrape().getBytes(StandardCharsets.UTF_8));
    }
    String remarks = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor()).as(remarks).isIn(0, 3);
    assertThat(remarks.lines().filter(line -> line.contains("bothy_"))).isEmpty();
  }

  private String scrape() throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/actuator/prometheus");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(Duration.ofSeconds(30))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
