package dev.bothy.operator.operation;

import dev.bothy.operator.api.BothyStatus;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.hotspot.DefaultExports;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/// The operator's own metrics, all named `bothy_operator_…`; `docs/reference/metrics.md` lists
/// them.
public final class OperatorMetrics {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final Counter reconciliations =
      Counter.build("bothy_operator_reconciliations_total", "Reconciliations by how they ended")
          .labelNames("outcome")
          .register(registry);
  private final Histogram duration =
      Histogram.build(
              "bothy_operator_reconciliation_duration_seconds", "How long a reconciliation took")
          .buckets(0.01, 0.05, 0.1, 0.5, 1, 5, 15)
          .register(registry);
  private final Gauge last =
      Gauge.build(
              "bothy_operator_last_reconciliation_timestamp_seconds",
              "When a reconciliation last ended without an error")
          .register(registry);
  private final Gauge leader =
      Gauge.build("bothy_operator_leader", "1 while this operator leads").create();
  private final Gauge ready =
      Gauge.build(
              "bothy_operator_installation_ready",
              "1 while the installation is ready and this operator leads")
          .create();
  private final Gauge failures =
      Gauge.build(
              "bothy_operator_preflight_failures",
              "Lines of the last preflight that say FAIL, while this operator leads")
          .create();

  private volatile boolean installationReady;
  private volatile long failedChecks;

  public OperatorMetrics(BooleanSupplier leads) {
    show(leader, () -> leads.getAsBoolean() ? 1 : 0);
    // Who does not lead no longer hears of what it last saw: it must not outvote the leader.
    show(ready, () -> installationReady && leads.getAsBoolean() ? 1 : 0);
    show(failures, () -> leads.getAsBoolean() ? failedChecks : 0);
    for (Outcome outcome : Outcome.values()) {
      reconciliations.labels(outcome.label());
    }
    DefaultExports.register(registry);
  }

  void show(Gauge gauge, DoubleSupplier value) {
    gauge.setChild(
        new Gauge.Child() {
          @Override
          public double get() {
            return value.getAsDouble();
          }
        });
    gauge.register(registry);
  }

  CollectorRegistry registry() {
    return registry;
  }

  /// Measures from now on; close it when the reconciliation has ended.
  public Histogram.Timer begin() {
    return duration.startTimer();
  }

  /// How many have ended, however they did.
  public double reconciliations() {
    double sum = 0;
    for (Outcome outcome : Outcome.values()) {
      sum += reconciliations.labels(outcome.label()).get();
    }
    return sum;
  }

  public void ended(Outcome outcome) {
    reconciliations.labels(outcome.label()).inc();
    if (outcome != Outcome.ERROR) {
      last.setToCurrentTime();
    }
  }

  public void shows(BothyStatus status) {
    installationReady = status.phase() == BothyStatus.Phase.Ready;
    failedChecks = status.preflight().stream().filter(BothyStatus.Check::failed).count();
  }

  /// There is no installation any more: it is not ready, and nothing of it fails.
  public void gone() {
    installationReady = false;
    failedChecks = 0;
  }

  /// How a reconciliation ended.
  public enum Outcome {
    /// Nothing was to be done.
    UNCHANGED,
    /// Something was changed, or its status was.
    CHANGED,
    /// It failed and is tried again.
    ERROR;

    String label() {
      return switch (this) {
        case UNCHANGED -> "unchanged";
        case CHANGED -> "changed";
        case ERROR -> "error";
      };
    }
  }
}
