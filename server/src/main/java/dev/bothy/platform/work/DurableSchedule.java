package dev.bothy.platform.work;

import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The schedule in the database.
@Service
class DurableSchedule implements Schedule {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Lanes lanes;
  private final Clock clock;

  DurableSchedule(JdbcClient jdbc, Workspaces workspaces, Lanes lanes, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.lanes = lanes;
    this.clock = clock;
  }

  @Override
  public void set(String kind, UUID subject, Instant dueAt) {
    jdbc.sql(
            "insert into scheduled_item (workspace_id, kind, subject, due_at) values (?, ?, ?, ?)"
                + " on conflict (workspace_id, kind, subject)"
                + " do update set due_at = excluded.due_at, attempts = 0, problem = null")
        .params(workspaces.current().value(), kind, subject, dueAt.atOffset(ZoneOffset.UTC))
        .update();
    lanes.fillAt(new Lane(workspaces.current(), Queue.SCHEDULE, kind, subject.toString()), dueAt);
  }

  @Override
  public void setIfNone(String kind, UUID subject, Instant dueAt) {
    int set =
        jdbc.sql(
                "insert into scheduled_item (workspace_id, kind, subject, due_at)"
                    + " values (?, ?, ?, ?) on conflict (workspace_id, kind, subject) do nothing")
            .params(workspaces.current().value(), kind, subject, dueAt.atOffset(ZoneOffset.UTC))
            .update();
    if (set > 0) {
      lanes.fillAt(new Lane(workspaces.current(), Queue.SCHEDULE, kind, subject.toString()), dueAt);
    }
  }

  @Override
  public void clear(String kind, UUID subject) {
    jdbc.sql("delete from scheduled_item where kind = ? and subject = ?")
        .params(kind, subject)
        .update();
  }

  @Override
  public void wake() {
    jdbc.sql("select kind, subject, due_at from scheduled_item where due_at < ?")
        .param(clock.instant().plus(ScheduleWork.RESTS).atOffset(ZoneOffset.UTC))
        .query(row -> {
          lanes.fillAt(
              new Lane(
                  workspaces.current(),
                  Queue.SCHEDULE,
                  row.getString("kind"),
                  row.getString("subject")),
              row.getObject("due_at", OffsetDateTime.class).toInstant());
        });
  }
}
