package dev.bothy.platform.bin;

import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.retention.ClockSetting;
import dev.bothy.platform.retention.RetentionSettings;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How long things stay: as the workspace chose for the app, else as its clock `bin` says, and what
/// a network ended 30 days; always within the installation's bounds of that clock. Called within a
/// transaction of the workspace.
@Component
class BinStays {
  private static final int UNINSTALLED = 30;

  private final RetentionSettings retention;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  BinStays(RetentionSettings retention, JdbcClient jdbc, Workspaces workspaces) {
    this.retention = retention;
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  private record Chosen(int days, Instant at) {}

  BinStay of(String app) {
    Optional<Chosen> chosen =
        jdbc.sql("select days, changed_at from bin_choice where app = ?")
            .param(app)
            .query((row, _) ->
                new Chosen(
                    row.getInt("days"),
                    row.getObject("changed_at", OffsetDateTime.class).toInstant()))
            .optional();
    ClockSetting clock = retention.of(RetentionClock.BIN);
    return stay(app, chosen.map(Chosen::days).orElse(null), chosen.map(Chosen::at), clock);
  }

  /// What would count if these days were chosen; null for the workspace's clock.
  BinStay thinking(String app, @Nullable Integer days) {
    return stay(app, days, Optional.empty(), retention.of(RetentionClock.BIN));
  }

  private static BinStay stay(
      String app, @Nullable Integer days, Optional<Instant> at, ClockSetting clock) {
    return new BinStay(
        app,
        clamp(days == null ? clock.days() : days, clock),
        clamp(days == null ? UNINSTALLED : days, clock),
        clock.shortestDays(),
        clock.longestDays(),
        at.orElse(null));
  }

  private static int clamp(int days, ClockSetting clock) {
    return Math.clamp(days, clock.shortestDays(), clock.longestDays());
  }

  Optional<Problem> problem(int days) {
    ClockSetting clock = retention.of(RetentionClock.BIN);
    return days >= clock.shortestDays() && days <= clock.longestDays()
        ? Optional.empty()
        : Optional.of(
            Problem.ofField(
                "bin.days",
                "days",
                "Days in the bin: %d to %d are allowed, and %d is not."
                    .formatted(clock.shortestDays(), clock.longestDays(), days)));
  }

  /// @param days null for the workspace's clock
  void choose(String app, @Nullable Integer days, Instant now) {
    if (days == null) {
      jdbc.sql("delete from bin_choice where app = ?").param(app).update();
      return;
    }
    jdbc.sql(
            "insert into bin_choice (workspace_id, app, days, changed_at) values (?, ?, ?, ?)"
                + " on conflict (workspace_id, app)"
                + " do update set days = excluded.days, changed_at = excluded.changed_at")
        .params(workspaces.current().value(), app, days, now.atOffset(ZoneOffset.UTC))
        .update();
  }
}
