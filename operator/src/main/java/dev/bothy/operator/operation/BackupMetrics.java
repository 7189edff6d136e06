package dev.bothy.operator.operation;

import io.prometheus.client.Gauge;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// What the operator says of backups. All of it is read from the resources, so it survives the
/// operator, and only the leader says it.
public final class BackupMetrics {
  private volatile double lastSuccess;
  private volatile int failures;
  private volatile int running;
  private volatile int late;

  public BackupMetrics(OperatorMetrics all, BooleanSupplier leads) {
    gauge(
        all,
        "bothy_operator_backup_last_success_timestamp_seconds",
        "When the newest backup that succeeded was completed; 0 without one",
        () -> leads.getAsBoolean() ? lastSuccess : 0);
    gauge(
        all,
        "bothy_operator_backup_failures",
        "Backups that were given up since the newest one that succeeded",
        () -> leads.getAsBoolean() ? failures : 0);
    gauge(
        all,
        "bothy_operator_backup_running",
        "Backups that run",
        () -> leads.getAsBoolean() ? running : 0);
    gauge(
        all,
        "bothy_operator_backup_late",
        "Schedules whose newest backup is older than it should be",
        () -> leads.getAsBoolean() ? late : 0);
  }

  private static void gauge(OperatorMetrics all, String name, String help, DoubleSupplier value) {
    all.show(Gauge.build(name, help).create(), value);
  }

  /// @param newest when the newest success was completed; null without one
  public void backups(@Nullable Instant newest, int failedSince, int runningNow) {
    lastSuccess = newest == null ? 0 : newest.getEpochSecond();
    failures = failedSince;
    running = runningNow;
  }

  public void late(int schedules) {
    late = schedules;
  }
}
