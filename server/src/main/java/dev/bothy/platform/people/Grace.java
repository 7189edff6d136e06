package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.work.ScheduleHandler;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Removes a place for good once it can no longer be given back.
@Component
class Grace implements ScheduleHandler {
  private final Members members;

  Grace(Members members) {
    this.members = members;
  }

  @Override
  public String kind() {
    return Members.GRACE;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  /// A place that should have gone for good goes.
  @Override
  public WhileHeld whileHeld() {
    return WhileHeld.RUNS_FIRST;
  }

  @Override
  public Optional<Instant> run(Due due) {
    members.graceIsOver(new PersonId(due.subject()));
    return Optional.empty();
  }
}
