package dev.bothy.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final PrometheusRegistry scrape = new PrometheusRegistry();
  private final Metrics metrics = new Metrics(scrape);

  @Test
  void thePageExplainsEveryMetricAndNoOther() throws IOException {
    assertThat(explained()).isEqualTo(registered());
  }

  @Test
  void thePageNamesEveryLabelAndEveryValueOfAnEnum() throws IOException {
    String page = page();
    count();

    scrape.scrape().stream()
        .map(MetricSnapshot::getDataPoints)
        .flatMap(Collection::stream)
        .flatMap(point -> point.getLabels().stream())
        .forEach(label -> {
          assertThat(page).contains("`" + label.getName() + "`");
          assertThat(page).contains("`" + label.getValue() + "`");
        });
  }

  @Test
  void namesSayWhoseTheyAreAndUnitsAreBaseUnits() {
    assertThat(registered())
        .allMatch(name -> name.startsWith("bothy_"))
        .noneMatch(name -> name.matches(".*_(milliseconds|minutes|kilobytes|ms)(_.*)?"));
  }

  @Test
  void anAgeIsInSeconds() {
    metrics.inbox(3, Duration.ofMillis(1500));

    assertThat(value("bothy_inbox_depth")).isEqualTo(3);
    assertThat(value("bothy_inbox_oldest_age_seconds")).isEqualTo(1.5);
  }

  private double value(String name) {
    return scrape.scrape(name::equals).stream()
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .map(GaugeSnapshot.GaugeDataPointSnapshot.class::cast)
        .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
        .sum();
  }

  /// Every method with every value of its enums.
  private void count() {
    for (Metrics.Acknowledgement result : Metrics.Acknowledgement.values()) {
      metrics.acknowledged("slack", result);
    }
    for (Metrics.Ignored reason : Metrics.Ignored.values()) {
      metrics.ignored("slack", reason);
    }
    for (Metrics.Delivery result : Metrics.Delivery.values()) {
      metrics.delivered("slack", result, Duration.ofMillis(10));
    }
    for (Metrics.UserSync result : Metrics.UserSync.values()) {
      metrics.userSynced(result);
    }
    for (Metrics.HandOff result : Metrics.HandOff.values()) {
      metrics.handedOff(result);
    }
    for (Metrics.Queue queue : Metrics.Queue.values()) {
      metrics.deadLettered(queue);
    }
    for (Metrics.Cipher operation : Metrics.Cipher.values()) {
      metrics.cipher(operation, true);
      metrics.cipher(operation, false);
    }
    for (Metrics.Mail result : Metrics.Mail.values()) {
      metrics.mail(result);
    }
    for (Metrics.Webhook result : Metrics.Webhook.values()) {
      metrics.webhook(result);
    }
    for (Metrics.Reconnect reason : Metrics.Reconnect.values()) {
      metrics.reconnected("slack", reason);
    }
    metrics.socketOpened("slack");
    metrics.socketClosed("slack");
    metrics.envelope("slack", true);
    metrics.envelope("slack", false);
    metrics.retention("inbox_item", 3, Duration.ofDays(1));
    metrics.swept("inbox_item", 3);
    metrics.egressRefused("owner", "not_registered");
  }

  /// As a scrape names them: a counter ends in `_total`.
  private Set<String> registered() {
    count();
    return scrape.scrape().stream()
        .map(snapshot ->
            snapshot.getMetadata().getPrometheusName()
                + (snapshot instanceof CounterSnapshot ? "_total" : ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Without the operator's, which has a section of its own on the page.
  private static Set<String> explained() throws IOException {
    return Pattern.compile("^\\| `(bothy_[a-z_]+)` \\|", Pattern.MULTILINE)
        .matcher(page())
        .results()
        .map((MatchResult row) -> row.group(1))
        .filter(name -> !name.startsWith("bothy_operator_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String page() throws IOException {
    for (Path folder : List.of(Path.of(""), Path.of(".."))) {
      Path page = folder.resolve("docs/reference/metrics.md");
      if (Files.exists(page)) {
        return Files.readString(page);
      }
    }
    throw new AssertionError("docs/reference/metrics.md is missing");
  }
}
