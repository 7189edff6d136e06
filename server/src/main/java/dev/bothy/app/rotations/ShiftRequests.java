package dev.bothy.app.rotations;

import dev.bothy.app.rotations.ShiftRequest.Kind;
import dev.bothy.app.rotations.ShiftRequest.Reason;
import dev.bothy.app.rotations.ShiftRequest.State;
import dev.bothy.app.rotations.ShiftRequestTable.Answered;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Requests to swap a shift and to cover a time: from the question in the channel until somebody
/// takes it, its time comes, or it is taken back. Taken, it is a change of the plan like any other.
/// [RequestEnds] follows what else becomes of the plan.
///
/// Whoever is in the rotation may ask for another; the request and the audit log name who did.
/// Called within a transaction of the workspace.
@Component
class ShiftRequests {
  /// The kind of scheduled work that reminds of a request and closes it; its subject is the
  /// request.
  static final String KIND = "rotations.request";

  private final RotationTable rotations;
  private final ShiftRequestTable table;
  private final TheirShifts theirs;
  private final PlanChanges changes;
  private final RequestChecks checks;
  private final RequestEnds ends;
  private final RequestMessages messages;
  private final RotationLog log;
  private final Schedule schedule;
  private final Workspaces workspaces;
  private final Clock clock;

  ShiftRequests(
      RotationTable rotations,
      ShiftRequestTable table,
      TheirShifts theirs,
      PlanChanges changes,
      RequestChecks checks,
      RequestEnds ends,
      RequestMessages messages,
      RotationLog log,
      Schedule schedule,
      Workspaces workspaces,
      Clock clock) {
    this.rotations = rotations;
    this.table = table;
    this.theirs = theirs;
    this.changes = changes;
    this.checks = checks;
    this.ends = ends;
    this.messages = messages;
    this.log = log;
    this.schedule = schedule;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What somebody asks.
  ///
  /// @param role null for every role
  /// @param person whose shift it is about
  /// @param askedBy who asks, who may be the same
  /// @param span a part of a shift is enough, and what lies around the person's shifts is left out
  record Asked(
      Kind kind, @Nullable String role, Participant person, Participant askedBy, Span span) {}

  /// Asks the channel.
  RequestOutcome ask(Actor actor, UUID rotation, Asked asked) {
    return ask(actor, rotation, asked, false);
  }

  /// @param forAnybody whether they may ask for people of a rotation that they are not in
  RequestOutcome ask(Actor actor, UUID rotation, Asked asked, boolean forAnybody) {
    Optional<RotationEntity> found = living(rotation);
    if (found.isEmpty()) {
      return new RequestOutcome.NotFound();
    }
    RotationEntity entity = found.get();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<Problem> wrong = checks.mayNotAsk(entity, asked, forAnybody, now);
    if (wrong.isPresent()) {
      return refused(wrong.get());
    }
    Optional<Span> rest = asked.span().and(new Span(now, Instant.MAX));
    Optional<Span> served =
        rest.flatMap(span -> theirs.within(entity, asked.person(), asked.role(), span));
    if (served.isEmpty()) {
      return refused(checks.notOnDuty(entity, asked.person(), now));
    }
    Span span = served.get();
    boolean toCome = span.start().isAfter(now);
    if (asked.kind() == Kind.SWAP && !toCome) {
      return refused(RequestChecks.hasBegun());
    }
    ShiftRequest request =
        new ShiftRequest(
            Ids.next(clock),
            rotation,
            asked.kind(),
            asked.role(),
            asked.person(),
            asked.askedBy(),
            span,
            now,
            toCome ? span.start() : span.end(),
            State.OPEN,
            null,
            null,
            null,
            // Until it is posted, which is what gives it its message.
            rotation,
            null);
    ShiftRequest posted = messages.post(entity, request);
    table.add(posted);
    ends.setDue(posted, now);
    log.requested(actor, entity, posted.id());
    return new RequestOutcome.Done(posted);
  }

  /// Somebody takes it.
  RequestOutcome take(Actor actor, UUID id, Participant by) {
    return open(
        id,
        (entity, request) -> {
          Optional<Problem> wrong = checks.mayNotTake(entity, request, by);
          return wrong.isPresent() ? refused(wrong.get()) : taken(actor, entity, request, by);
        });
  }

  /// The requester says that somebody covers who said so in the thread.
  RequestOutcome confirm(Actor actor, UUID id, Participant confirming, Participant by) {
    return open(
        id,
        (entity, request) ->
            concerns(request, confirming)
                ? take(actor, id, by)
                : refused(checks.notTheirs(entity, request.askedBy())));
  }

  /// Somebody says that they cannot, or perhaps can.
  RequestOutcome answer(Actor actor, UUID id, Answered answer) {
    return open(
        id,
        (entity, request) -> {
          table.answer(id, answer, clock.instant());
          messages.update(entity, request);
          log.requestAnswered(actor, entity, id);
          return new RequestOutcome.Done(request);
        });
  }

  /// Whoever it is about, or who asked, takes it back.
  ///
  /// @param by null for somebody who may take back any
  RequestOutcome withdraw(Actor actor, UUID id, @Nullable Participant by) {
    return open(
        id,
        (entity, request) ->
            by == null || concerns(request, by)
                ? new RequestOutcome.Done(ends.close(actor, entity, request, Reason.WITHDRAWN))
                : refused(checks.notTheirs(entity, request.askedBy())));
  }

  /// Whoever took it gives it back: it is open again while its time is to come.
  ///
  /// @param by null for somebody who may give back any
  RequestOutcome giveBack(Actor actor, UUID id, @Nullable Participant by) {
    Optional<ShiftRequest> found = table.locked(id);
    Optional<RotationEntity> rotation = found.flatMap(each -> living(each.rotation()));
    if (found.isEmpty() || rotation.isEmpty()) {
      return new RequestOutcome.NotFound();
    }
    ShiftRequest request = found.get();
    Participant taker = request.takenBy();
    UUID change = request.change();
    if (taker == null || change == null) {
      return new RequestOutcome.Closed(request);
    }
    if (by != null && !by.equals(taker)) {
      return refused(checks.notTheirs(rotation.get(), taker));
    }
    ChangeOutcome outcome =
        changes.undo(workspaces.current(), actor, request.rotation(), change, taker);
    return switch (outcome) {
      case ChangeOutcome.Done _ -> new RequestOutcome.Done(table.locked(id).orElseThrow());
      case ChangeOutcome.Refused(List<Problem> problems) -> new RequestOutcome.Refused(problems);
      case ChangeOutcome.NotFound() -> new RequestOutcome.Closed(request);
    };
  }

  /// The open cover request that a message of ours asks for.
  Optional<ShiftRequest> openCoverOf(UUID message) {
    return table
        .ofMessage(message)
        .filter(request -> request.state() == State.OPEN && request.kind() == Kind.COVER);
  }

  /// Asks the requester whether somebody covers who may have said so.
  void askRequester(ShiftRequest request, Participant who) {
    living(request.rotation()).ifPresent(entity -> messages.askRequester(entity, request, who));
  }

  /// A request in words, as it stands.
  Content words(ShiftRequest request) {
    return living(request.rotation())
        .map(entity -> Content.of(RequestCards.outcome(messages.of(entity), request)))
        .orElseGet(() -> Content.of("There is no such rotation any more."));
  }

  private interface WhileOpen {
    RequestOutcome then(RotationEntity rotation, ShiftRequest request);
  }

  private RequestOutcome open(UUID id, WhileOpen then) {
    Optional<ShiftRequest> found = table.locked(id);
    Optional<RotationEntity> rotation = found.flatMap(each -> living(each.rotation()));
    if (found.isEmpty() || rotation.isEmpty()) {
      return new RequestOutcome.NotFound();
    }
    ShiftRequest request = found.get();
    if (request.state() == State.OPEN && !clock.instant().isBefore(request.closesAt())) {
      return new RequestOutcome.Closed(
          ends.close(new Actor.System(), rotation.get(), request, Reason.NOBODY));
    }
    return request.state() == State.OPEN
        ? then.then(rotation.get(), request)
        : new RequestOutcome.Closed(request);
  }

  private RequestOutcome taken(
      Actor actor, RotationEntity entity, ShiftRequest request, Participant by) {
    if (entity.paused()) {
      return refused(RequestChecks.isPaused());
    }
    if (theirs.within(entity, request.person(), request.role(), request.span()).isEmpty()) {
      return new RequestOutcome.Closed(ends.close(actor, entity, request, Reason.GONE));
    }
    ChangeOutcome outcome =
        changes.make(
            workspaces.current(),
            actor,
            entity.id(),
            new ChangeInput.Replace(
                request.span().start(),
                request.span().end(),
                request.role(),
                request.person().account(),
                by.account()),
            new PlanChanges.Origin(
                request.kind().why(),
                Set.of(request.person(), by),
                change -> {
                  table.taken(request.id(), by, change);
                  log.requestTaken(actor, entity, request.id(), change);
                }));
    return switch (outcome) {
      case ChangeOutcome.Refused(List<Problem> problems) -> new RequestOutcome.Refused(problems);
      case ChangeOutcome.NotFound() -> new RequestOutcome.NotFound();
      case ChangeOutcome.Done(PlanChange made, Rotation _) -> {
        ShiftRequest now = table.locked(request.id()).orElseThrow();
        schedule.clear(KIND, request.id());
        messages.update(entity, now);
        messages.tellTaken(entity, now, by, made.change().id());
        yield new RequestOutcome.Done(now);
      }
    };
  }

  private static boolean concerns(ShiftRequest request, Participant person) {
    return person.equals(request.person()) || person.equals(request.askedBy());
  }

  private Optional<RotationEntity> living(UUID rotation) {
    return rotations.byId(rotation).filter(each -> each.deletedAt().isEmpty());
  }

  private static RequestOutcome refused(Problem problem) {
    return new RequestOutcome.Refused(List.of(problem));
  }
}
