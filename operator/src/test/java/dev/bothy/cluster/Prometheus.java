package dev.bothy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bothy.operator.testkit.Eventually;
import dev.bothy.operator.testkit.RealParts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/// A real Prometheus on this machine that looks at what the chart's ServiceMonitors describe, and
/// has the chart's rules. Only their patience is shorter: what they wait for in minutes, they wait
/// for in seconds here. Debian's Prometheus does not speak with Kubernetes, so this names the pods
/// to it.
final class Prometheus implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final int port;
  private final Process process;
  private final ScheduledExecutorService names = Executors.newSingleThreadScheduledExecutor();

  Prometheus(Release release) throws IOException {
    RealParts.require(
        Files.isExecutable(PROGRAM), "the alerts by a real Prometheus", "install prometheus");
    Node.requireOwn("the alerts by a real Prometheus, which asks the pods themselves");
    folder = Files.createTempDirectory("bothy-prometheus");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path rules = folder.resolve("rules.yaml");
    Files.writeString(rules, rules(release).replaceAll("(?m)^(\\s*for: ).*$", "$13s"));
    Files.writeString(folder.resolve("prometheus.yaml"), configuration(folder));
    nameTargets(release);
    names.scheduleWithFixedDelay(() -> nameTargetsAgain(release), 2, 2, TimeUnit.SECONDS);
    Commands.run(
            Duration.ofSeconds(30),
            List.of(PROMTOOL.toString(), "check", "config", folder + "/prometheus.yaml"))
        .orFail();
    process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + folder.resolve("prometheus.yaml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  /// The rules as the chart gives them to the Prometheus operator.
  static String rules(Release release) throws IOException {
    JsonNode rule =
        Serialization.yamlMapper()
            .readTree(
                release.template(
                    "templates/monitoring/prometheusrule.yaml",
                    "--set",
                    "monitoring.prometheusRule.enabled=true"));
    ObjectNode file = JSON.createObjectNode();
    file.set("groups", rule.at("/spec/groups"));
    return Serialization.asYaml(file);
  }

  private static String configuration(Path folder) {
    return """
    global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 2s}
    rule_files: [%1$s/rules.yaml]
    scrape_configs:
      - job_name: bothy
        metrics_path: /actuator/prometheus
        file_sd_configs: [{files: [%1$s/server.json], refresh_interval: 2s}]
      - job_name: bothy-operator
        file_sd_configs: [{files: [%1$s/operator.json], refresh_interval: 2s}]
    """
        .formatted(folder);
  }

  /// An exception would end the rounds for good.
  private void nameTargetsAgain(Release release) {
    try {
      nameTargets(release);
    } catch (RuntimeException e) {
      System.err.println("The pods could not be named to Prometheus, next time again: " + e);
    }
  }

  /// Both have their metrics on the same port.
  private void nameTargets(Release release) {
    for (String component : List.of("server", "operator")) {
      ArrayNode targets = JSON.createArrayNode();
      for (Pod pod : release.pods(component)) {
        if (pod.getStatus().getPodIP() != null
            && pod.getMetadata().getDeletionTimestamp() == null) {
          ObjectNode target = targets.addObject();
          target.putArray("targets").add(pod.getStatus().getPodIP() + ":8081");
          target
              .putObject("labels")
              .put("namespace", release.namespace)
              .put("pod", pod.getMetadata().getName());
        }
      }
      try {
        Path next = folder.resolve(component + ".next");
        Files.writeString(next, targets.toString());
        Files.move(next, folder.resolve(component + ".json"), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The value of an expression that gives one; empty if it gives none.
  Optional<Double> value(String expression) {
    JsonNode result =
        get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
            .at("/data/result");
    return result.isEmpty() ? Optional.empty() : Optional.of(result.at("/0/value/1").asDouble());
  }

  /// The same, waited for: just after a scrape that failed there is none.
  double await(String expression) {
    return Eventually.gives(
        Duration.ofMinutes(5),
        () ->
            value(expression)
                .orElseThrow(() -> new AssertionError(expression + " has no value in Prometheus")));
  }

  /// The names of the alerts that fire.
  List<String> firing() {
    return StreamSupport.stream(get("/api/v1/alerts").at("/data/alerts").spliterator(), false)
        .filter(alert -> alert.path("state").asText().equals("firing"))
        .map(alert -> alert.at("/labels/alertname").asText())
        .distinct()
        .toList();
  }

  private JsonNode get(String path) {
    try {
      return JSON.readTree(
          http.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    names.shutdownNow();
    process.destroyForcibly().onExit().join();
    http.close();
    Commands.run(Duration.ofSeconds(30), List.of("rm", "-rf", folder.toString()));
  }
}
