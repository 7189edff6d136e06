package dev.bothy.app.rotations;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The rotations' entries in the audit log: ids and actions, never names or texts.
@Component
class RotationLog {
  /// From here on a hand-off is logged as late: a minute or two is the schedule's own rhythm.
  private static final Duration LATE = Duration.ofMinutes(15);

  private final Audit audit;

  RotationLog(Audit audit) {
    this.audit = audit;
  }

  void created(Actor actor, RotationEntity rotation) {
    record(actor, "rotations.created", rotation, Map.of());
  }

  void changed(Actor actor, RotationEntity rotation) {
    record(actor, "rotations.changed", rotation, Map.of());
  }

  void tellingChanged(Actor actor, RotationEntity rotation) {
    record(actor, "rotations.telling-changed", rotation, Map.of());
  }

  void paused(Actor actor, RotationEntity rotation) {
    record(actor, "rotations.paused", rotation, Map.of());
  }

  void resumed(Actor actor, RotationEntity rotation) {
    record(actor, "rotations.resumed", rotation, Map.of());
  }

  void deleted(Actor actor, RotationEntity rotation) {
    record(actor, "rotations.deleted", rotation, Map.of());
  }

  void restored(Actor actor, RotationEntity rotation) {
    record(actor, "rotations.restored", rotation, Map.of());
  }

  void erased(Actor actor, RotationEntity rotation) {
    record(actor, "rotations.erased", rotation, Map.of());
  }

  /// A place was taken off because its person left the workspace.
  void left(RotationEntity rotation, PersonId person) {
    record(
        new Actor.System(), "rotations.place-kept", rotation, Map.of("person", person.toString()));
  }

  /// A place was given back because its person is back.
  void cameBack(RotationEntity rotation, PersonId person) {
    record(
        new Actor.System(),
        "rotations.place-returned",
        rotation,
        Map.of("person", person.toString()));
  }

  /// The turn passed on before its time, because whoever had it left.
  void handedOverEarly(RotationEntity rotation, UUID shift) {
    record(
        new Actor.System(), "rotations.handed-over", rotation, Map.of("shift", shift.toString()));
  }

  void planChanged(Actor actor, RotationEntity rotation, UUID change) {
    record(actor, "rotations.plan-changed", rotation, Map.of("change", change.toString()));
  }

  void planRestored(Actor actor, RotationEntity rotation, UUID change) {
    record(actor, "rotations.plan-restored", rotation, Map.of("change", change.toString()));
  }

  /// A change was taken back that a request had become.
  void planRestored(Actor actor, RotationEntity rotation, UUID change, UUID request) {
    record(actor, "rotations.plan-restored", rotation, ids(change, request));
  }

  void requested(Actor actor, RotationEntity rotation, UUID request) {
    requestIs(actor, "rotations.request-made", rotation, request);
  }

  /// The plan changed by it.
  void requestTaken(Actor actor, RotationEntity rotation, UUID request, UUID change) {
    record(actor, "rotations.request-taken", rotation, ids(change, request));
  }

  /// Somebody said that they cannot take it, or perhaps can.
  void requestAnswered(Actor actor, RotationEntity rotation, UUID request) {
    requestIs(actor, "rotations.request-answered", rotation, request);
  }

  /// Whoever had taken it gave it back, or has left: the change is taken back.
  void requestReopened(Actor actor, RotationEntity rotation, UUID request) {
    requestIs(actor, "rotations.request-reopened", rotation, request);
  }

  /// It was taken back, or its time has come, or there is nothing to take any more.
  void requestClosed(
      Actor actor, RotationEntity rotation, UUID request, ShiftRequest.Reason reason) {
    record(
        actor,
        "rotations.request-closed",
        rotation,
        Map.of("request", request.toString(), "why", reason.id()));
  }

  private static Map<String, String> ids(UUID change, UUID request) {
    return Map.of("change", change.toString(), "request", request.toString());
  }

  private void requestIs(Actor actor, String action, RotationEntity rotation, UUID request) {
    record(actor, action, rotation, Map.of("request", request.toString()));
  }

  void noteWritten(Actor actor, RotationEntity rotation) {
    record(actor, "rotations.note-written", rotation, Map.of());
  }

  void checklistTicked(Actor actor, RotationEntity rotation) {
    record(actor, "rotations.checklist-ticked", rotation, Map.of());
  }

  void handoffAcknowledged(Actor actor, RotationEntity rotation, UUID handoff) {
    record(
        actor, "rotations.handoff-acknowledged", rotation, Map.of("handoff", handoff.toString()));
  }

  /// Somebody read the notes of hand-offs that were not to them.
  void notesRead(Actor actor, RotationEntity rotation, List<UUID> handoffs) {
    record(
        actor,
        "rotations.notes-read",
        rotation,
        Map.of("handoffs", handoffs.stream().map(UUID::toString).collect(Collectors.joining(" "))));
  }

  void handedOver(RotationEntity rotation, ShiftEntity shift, Instant now) {
    boolean late = Duration.between(shift.startsAt(), now).compareTo(LATE) > 0;
    String action = late ? "rotations.handed-over-late" : "rotations.handed-over";
    record(new Actor.System(), action, rotation, details(shift));
  }

  void missed(RotationEntity rotation, List<ShiftEntity> missed) {
    audit.recordAll(
        new Actor.System(),
        "rotations.handoff-missed",
        Subject.of("rotations.rotation", rotation.id()),
        missed.stream().map(RotationLog::details).toList());
  }

  /// Hand-offs of an outage so long that they are not logged one by one.
  void missedBefore(RotationEntity rotation, long count) {
    record(
        new Actor.System(),
        "rotations.handoffs-missed",
        rotation,
        Map.of("count", Long.toString(count)));
  }

  private static Map<String, String> details(ShiftEntity shift) {
    return Map.of("shift", shift.id().toString(), "due", shift.startsAt().toString());
  }

  private void record(
      Actor actor, String action, RotationEntity rotation, Map<String, String> details) {
    audit.record(actor, action, Subject.of("rotations.rotation", rotation.id()), details);
  }
}
