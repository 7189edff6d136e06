package dev.bothy.app.rotations;

import dev.bothy.app.rotations.ShiftRequest.Reason;
import dev.bothy.app.rotations.ShiftRequest.State;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.work.ScheduleHandler;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Reminds the channel of open requests and closes those whose time has come. After an outage it
/// runs once: of the reminders that were missed the channel gets one.
@Component
class RequestReminders implements ScheduleHandler {
  private final RotationTable rotations;
  private final ShiftRequestTable table;
  private final RequestEnds ends;
  private final RequestMessages messages;
  private final RotationPeople people;

  RequestReminders(
      RotationTable rotations,
      ShiftRequestTable table,
      RequestEnds ends,
      RequestMessages messages,
      RotationPeople people) {
    this.rotations = rotations;
    this.table = table;
    this.ends = ends;
    this.messages = messages;
    this.people = people;
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
    Optional<ShiftRequest> found =
        table.locked(due.subject()).filter(each -> each.state() == State.OPEN);
    Optional<RotationEntity> rotation = found.flatMap(each -> rotations.byId(each.rotation()));
    if (found.isEmpty() || rotation.isEmpty()) {
      return Optional.empty();
    }
    ShiftRequest request = found.get();
    RotationEntity entity = rotation.get();
    Instant now = due.now();
    if (entity.deletedAt().isPresent()) {
      // It may come back out of the bin, with its requests.
      return request.nextDue(now);
    }
    if (!people.reachable(entity.connection())) {
      ends.close(new Actor.System(), entity, request, Reason.UNREACHABLE);
      return Optional.empty();
    }
    if (!now.isBefore(request.closesAt())) {
      messages.tellNobodyTook(
          entity, ends.close(new Actor.System(), entity, request, Reason.NOBODY));
      return Optional.empty();
    }
    if (request.reminds(now, table.answers(request.id()).size())) {
      table.remindedBy(request.id(), messages.remind(entity, request));
    }
    return request.nextDue(now);
  }
}
