package dev.bothy.app.rotations;

import dev.bothy.app.rotations.ShiftRequest.Kind;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Requests to swap a shift and to cover a time: from the question in the channel until somebody
/// takes it, its time comes, or it is taken back. Taken, it is a change of the plan like any other.
///
/// Whoever is in the rotation may ask for another; the request and the audit log name who did.
/// Called within a transaction of the workspace.
@Component
class ShiftRequests {
  /// The kind of scheduled work that reminds of a request and closes it; its subject is the
  /// request.
  static final String KIND = "rotations.request";

  private static final int MOST_OPEN = 50;
  private static final int MOST_NAMED = 5;

  private final RotationTable rotations;
  private final ShiftRequestTable table;
  private final TheirShifts theirs;
  private final PlanChanges changes;
  private final RequestMessages messages;
  private final RotationPeople people;
  private final RotationLog log;
  private final Schedule schedule;
  private final Workspaces workspaces;
  private final Clock clock;

  ShiftRequests(
      RotationTable rotations,
      ShiftRequestTable table,
      TheirShifts theirs,
      PlanChanges changes,
      RequestMessages messages,
      RotationPeople people,
      RotationLog log,
      Schedule schedule,
      Workspaces workspaces,
      Clock clock) {
    this.rotations = rotations;
    this.table = table;
    this.theirs = theirs;
    this.changes = changes;
    this.messages = messages;
    this.people = people;
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
    Optional<RotationEntity> found = living(rotation);
    if (found.isEmpty()) {
      return new RequestOutcome.NotFound();
    }
    RotationEntity entity = found.get();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<Problem> wrong = wrong(entity, asked, now);
    if (wrong.isPresent()) {
      return refused(wrong.get());
    }
    Optional<Span> rest = asked.span().and(new Span(now, Instant.MAX));
    Optional<Span> served =
        rest.flatMap(span -> theirs.within(entity, asked.person(), asked.role(), span));
    if (served.isEmpty()) {
      return refused(notOnDuty(entity, asked.person(), now));
    }
    if (asked.kind() == Kind.SWAP && !served.get().start().isAfter(now)) {
      return refused(
          wrong(
              "from", "From", "that shift has begun", "a shift to come; cover asks for the rest"));
    }
    Span span = served.get();
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
            span.start().isAfter(now) ? span.start() : span.end(),
            State.OPEN,
            null,
            null,
            // Until it is posted, which is what gives it its message.
            rotation,
            null);
    ShiftRequest posted = messages.post(entity, request);
    table.add(posted);
    setDue(posted, now);
    log.requested(actor, entity, posted.id());
    return new RequestOutcome.Done(posted);
  }

  /// Somebody takes it.
  RequestOutcome take(Actor actor, UUID id, Participant by) {
    return open(
        id,
        (entity, request) -> {
          Optional<Problem> wrong = mayNot(entity, request, by);
          if (wrong.isPresent()) {
            return refused(wrong.get());
          }
          return taken(actor, entity, request, by);
        });
  }

  /// The requester says that somebody covers who said so in the thread.
  RequestOutcome confirm(Actor actor, UUID id, Participant confirming, Participant by) {
    return open(
        id,
        (entity, request) -> {
          if (!concerns(request, confirming)) {
            return refused(notTheirs(entity, request));
          }
          Optional<Problem> wrong = mayNot(entity, request, by);
          if (wrong.isPresent()) {
            return refused(wrong.get());
          }
          return taken(actor, entity, request, by);
        });
  }

  /// Somebody says that they cannot, or perhaps can.
  RequestOutcome answer(UUID id, Answered answer) {
    return open(
        id,
        (entity, request) -> {
          table.answer(id, answer, clock.instant());
          messages.update(entity, request);
          return new RequestOutcome.Done(request);
        });
  }

  /// Whoever it is about, or who asked, takes it back.
  RequestOutcome withdraw(Actor actor, UUID id, Participant by) {
    return open(
        id,
        (entity, request) -> {
          if (!concerns(request, by)) {
            return refused(notTheirs(entity, request));
          }
          return new RequestOutcome.Done(close(actor, entity, request, State.DELETED));
        });
  }

  /// A change of the plan was taken back: the request that it came from, if there is one, is open
  /// again while its time is to come.
  void undone(Actor actor, UUID change) {
    table
        .ofChange(change)
        .flatMap(request -> table.locked(request.id()))
        .ifPresent(request ->
            living(request.rotation()).ifPresent(entity -> reopen(actor, entity, request)));
  }

  /// Closes all that is open, since nobody can take it any more.
  void close(RotationEntity rotation, RequestEnd why) {
    Instant now = clock.instant();
    for (ShiftRequest request : table.living(rotation.id(), now)) {
      if (request.state() == State.OPEN) {
        close(rotation, request, why);
      }
    }
  }

  /// Closes what is open of people who are not on duty then any more, by the plan as it is now.
  void closeVoid(RotationEntity rotation) {
    Instant now = clock.instant();
    for (ShiftRequest request : table.living(rotation.id(), now)) {
      if (request.state() == State.OPEN
          && theirs.within(rotation, request.person(), request.role(), request.span()).isEmpty()) {
        close(rotation, request, RequestEnd.NOT_ON_DUTY);
      }
    }
  }

  private void close(RotationEntity rotation, ShiftRequest request, RequestEnd why) {
    messages.closed(rotation, ended(new Actor.System(), rotation, request, State.DELETED), why);
  }

  /// Closes what is about somebody who leaves, and opens again what they had taken. The caller
  /// takes the changes of the plan back.
  void forget(RotationEntity rotation, Participant person, Instant now) {
    Actor actor = new Actor.System();
    for (ShiftRequest request : table.living(rotation.id(), now)) {
      if (request.person().equals(person)) {
        close(rotation, request, RequestEnd.LEFT);
      } else if (person.equals(request.takenBy())) {
        reopen(actor, rotation, request);
      }
    }
  }

  /// Reminds of a request whose time for that has come, once for all that was missed, or closes it.
  ///
  /// @return when it is due next; empty when it is closed
  Optional<Instant> due(UUID id, Instant now) {
    Optional<ShiftRequest> found = table.locked(id).filter(each -> each.state() == State.OPEN);
    Optional<RotationEntity> rotation = found.flatMap(each -> rotations.byId(each.rotation()));
    if (found.isEmpty() || rotation.isEmpty()) {
      return Optional.empty();
    }
    ShiftRequest request = found.get();
    RotationEntity entity = rotation.get();
    if (entity.deletedAt().isPresent()) {
      // It may come back out of the bin, with its requests.
      return request.nextDue(now);
    }
    if (!people.reachable(entity.connection())) {
      close(new Actor.System(), entity, request, State.DELETED);
      return Optional.empty();
    }
    if (!now.isBefore(request.closesAt())) {
      messages.tellNobodyTook(entity, close(new Actor.System(), entity, request, State.PAST_DUE));
      return Optional.empty();
    }
    if (request.reminds(now, table.answers(id).size())) {
      table.remindedBy(id, messages.remind(entity, request));
    }
    return request.nextDue(now);
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
          close(new Actor.System(), rotation.get(), request, State.PAST_DUE));
    }
    return request.state() == State.OPEN
        ? then.then(rotation.get(), request)
        : new RequestOutcome.Closed(request);
  }

  private RequestOutcome taken(
      Actor actor, RotationEntity entity, ShiftRequest request, Participant by) {
    if (entity.paused()) {
      return refused(
          wrong("rotation", "Rotation", "it is paused", "to take shifts once it is resumed"));
    }
    if (theirs.within(entity, request.person(), request.role(), request.span()).isEmpty()) {
      return new RequestOutcome.Closed(close(actor, entity, request, State.DELETED));
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
            request.kind().why(),
            Set.of(request.person(), by));
    return switch (outcome) {
      case ChangeOutcome.Refused(List<Problem> problems) -> new RequestOutcome.Refused(problems);
      case ChangeOutcome.NotFound() -> new RequestOutcome.NotFound();
      case ChangeOutcome.Done(PlanChange made, Rotation _) -> {
        table.taken(request.id(), by, made.change().id());
        ShiftRequest now = table.locked(request.id()).orElseThrow();
        schedule.clear(KIND, request.id());
        messages.update(entity, now);
        messages.tellTaken(entity, now, by, made.change().id());
        log.requestTaken(actor, entity, request.id());
        yield new RequestOutcome.Done(now);
      }
    };
  }

  private ShiftRequest close(
      Actor actor, RotationEntity entity, ShiftRequest request, State state) {
    ShiftRequest closed = ended(actor, entity, request, state);
    messages.update(entity, closed);
    return closed;
  }

  /// Closed, with the messages as they were.
  private ShiftRequest ended(
      Actor actor, RotationEntity entity, ShiftRequest request, State state) {
    table.untaken(request.id(), state);
    schedule.clear(KIND, request.id());
    log.requestClosed(actor, entity, request.id());
    return table.locked(request.id()).orElseThrow();
  }

  private void reopen(Actor actor, RotationEntity entity, ShiftRequest request) {
    Instant now = clock.instant();
    if (!now.isBefore(request.closesAt())) {
      close(actor, entity, request, State.DELETED);
      return;
    }
    table.untaken(request.id(), State.OPEN);
    ShiftRequest open = table.locked(request.id()).orElseThrow();
    setDue(open, now);
    messages.update(entity, open);
    log.requestReopened(actor, entity, request.id());
  }

  private void setDue(ShiftRequest request, Instant now) {
    request.nextDue(now).ifPresent(due -> schedule.set(KIND, request.id(), due));
  }

  private Optional<Problem> wrong(RotationEntity entity, Asked asked, Instant now) {
    if (!asked.askedBy().equals(asked.person()) && !entity.people().contains(asked.askedBy())) {
      return Optional.of(
          wrong(
              "person",
              "For",
              "somebody else's shift",
              "your own; whoever is in the rotation may ask for another"));
    }
    if (!asked.span().end().isAfter(now)) {
      return Optional.of(wrong("until", "Until", "it is over already", "a time to come"));
    }
    List<ShiftRequest> open =
        table.living(entity.id(), now).stream().filter(each -> each.state() == State.OPEN).toList();
    if (open.size() >= MOST_OPEN) {
      return Optional.of(
          wrong("request", "Requests", MOST_OPEN + " are open", "fewer: withdraw one first"));
    }
    return open.stream()
            .anyMatch(each ->
                each.person().equals(asked.person())
                    && each.kind() == asked.kind()
                    && each.span().and(asked.span()).isPresent())
        ? Optional.of(
            wrong("from", "From", "the channel is asked for that already", "another time"))
        : Optional.empty();
  }

  private Optional<Problem> mayNot(RotationEntity entity, ShiftRequest request, Participant by) {
    if (by.equals(request.person())) {
      return Optional.of(wrong("in", "Who serves", "it is your own shift", "somebody else"));
    }
    return request.kind() == Kind.SWAP && !entity.people().contains(by)
        ? Optional.of(
            wrong(
                "in",
                "Who serves",
                people.names(entity.connection()).apply(by) + " is not in the rotation",
                "its people"))
        : Optional.empty();
  }

  private Problem notOnDuty(RotationEntity entity, Participant person, Instant now) {
    String allowed =
        theirs.toCome(entity, person, now, MOST_NAMED).stream()
            .map(shift -> Cards.time(shift.span(), RequestMessages.zone(entity)))
            .collect(Collectors.joining("; "));
    String name = people.names(entity.connection()).apply(person);
    return wrong(
        "from",
        "From",
        name + " is not on duty then",
        allowed.isEmpty() ? "no shift of theirs is to come" : allowed);
  }

  private Problem notTheirs(RotationEntity entity, ShiftRequest request) {
    return wrong(
        "request",
        "Request",
        "it is not yours",
        people.names(entity.connection()).apply(request.askedBy()) + " asked, and can");
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

  private static Problem wrong(String field, String label, String found, String allowed) {
    return RotationInput.wrong(field, label, found, allowed);
  }
}
