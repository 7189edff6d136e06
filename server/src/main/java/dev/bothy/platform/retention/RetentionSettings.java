package dev.bothy.platform.retention;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// How long the workspace of the current transaction keeps what: as it chose, else the standard;
/// always within the installation's bounds, which may have been narrowed since it chose.
@Service
public class RetentionSettings {
  private static final String CHANGED = "retention.clock-changed";

  private final RetentionBounds bounds;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Audit audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  RetentionSettings(
      RetentionBounds bounds,
      JdbcClient jdbc,
      Workspaces workspaces,
      Audit audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.bounds = bounds;
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  private record Chosen(int days, Instant at) {}

  /// Every clock.
  public List<ClockSetting> all() {
    Map<String, Chosen> chosen = new HashMap<>();
    jdbc.sql("select clock, days, changed_at from retention_setting")
        .query(row -> {
          chosen.put(
              row.getString("clock"),
              new Chosen(
                  row.getInt("days"),
                  row.getObject("changed_at", OffsetDateTime.class).toInstant()));
        });
    return Arrays.stream(RetentionClock.values())
        .map(each -> setting(each, chosen.get(each.id())))
        .toList();
  }

  /// One clock.
  public ClockSetting of(RetentionClock wanted) {
    return all().get(wanted.ordinal());
  }

  /// How long rows of this clock are kept.
  public Duration kept(RetentionClock wanted) {
    return of(wanted).kept();
  }

  /// Whether a clock may be set to so many days; empty if it may.
  public Optional<Problem> problem(RetentionClock wanted, int days) {
    RetentionBounds.Bounds allowed = bounds.of(wanted);
    return allowed.allow(days)
        ? Optional.empty()
        : Optional.of(
            Problem.ofField(
                "retention.days",
                "days",
                "Days for %s: %d to %d are allowed, and %d is not."
                    .formatted(wanted.words(), allowed.shortest(), allowed.longest(), days)));
  }

  /// Sets a clock. The next sweep goes by it.
  public ClockChange set(Actor actor, RetentionClock wanted, int days) {
    Optional<Problem> problem = problem(wanted, days);
    if (problem.isPresent()) {
      return new ClockChange.Refused(problem.get());
    }
    ClockSetting before = of(wanted);
    if (before.days() == days) {
      return new ClockChange.Unchanged(before);
    }
    jdbc.sql(
            "insert into retention_setting (workspace_id, clock, days, changed_at)"
                + " values (?, ?, ?, ?) on conflict (workspace_id, clock)"
                + " do update set days = excluded.days, changed_at = excluded.changed_at")
        .params(
            workspaces.current().value(),
            wanted.id(),
            days,
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    audit.record(
        actor,
        CHANGED,
        new Subject("retention.clock", wanted.id()),
        Map.of("from-days", Integer.toString(before.days()), "to-days", Integer.toString(days)));
    events.publishEvent(new ClockChanged(wanted));
    return new ClockChange.Changed(of(wanted));
  }

  /// What counts for tables of the installation: no workspace has a say there.
  List<ClockSetting> standard() {
    return Arrays.stream(RetentionClock.values()).map(each -> setting(each, null)).toList();
  }

  private ClockSetting setting(RetentionClock each, @Nullable Chosen chosen) {
    RetentionBounds.Bounds allowed = bounds.of(each);
    int standard = allowed.clamp(Math.toIntExact(each.standard().toDays()));
    return new ClockSetting(
        each,
        chosen == null ? standard : allowed.clamp(chosen.days()),
        standard,
        allowed.shortest(),
        allowed.longest(),
        chosen == null ? null : chosen.at());
  }
}
