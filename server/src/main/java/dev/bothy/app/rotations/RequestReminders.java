package dev.bothy.app.rotations;

import dev.bothy.platform.work.ScheduleHandler;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Reminds the channel of open requests and closes those whose time has come. After an outage it
/// runs once: of the reminders that were missed the channel gets one.
@Component
class RequestReminders implements ScheduleHandler {
  private final ShiftRequests requests;

  RequestReminders(ShiftRequests requests) {
    this.requests = requests;
  }

  @Override
  public String kind() {
    return ShiftRequests.KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public Optional<Instant> run(Due due) {
    return requests.due(due.subject(), due.now());
  }
}
