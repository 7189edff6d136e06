package dev.bothy.app.rotations;

import dev.bothy.app.rotations.ShiftRequest.Closing;
import dev.bothy.app.rotations.ShiftRequest.Reason;
import dev.bothy.app.rotations.ShiftRequest.State;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.work.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Brings requests to their end, or opens them again, as the plan goes: the row, the message in the
/// channel, the reminders and the audit log, always together. Called within a transaction of the
/// workspace.
@Component
class RequestEnds {
  private final ShiftRequestTable table;
  private final ChangeTable changes;
  private final TheirShifts theirs;
  private final RequestMessages messages;
  private final ActingAccounts accounts;
  private final RotationLog log;
  private final Schedule schedule;
  private final Clock clock;

  RequestEnds(
      ShiftRequestTable table,
      ChangeTable changes,
      TheirShifts theirs,
      RequestMessages messages,
      ActingAccounts accounts,
      RotationLog log,
      Schedule schedule,
      Clock clock) {
    this.table = table;
    this.changes = changes;
    this.theirs = theirs;
    this.messages = messages;
    this.accounts = accounts;
    this.log = log;
    this.schedule = schedule;
    this.clock = clock;
  }

  /// Nobody takes it any more.
  ///
  /// @return the request as it stands then
  ShiftRequest close(Actor actor, RotationEntity rotation, ShiftRequest request, Reason reason) {
    ShiftRequest closed = closed(actor, rotation, request, reason);
    log.requestClosed(actor, rotation, request.id(), reason);
    return closed;
  }

  /// Closes all that is open of a rotation: nobody can take it any more.
  void closeOpen(RotationEntity rotation, Reason reason) {
    for (ShiftRequest request : table.living(rotation.id(), clock.instant())) {
      if (request.state() == State.OPEN) {
        close(new Actor.System(), rotation, request, reason);
      }
    }
  }

  /// A change of the plan was taken back: the request that it came from is closed or, where whoever
  /// had taken it gives it back before its time, open again. The audit log is told of both at once.
  ///
  /// @param by who gives it back; null when somebody decided about the plan
  void undone(Actor actor, RotationEntity rotation, UUID change, @Nullable Participant by) {
    Optional<ShiftRequest> found =
        table.ofChange(change).flatMap(request -> table.locked(request.id()));
    if (found.isEmpty()) {
      log.planRestored(actor, rotation, change);
      return;
    }
    ShiftRequest request = found.get();
    if (by != null
        && by.equals(request.takenBy())
        && clock.instant().isBefore(request.closesAt())) {
      reopen(actor, rotation, request);
    } else {
      closed(actor, rotation, request, Reason.UNDONE);
      log.planRestored(actor, rotation, change, request.id());
    }
  }

  /// Closes what is about somebody who leaves, and opens again what they had taken. The caller
  /// takes the changes of the plan back.
  void forget(RotationEntity rotation, Participant person, Instant now) {
    Actor actor = new Actor.System();
    for (ShiftRequest request : table.living(rotation.id(), now)) {
      if (request.person().equals(person)) {
        close(actor, rotation, request, Reason.LEFT);
      } else if (person.equals(request.takenBy())) {
        if (now.isBefore(request.closesAt())) {
          reopen(actor, rotation, request);
        } else {
          close(actor, rotation, request, Reason.LEFT);
        }
      }
    }
  }

  /// The plan is another one from now on: closes what asks for a shift that is not there any more,
  /// and what had become a change that has no effect any more, which is taken back then. What has
  /// begun, and what is paused, stays as it is.
  void replanned(Actor actor, RotationEntity rotation, Instant now) {
    if (!rotation.active()) {
      return;
    }
    for (ShiftRequest request : table.living(rotation.id(), now)) {
      UUID change = request.change();
      if (change == null) {
        Optional<Span> rest = request.span().and(new Span(now, Instant.MAX));
        if (rest.flatMap(span -> theirs.within(rotation, request.person(), request.role(), span))
            .isEmpty()) {
          close(actor, rotation, request, Reason.GONE);
        }
      } else if (request.span().start().isAfter(now)
          && !theirs.holds(rotation, change, request.span())) {
        changes.delete(change);
        close(actor, rotation, request, Reason.UNDONE);
      }
    }
  }

  /// When something is to be done about it.
  void setDue(ShiftRequest request, Instant now) {
    request.nextDue(now).ifPresent(due -> schedule.set(ShiftRequests.KIND, request.id(), due));
  }

  private void reopen(Actor actor, RotationEntity rotation, ShiftRequest request) {
    table.reopen(request.id());
    ShiftRequest open = table.locked(request.id()).orElseThrow();
    setDue(open, clock.instant());
    messages.update(rotation, open);
    log.requestReopened(actor, rotation, request.id());
  }

  private ShiftRequest closed(
      Actor actor, RotationEntity rotation, ShiftRequest request, Reason reason) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Participant by = accounts.of(rotation.connection(), actor).orElse(null);
    table.close(request.id(), new Closing(now, reason, by));
    schedule.clear(ShiftRequests.KIND, request.id());
    ShiftRequest closed = table.locked(request.id()).orElseThrow();
    messages.update(rotation, closed);
    return closed;
  }
}
