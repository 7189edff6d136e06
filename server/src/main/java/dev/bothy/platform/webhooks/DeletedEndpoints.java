package dev.bothy.platform.webhooks;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.work.ScheduleHandler;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Takes a deleted endpoint away for good, with its log, when nobody brought it back in time.
@Component
class DeletedEndpoints implements ScheduleHandler {
  static final String KIND = "webhooks.erase";

  private final EndpointTable table;
  private final Audit audit;

  DeletedEndpoints(EndpointTable table, Audit audit) {
    this.table = table;
    this.audit = audit;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public Optional<Instant> run(Due due) {
    if (table.erase(due.subject())) {
      audit.record(
          new Actor.System(), "webhooks.erased", Subject.of("webhooks.endpoint", due.subject()));
    }
    return Optional.empty();
  }
}
