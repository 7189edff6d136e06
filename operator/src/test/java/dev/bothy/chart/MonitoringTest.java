package dev.bothy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bothy.operator.testkit.RealParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alerts, dashboard and what is scraped.
class MonitoringTest {
  private static final Path EXAMPLE = Chart.EXAMPLES.resolve("own-services-full.yaml");
  private static final Path RUNBOOKS = Path.of("../docs/runbooks");
  private static final Path METRICS = Path.of("../docs/reference/metrics.md");

  /// A name that stands before a selector, a bracket or an operator, and is no function or label.
  private static final Pattern METRIC =
      Pattern.compile(
          "\\b((?:bothy|jvm|process|hikaricp|http|up)\\w*)\\b(?=\\s*[{\\[)<>=!]|\\s*$)");

  @Test
  void everyAlertHasItsRunbookThatNamesIt() {
    for (JsonNode rule : rules(EXAMPLE)) {
      String alert = rule.path("alert").asText();
      String address = rule.at("/annotations/runbook_url").asText();
      assertThat(address).startsWith("https://git.example.com/bothy/docs/runbooks/");
      Path page = RUNBOOKS.resolve(address.substring(address.lastIndexOf('/') + 1));
      assertThat(page).as(alert).isRegularFile();
      assertThat(Chart.read(page)).as("%s", page).contains("`" + alert + "`");
    }
  }

  @Test
  void everyRunbookBelongsToAnAlertAndIsInTheListOfPages() {
    Set<String> alerts =
        rules(EXAMPLE).stream()
            .map(rule -> rule.path("alert").asText())
            .collect(Collectors.toSet());
    String list = Chart.read(Path.of("../docs/README.md"));
    for (Path page : Chart.in(RUNBOOKS, ".md")) {
      assertThat(alerts.stream().filter(alert -> Chart.read(page).contains("`" + alert + "`")))
          .as("%s", page)
          .isNotEmpty();
      assertThat(list).contains("runbooks/" + page.getFileName());
    }
  }

  @Test
  void withoutAnAddressAnAlertNamesTheRunbooksPathInTheRepository() {
    assertThat(rules(Chart.EXAMPLES.resolve("openshift.yaml")))
        .allSatisfy(rule ->
            assertThat(rule.at("/annotations/runbook_url").asText()).startsWith("docs/runbooks/"));
  }

  @Test
  void everyAlertSaysWhatIsTheMatterAndHowBadItIs() {
    for (JsonNode rule : rules(EXAMPLE)) {
      String alert = rule.path("alert").asText();
      assertThat(rule.at("/annotations/summary").asText()).as(alert).isNotEmpty();
      assertThat(rule.at("/annotations/description").asText()).as(alert).isNotEmpty();
      assertThat(rule.at("/labels/severity").asText()).as(alert).isIn("warning", "critical");
      assertThat(rule.path("for").asText()).as(alert).isNotEmpty();
    }
  }

  @Test
  void alertsAreOfThisNamespaceAlone() {
    for (JsonNode rule : rules(EXAMPLE)) {
      String expression = rule.path("expr").asText();
      assertThat(metrics(expression)).as(expression).isNotEmpty();
      for (MatchResult selector :
          Pattern.compile("\\{[^}]*}").matcher(expression).results().toList()) {
        assertThat(selector.group()).contains("namespace=\"" + Chart.NAMESPACE + "\"");
      }
    }
  }

  @Test
  void alertsUseMetricsThatExist() {
    for (JsonNode rule : rules(EXAMPLE)) {
      assertThat(documented())
          .as(rule.path("alert").asText())
          .containsAll(metrics(rule.path("expr").asText()));
    }
  }

  @Test
  void theDashboardUsesMetricsThatExist() throws IOException {
    List<String> expressions = new ArrayList<>();
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(Chart.read(Chart.FOLDER.resolve("files/dashboards/bothy.json")));
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        expressions.add(target.path("expr").asText());
      }
      assertThat(panel.path("title").asText()).isNotEmpty();
    }
    assertThat(expressions).hasSizeGreaterThan(20);
    for (String expression : expressions) {
      assertThat(metrics(expression)).as(expression).isNotEmpty();
      assertThat(documented()).as(expression).containsAll(metrics(expression));
    }
  }

  @Test
  void theDashboardIsOneConfigMapWithTheLabelThatGrafanaLooksFor() throws IOException {
    Manifest dashboard =
        Chart.manifests(EXAMPLE).stream()
            .filter(each -> each.name().equals("bothy-dashboard"))
            .findFirst()
            .orElseThrow();
    assertThat(dashboard.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
    assertThat(new ObjectMapper().readTree(dashboard.at("/data").path("bothy.json").asText()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(Chart.read(Chart.FOLDER.resolve("files/dashboards/bothy.json"))));
  }

  @Test
  void serverAndOperatorAreScrapedOnTheirManagementPorts() {
    List<Manifest> monitors =
        Chart.manifests(EXAMPLE).stream()
            .filter(each -> each.kind().equals("ServiceMonitor"))
            .toList();
    assertThat(
            monitors.stream().map(each -> each.name() + each.at("/spec/endpoints/0/path").asText()))
        .containsExactlyInAnyOrder("bothy/actuator/prometheus", "bothy-operator/metrics");
    assertThat(monitors)
        .allSatisfy(each -> {
          assertThat(each.at("/spec/endpoints/0/port").asText()).isEqualTo("management");
          assertThat(each.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
        });
  }

  @Test
  void promtoolAcceptsTheRules(@TempDir Path folder) throws IOException, InterruptedException {
    writeRules(folder);
    assertThat(promtool(folder, "check", "rules", "rules.yaml"))
        .contains(rules(EXAMPLE).size() + " rules found");
  }

  @Test
  void everyAlertFiresWhenItShouldAndElseNot(@TempDir Path folder)
      throws IOException, InterruptedException {
    writeRules(folder);
    Files.copy(
        Path.of("src/test/resources/dev/bothy/chart/alerts.test.yaml"),
        folder.resolve("alerts.test.yaml"));
    String tests = Chart.read(folder.resolve("alerts.test.yaml"));
    for (JsonNode rule : rules(EXAMPLE)) {
      assertThat(tests).contains("alertname: " + rule.path("alert").asText() + ",");
    }
    promtool(folder, "test", "rules", "alerts.test.yaml");
  }

  private static void writeRules(Path folder) throws IOException {
    RealParts.require(
        onPath("promtool"), "the alerts, with promtool", "install prometheus (apt) or promtool");
    Files.writeString(
        folder.resolve("rules.yaml"),
        new ObjectMapper().writeValueAsString(rule(EXAMPLE).at("/spec")));
  }

  private static String promtool(Path folder, String... arguments)
      throws IOException, InterruptedException {
    Process promtool =
        new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(output).isZero();
    return output;
  }

  private static Manifest rule(Path example) {
    return Chart.manifests(example).stream()
        .filter(each -> each.kind().equals("PrometheusRule"))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> rules(Path example) {
    return StreamSupport.stream(rule(example).at("/spec/groups").spliterator(), false)
        .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
        .toList();
  }

  /// Without what a histogram adds to its name.
  private static Set<String> metrics(String expression) {
    return METRIC
        .matcher(expression)
        .results()
        .map(found -> found.group(1).replaceFirst("_(bucket|sum|count)$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Names that begin a row of a table in the reference.
  private static Set<String> documented() {
    return Chart.read(METRICS)
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", 3)[1])
        .flatMap(cell -> Pattern.compile("`(\\w+)`").matcher(cell).results())
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static boolean onPath(String program) {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
