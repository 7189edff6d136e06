package dev.bothy.platform.webhooks;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.privacy.PersonErased;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.work.ScheduleHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What endpoints were told of the audit log has the address that somebody came from. Once somebody
/// is erased, the bodies of all such deliveries from before go: whom one is about is sealed within.
/// What is still on its way is sent first.
@Component
class AuditBodies implements ScheduleHandler {
  static final String KIND = "webhooks.forget";

  /// Few enough to share a transaction with other work of the schedule.
  private static final int BATCH = 1_000;

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

  private final Schedule schedule;
  private final JdbcClient jdbc;
  private final Clock clock;

  AuditBodies(Schedule schedule, JdbcClient jdbc, Clock clock) {
    this.schedule = schedule;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  /// In the transaction of the erasure. The subject's id says up to when.
  @EventListener
  void on(PersonErased erased) {
    schedule.set(KIND, Ids.next(clock), clock.instant());
  }

  @Override
  public WhileHeld whileHeld() {
    return WhileHeld.RUNS_FIRST;
  }

  @Override
  public Optional<Instant> run(Due due) {
    // The id has whole milliseconds.
    Instant until = Ids.time(due.subject()).plusMillis(1);
    if (forget(until) == BATCH) {
      return Optional.of(due.now().plusMillis(1));
    }
    return isAnyLeft(until) ? Optional.of(due.now().plus(LOOK_AGAIN)) : Optional.empty();
  }

  private int forget(Instant until) {
    return jdbc.sql(
            "update webhook_delivery set body = null where ctid = any (array(select ctid"
                + " from webhook_delivery where body is not null and created_at <= ? and type = ?"
                + " and state <> 'WAITING' order by created_at limit ? for update skip locked))")
        .params(until.atOffset(ZoneOffset.UTC), AuditWebhooks.ENTRY, BATCH)
        .update();
  }

  private boolean isAnyLeft(Instant until) {
    return jdbc.sql(
            "select exists (select from webhook_delivery where body is not null"
                + " and created_at <= ? and type = ?)")
        .params(until.atOffset(ZoneOffset.UTC), AuditWebhooks.ENTRY)
        .query(Boolean.class)
        .single();
  }
}
