package dev.bothy.app.rotations;

import dev.bothy.app.rotations.TheirShifts.Theirs;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.InboundEvent.FormSubmitted;
import dev.bothy.platform.chatlinks.ChatActors;
import dev.bothy.platform.kernel.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Changes of the plan in chat: overrides, taking over the rest of a shift, moving the next one to
/// somebody, and taking each of these back.
@Component
class ShiftChat implements ChatPart {
  private final Rotations rotations;
  private final PlanChanges changes;
  private final RotationTable table;
  private final TheirShifts theirs;
  private final RotationPeople people;
  private final ChatActors actors;
  private final Answers answers;
  private final Clock clock;

  ShiftChat(
      Rotations rotations,
      PlanChanges changes,
      RotationTable table,
      TheirShifts theirs,
      RotationPeople people,
      ChatActors actors,
      Answers answers,
      Clock clock) {
    this.rotations = rotations;
    this.changes = changes;
    this.table = table;
    this.theirs = theirs;
    this.people = people;
    this.actors = actors;
    this.answers = answers;
    this.clock = clock;
  }

  @Override
  public boolean typed(Asker asker, ShiftLine line) {
    switch (line) {
      case ShiftLine.Override(String name, String person, List<String> times) ->
          answers.withNamed(asker, name, found -> override(asker, found, person, times));
      case ShiftLine.Take(String name) ->
          answers.withNamed(
              asker, name, found -> takeOver(asker, found, found.duties().getFirst().shift()));
      case ShiftLine.Move(String name, String person) ->
          answers.withNamed(asker, name, found -> move(asker, found, Mentions.account(person)));
      case ShiftLine.Ask _,
          ShiftLine.Away _,
          ShiftLine.Back _,
          ShiftLine.Note _,
          ShiftLine.Notes _,
          ShiftLine.NotUnderstood _ -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean pressed(Asker asker, String action, String value) {
    switch (action) {
      case ShiftCards.TAKE_OVER ->
          withPair(asker, value, (rotation, shift) -> takeOver(asker, rotation, shift));
      case ShiftCards.OVERRIDE -> answers.withId(asker, value, found -> openOverride(asker, found));
      case ShiftCards.MOVE -> answers.withId(asker, value, found -> openMove(asker, found));
      case ShiftCards.UNDO ->
          withPair(asker, value, (rotation, change) -> undo(asker, rotation, change));
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<Answer> submitted(Asker asker, FormSubmitted form) {
    return switch (form.form()) {
      case ShiftForms.OVERRIDE -> Optional.of(overridden(asker, form));
      case ShiftForms.MOVE -> Optional.of(moved(asker, form));
      default -> Optional.empty();
    };
  }

  private void override(Asker asker, Rotation rotation, String person, List<String> times) {
    List<Problem> problems = new ArrayList<>();
    Optional<Span> span = moments(rotation).span(times, problems);
    if (span.isEmpty()) {
      answers.tell(asker, problems);
      return;
    }
    tell(asker, set(asker, rotation, null, Mentions.account(person), span.get()));
  }

  private void openOverride(Asker asker, Rotation rotation) {
    answers.open(
        asker,
        ShiftForms.override(
            rotation.id(), rotation.duties().stream().map(RoleDuty::role).distinct().toList()),
        "To put somebody on duty: /rotation override <name> @who from tomorrow 14:00 to 18:00");
  }

  private Answer overridden(Asker asker, FormSubmitted form) {
    List<String> fields = List.of(ShiftForms.PERSON, ShiftForms.FROM, ShiftForms.UNTIL);
    Optional<Rotation> rotation = rotation(asker, form.context());
    if (rotation.isEmpty()) {
      return gone(fields);
    }
    List<Problem> problems = new ArrayList<>();
    Optional<Span> span = moments(rotation.get()).span(ShiftForms.times(form), problems);
    if (span.isEmpty()) {
      return Answers.again(problems, fields);
    }
    return answered(
        asker,
        set(
            asker,
            rotation.get(),
            Forms.one(form, ShiftForms.ROLE),
            Forms.one(form, ShiftForms.PERSON),
            span.get()),
        fields);
  }

  private ChangeOutcome set(
      Asker asker, Rotation rotation, @Nullable String role, String account, Span span) {
    return changes.make(
        asker.connection().workspace(),
        actor(asker),
        rotation.id(),
        new ChangeInput.Set(span.start(), span.end(), role, account));
  }

  /// The asker serves the rest of the shift that somebody has now.
  ///
  /// @param shift of which role and whose; null when nobody is meant to be on duty
  private void takeOver(Asker asker, Rotation rotation, @Nullable UUID shift) {
    if (rotation.deletedAt() != null) {
      answers.tell(asker, Answers.gone());
      return;
    }
    RoleDuty first = rotation.duties().getFirst();
    if (shift == null) {
      answers.tell(asker, ShiftCards.now(rotation, first, "", names(rotation)));
      return;
    }
    Optional<RoleDuty> found =
        rotation.duties().stream().filter(each -> each.held(shift).isPresent()).findFirst();
    if (found.isEmpty()) {
      answers.tell(asker, ShiftCards.now(rotation, first, "That shift is over. ", names(rotation)));
      return;
    }
    RoleDuty duty = found.get();
    if (duty.people().contains(asker.person())) {
      answers.tell(
          asker, ShiftCards.now(rotation, duty, "You are on duty already. ", names(rotation)));
      return;
    }
    RoleDuty.Held held = duty.held(shift).orElseThrow();
    Instant until = held.until();
    Participant person = held.person();
    ChangeInput input =
        person == null
            ? new ChangeInput.Set(clock.instant(), until, duty.role(), asker.account())
            : new ChangeInput.Replace(
                clock.instant(), until, duty.role(), person.account(), asker.account());
    tell(asker, make(asker, rotation, input, Why.TAKE_OVER));
  }

  private void move(Asker asker, Rotation rotation, String account) {
    Optional<Theirs> next = next(asker, rotation);
    if (next.isEmpty()) {
      answers.tell(asker, ShiftCards.nothingToCome(rotation, "you have"));
      return;
    }
    tell(asker, give(asker, rotation, next.get(), account));
  }

  private void openMove(Asker asker, Rotation rotation) {
    Optional<Theirs> next = next(asker, rotation);
    if (next.isEmpty()) {
      answers.tell(asker, ShiftCards.nothingToCome(rotation, "you have"));
      return;
    }
    Span span = next.get().span();
    answers.open(
        asker,
        ShiftForms.move(rotation.id() + " " + span.start(), Cards.time(span, rotation.zone())),
        "To move your next shift to somebody: /rotation move <name> @who");
  }

  private Answer moved(Asker asker, FormSubmitted form) {
    List<String> fields = List.of(ShiftForms.PERSON);
    String[] context = form.context().split(" ", 2);
    Optional<Rotation> rotation = rotation(asker, context[0]);
    if (rotation.isEmpty()) {
      return gone(fields);
    }
    Optional<Theirs> next =
        next(asker, rotation.get())
            .filter(shift -> shift.span().start().toString().equals(context[context.length - 1]));
    if (next.isEmpty()) {
      return Answers.again(
          List.of(
              RotationInput.wrong(
                  ShiftForms.PERSON,
                  "Shift",
                  "it is not your next any more",
                  "your next shift: open the form again")),
          fields);
    }
    return answered(
        asker, give(asker, rotation.get(), next.get(), Forms.one(form, ShiftForms.PERSON)), fields);
  }

  private ChangeOutcome give(Asker asker, Rotation rotation, Theirs shift, String account) {
    return make(
        asker,
        rotation,
        new ChangeInput.Replace(
            shift.span().start(), shift.span().end(), shift.role(), asker.account(), account),
        Why.MOVE);
  }

  private ChangeOutcome make(Asker asker, Rotation rotation, ChangeInput input, Why why) {
    return changes.make(
        asker.connection().workspace(),
        actor(asker),
        rotation.id(),
        input,
        why,
        Set.of(asker.person()));
  }

  private void undo(Asker asker, Rotation rotation, UUID change) {
    ChangeOutcome outcome =
        changes.undo(
            asker.connection().workspace(), actor(asker), rotation.id(), change, asker.person());
    switch (outcome) {
      case ChangeOutcome.Done(PlanChange made, Rotation now) ->
          answers.tell(asker, ShiftCards.undone(now, made.change().span()));
      case ChangeOutcome.Refused(List<Problem> problems) -> answers.tell(asker, problems);
      case ChangeOutcome.NotFound() ->
          answers.tell(asker, Content.of("That is over, or was undone already."));
    }
  }

  private void tell(Asker asker, ChangeOutcome outcome) {
    switch (outcome) {
      case ChangeOutcome.Done(PlanChange made, Rotation rotation) ->
          answers.tell(
              asker,
              ShiftCards.made(rotation, made, made.change().people().getLast(), names(rotation)));
      case ChangeOutcome.Refused(List<Problem> problems) -> answers.tell(asker, problems);
      case ChangeOutcome.NotFound() -> answers.tell(asker, Answers.gone());
    }
  }

  private Answer answered(Asker asker, ChangeOutcome outcome, List<String> fields) {
    return switch (outcome) {
      case ChangeOutcome.Done _ -> {
        tell(asker, outcome);
        yield new Answer.Done();
      }
      case ChangeOutcome.Refused(List<Problem> problems) -> Answers.again(problems, fields);
      case ChangeOutcome.NotFound() -> gone(fields);
    };
  }

  private interface WithPair {
    void then(Rotation rotation, UUID other);
  }

  /// A button's value that names a rotation and something of it.
  private void withPair(Asker asker, String value, WithPair then) {
    String[] ids = value.split(" ", 2);
    Optional<UUID> other = Answers.uuid(ids[ids.length - 1]);
    answers.withId(
        asker,
        ids[0],
        rotation ->
            other.ifPresentOrElse(
                id -> then.then(rotation, id), () -> answers.tell(asker, Answers.gone())));
  }

  private Optional<Theirs> next(Asker asker, Rotation rotation) {
    return table
        .byId(rotation.id())
        .flatMap(entity ->
            theirs.toCome(entity, asker.person(), clock.instant(), 1).stream().findFirst());
  }

  private Optional<Rotation> rotation(Asker asker, String id) {
    return Answers.uuid(id)
        .flatMap(known -> rotations.find(asker.connection().workspace(), known))
        .filter(rotation -> rotation.deletedAt() == null);
  }

  private static Answer gone(List<String> fields) {
    return Answers.again(
        List.of(Problem.ofUser("rotations.gone", "There is no such rotation any more.")), fields);
  }

  private Moments moments(Rotation rotation) {
    return new Moments(rotation.zone(), rotation.times().at(), clock.instant());
  }

  private Function<Participant, String> names(Rotation rotation) {
    return people.names(rotation.connection());
  }

  private Actor actor(Asker asker) {
    return actors.actor(asker.connection().id(), asker.account());
  }
}
