package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.InboundEvent.ActionTaken;
import dev.bothy.platform.chat.InboundEvent.CommandInvoked;
import dev.bothy.platform.chat.InboundEvent.FormSubmitted;
import dev.bothy.platform.chat.InboundEvent.HomeOpened;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chatlinks.ChatActors;
import dev.bothy.platform.kernel.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Rotations in chat: the command `/rotation`, its buttons and its forms, for every network alike.
///
/// Whoever can write in a conversation may make and change rotations there, as they could with a
/// list pinned to it; the audit log says who did.
@Component
class RotationChat implements ChatFeature {
  private static final String COMMAND = "/rotation";
  private static final Duration FORESEEN = Duration.ofDays(366);
  private static final int COMING = 5;

  private final Rotations rotations;
  private final Chat chat;
  private final RotationPeople people;
  private final RotationHome home;
  private final ChatActors actors;
  private final Answers answers;
  private final List<ChatPart> parts;
  private final Clock clock;

  RotationChat(
      Rotations rotations,
      Chat chat,
      RotationPeople people,
      ChatActors actors,
      Answers answers,
      UnansweredHandoffs unanswered,
      List<ChatPart> parts,
      Clock clock) {
    this.rotations = rotations;
    this.chat = chat;
    this.people = people;
    this.home = new RotationHome(rotations, chat, people, unanswered);
    this.actors = actors;
    this.answers = answers;
    this.parts = List.copyOf(parts);
    this.clock = clock;
  }

  private Actor actor(Asker asker) {
    return actors.actor(asker.connection().id(), asker.account());
  }

  @Override
  public String id() {
    return "rotations";
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new Command(
            COMMAND,
            "Who is on duty, and who is next",
            "new | list | show | pause | resume | delete | note | notes | override | take | move | swap | cover"
                + " | away | back | help"));
  }

  @Override
  public Map<Capability, String> needs() {
    Map<Capability, String> needs = new EnumMap<>(Capability.class);
    needs.put(Capability.COMMAND, "People make and look up rotations with " + COMMAND + ".");
    needs.put(Capability.POST, "The channel is told who is on duty.");
    needs.put(Capability.UPDATE, "What is no longer so loses its buttons.");
    needs.put(Capability.DIRECT, "The person who takes over is told, with the hand-off note.");
    needs.put(Capability.EPHEMERAL, "Answers are shown to the person who asked alone.");
    needs.put(Capability.ACTIONS, "Hand-off notes, pausing and deleting are buttons.");
    needs.put(Capability.FORM, "A new rotation and a hand-off note are forms.");
    needs.put(Capability.HOME, "Everybody finds who is on duty in the app's Home tab.");
    needs.put(Capability.LOOKUP, "Names, time zones, and whether somebody has left.");
    return needs;
  }

  @Override
  public Map<Capability, String> wishes() {
    return Map.of(
        Capability.HEAR, "Answers in the thread of \"Who can cover?\" are noted on the question.");
  }

  @Override
  public boolean wants(ChatConnection connection, InboundEvent event) {
    return switch (event) {
      case HomeOpened _ -> true;
      case InboundEvent.MessagePosted posted -> posted.mayAnswer(connection);
      case CommandInvoked _,
          ActionTaken _,
          FormSubmitted _,
          InboundEvent.MessageEdited _,
          InboundEvent.MessageDeleted _,
          InboundEvent.ReactionAdded _,
          InboundEvent.MemberJoined _,
          InboundEvent.MemberLeft _,
          InboundEvent.AppRemoved _ ->
          false;
    };
  }

  @Override
  public Set<String> accounts(InboundEvent event) {
    if (!(event instanceof FormSubmitted form)) {
      return Set.of();
    }
    return Set.copyOf(
        form.form().equals(Forms.CREATE) ? Forms.read(form).accounts() : ShiftForms.accounts(form));
  }

  @Override
  public Answer handle(ChatConnection connection, InboundEvent event) {
    return switch (event) {
      case CommandInvoked command -> handleCommand(connection, command);
      case ActionTaken action -> handleAction(connection, action);
      case FormSubmitted form -> handleForm(connection, form);
      case HomeOpened opened -> {
        home.show(connection, opened.author(), opened.shown());
        yield new Answer.Done();
      }
      case InboundEvent.MessagePosted posted -> {
        parts.forEach(part -> part.heard(connection, posted));
        yield new Answer.Done();
      }
      case InboundEvent.MessageEdited _,
          InboundEvent.MessageDeleted _,
          InboundEvent.ReactionAdded _,
          InboundEvent.MemberJoined _,
          InboundEvent.MemberLeft _,
          InboundEvent.AppRemoved _ ->
          new Answer.Done();
    };
  }

  private Answer handleCommand(ChatConnection connection, CommandInvoked command) {
    Asker asker = Asker.of(connection, command);
    String zone = people.zone(connection.id(), command.author()).getId();
    switch (CommandLine.read(command.text(), zone)) {
      case CommandLine.OpenForm() -> openCreateForm(asker);
      case CommandLine.New(RotationInput input) -> create(asker, asker.conversation(), input);
      case CommandLine.ListAll() -> list(asker);
      case CommandLine.Show(String name) -> withNamed(asker, name, found -> show(asker, found));
      case CommandLine.Pause(String name) -> withNamed(asker, name, found -> pause(asker, found));
      case CommandLine.Resume(String name) -> withNamed(asker, name, found -> resume(asker, found));
      case CommandLine.Delete(String name) ->
          withNamed(asker, name, found -> tell(asker, Cards.askBeforeDeleting(found)));
      case CommandLine.OfShifts(ShiftLine.NotUnderstood(Problem problem)) ->
          tell(asker, Cards.problems(List.of(problem)));
      case CommandLine.OfShifts(ShiftLine line) -> {
        if (parts.stream().noneMatch(part -> part.typed(asker, line))) {
          throw new IllegalStateException("No part knows " + line.getClass());
        }
      }
      case CommandLine.Help() -> tell(asker, HelpCard.card());
      case CommandLine.NotUnderstood(Problem problem) ->
          tell(asker, Cards.problems(List.of(problem)));
    }
    return new Answer.Done();
  }

  private Answer handleAction(ChatConnection connection, ActionTaken action) {
    Asker asker = Asker.of(connection, action);
    switch (action.action()) {
      case Cards.NEW -> openCreateForm(asker);
      case Cards.SHOW -> withId(asker, action.value(), found -> show(asker, found));
      case Cards.PAUSE -> withId(asker, action.value(), found -> pause(asker, found));
      case Cards.RESUME -> withId(asker, action.value(), found -> resume(asker, found));
      case Cards.DELETE ->
          withId(asker, action.value(), found -> tell(asker, Cards.askBeforeDeleting(found)));
      case Cards.DELETE_CONFIRMED -> withId(asker, action.value(), found -> delete(asker, found));
      case Cards.UNDO_DELETE -> withId(asker, action.value(), found -> restore(asker, found));
      default -> {
        if (parts.stream()
            .noneMatch(part -> part.pressed(asker, action.action(), action.value()))) {
          tell(asker, Content.of("This button is from an older version of Bothy."));
        }
      }
    }
    return new Answer.Done();
  }

  private Answer handleForm(ChatConnection connection, FormSubmitted form) {
    Asker asker = Asker.of(connection, form);
    return switch (form.form()) {
      case Forms.CREATE ->
          answer(
              rotations.create(
                  connection.workspace(),
                  actor(asker),
                  connection.id(),
                  form.context(),
                  Forms.read(form)),
              RotationInput.NAME);
      default ->
          parts.stream()
              .flatMap(part -> part.submitted(asker, form).stream())
              .findFirst()
              .orElseGet(Answer.Done::new);
    };
  }

  private void openCreateForm(Asker asker) {
    if (asker.conversation().isEmpty()) {
      home.tellWhereToMake(asker.connection(), asker.account());
      return;
    }
    if (!can(asker, Capability.FORM)) {
      tell(asker, HelpCard.card());
      return;
    }
    Form form =
        Forms.create(asker.conversation(), people.zone(asker.connection().id(), asker.account()));
    open(asker, form);
  }

  private void create(Asker asker, String conversation, RotationInput typed) {
    RotationInput input =
        typed.withAccounts(typed.accounts().stream().map(Mentions::account).toList());
    RotationOutcome outcome =
        rotations.create(
            asker.connection().workspace(),
            actor(asker),
            asker.connection().id(),
            conversation,
            input);
    tellUnlessDone(asker, outcome);
  }

  private void list(Asker asker) {
    List<Rotation> all = rotations.all(asker.connection().workspace());
    tell(asker, Cards.list(all, rotation -> DutyWords.line(rotation, names(rotation))));
  }

  private void show(Asker asker, Rotation rotation) {
    if (rotation.deletedAt() != null) {
      tellDeleted(asker, rotation);
      return;
    }
    Instant until = clock.instant().plus(FORESEEN);
    List<Shift> coming =
        rotations.coming(asker.connection().workspace(), rotation.id(), until, COMING);
    Function<Participant, String> names = names(rotation);
    tell(
        asker,
        ShiftCards.withActions(
            Cards.details(rotation, coming, asker.person(), names), rotation, names));
  }

  private void pause(Asker asker, Rotation rotation) {
    tellOrConfirm(
        asker,
        rotations.pause(asker.connection().workspace(), actor(asker), rotation.id()),
        " is paused.");
  }

  private void resume(Asker asker, Rotation rotation) {
    tellOrConfirm(
        asker,
        rotations.resume(asker.connection().workspace(), actor(asker), rotation.id()),
        " goes on.");
  }

  private void delete(Asker asker, Rotation rotation) {
    RotationOutcome outcome =
        rotations.delete(asker.connection().workspace(), actor(asker), rotation.id());
    if (outcome instanceof RotationOutcome.Done(Rotation deleted)) {
      tellDeleted(asker, deleted);
    } else {
      tellUnlessDone(asker, outcome);
    }
  }

  private void tellDeleted(Asker asker, Rotation rotation) {
    Instant goesAt =
        rotations.goesAt(asker.connection().workspace(), rotation.id()).orElseGet(clock::instant);
    tell(asker, Cards.deleted(rotation, goesAt));
  }

  private void restore(Asker asker, Rotation rotation) {
    tellOrConfirm(
        asker,
        rotations.restore(asker.connection().workspace(), actor(asker), rotation.id()),
        " is back.");
  }

  private void withNamed(Asker asker, String name, Consumer<Rotation> then) {
    answers.withNamed(asker, name, then);
  }

  private void withId(Asker asker, String id, Consumer<Rotation> then) {
    answers.withId(asker, id, then);
  }

  private void tellOrConfirm(Asker asker, RotationOutcome outcome, String what) {
    if (outcome instanceof RotationOutcome.Done(Rotation rotation)) {
      tell(asker, Cards.confirmed(rotation, what));
    } else {
      tellUnlessDone(asker, outcome);
    }
  }

  private void tellUnlessDone(Asker asker, RotationOutcome outcome) {
    switch (outcome) {
      case RotationOutcome.Done _ -> {}
      case RotationOutcome.Refused(List<Problem> problems) -> tell(asker, Cards.problems(problems));
      case RotationOutcome.NotFound() -> tell(asker, Answers.gone());
    }
  }

  private static Answer answer(RotationOutcome outcome, String anyField) {
    return switch (outcome) {
      case RotationOutcome.Done _ -> new Answer.Done();
      case RotationOutcome.Refused(List<Problem> problems) -> {
        Map<String, String> byField = new LinkedHashMap<>();
        for (Problem problem : problems) {
          String field = problem.field() == null ? anyField : problem.field();
          byField.merge(field, problem.message(), (one, other) -> one + "\n" + other);
        }
        yield new Answer.FieldErrors(byField);
      }
      case RotationOutcome.NotFound() ->
          new Answer.FieldErrors(Map.of(anyField, "There is no such rotation any more."));
    };
  }

  private void tell(Asker asker, Content content) {
    answers.tell(asker, content);
  }

  private void open(Asker asker, Form form) {
    chat.send(
        asker.connection().id(),
        new OutboundMessage.OpenForm(asker.conversation(), asker.account(), asker.reply(), form));
  }

  private boolean can(Asker asker, Capability capability) {
    return chat.capabilities(asker.connection().id()).contains(capability);
  }

  private Function<Participant, String> names(Rotation rotation) {
    return people.names(rotation.connection());
  }
}
