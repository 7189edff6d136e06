package dev.bothy.operator.operation;

import io.prometheus.client.Gauge;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/// What the operator says of drills. All of it is read from the resources, so it survives the
/// operator, and only the leader says it. Of several drills the worst counts.
public final class DrillMetrics {
  private final Map<String, Shown> drills = new ConcurrentHashMap<>();
  private final BooleanSupplier leads;

  private record Shown(long lastGood, boolean failed, long seconds, boolean running) {}

  public DrillMetrics(OperatorMetrics all, BooleanSupplier leads) {
    this.leads = leads;
    gauge(
        all,
        "bothy_operator_drill_last_good_timestamp_seconds",
        "When the newest drill that proved a backup ended, or the drill was set up while there is"
            + " none; 0 without drills",
        shown -> -shown.lastGood(),
        -1);
    gauge(
        all,
        "bothy_operator_drill_failed",
        "1 while the last run of a drill has failed",
        shown -> shown.failed() ? 1 : 0,
        1);
    gauge(
        all,
        "bothy_operator_drill_last_duration_seconds",
        "How long the last run of a drill took",
        Shown::seconds,
        1);
    gauge(
        all,
        "bothy_operator_drill_running",
        "1 while a drill runs",
        shown -> shown.running() ? 1 : 0,
        1);
  }

  /// The greatest of all drills.
  private void gauge(
      OperatorMetrics all, String name, String help, ToDoubleFunction<Shown> value, int sign) {
    all.show(
        Gauge.build(name, help).create(),
        () ->
            leads.getAsBoolean()
                ? sign * drills.values().stream().mapToDouble(value).max().orElse(0) + 0.0
                : 0);
  }

  /// @param lastGood when the newest good run ended, or since when there could have been one
  public void shows(String drill, Instant lastGood, boolean failed, long seconds, boolean running) {
    drills.put(drill, new Shown(lastGood.getEpochSecond(), failed, seconds, running));
  }

  public void gone(String drill) {
    drills.remove(drill);
  }
}
