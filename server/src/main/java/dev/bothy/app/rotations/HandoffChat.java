package dev.bothy.app.rotations;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.InboundEvent.FormSubmitted;
import dev.bothy.platform.chatlinks.ChatActors;
import dev.bothy.platform.kernel.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Hand-offs in chat: the note and the checklist for the next person, their "Got it", and the notes
/// for others who may read them.
@Component
class HandoffChat implements ChatPart {
  private static final List<String> FIELDS = List.of(HandoffForms.NOTE, HandoffForms.TICKED);

  private final HandoffWriting writing;
  private final NoteReading reading;
  private final RotationTable rotations;
  private final RotationPeople people;
  private final Chat chat;
  private final ChatActors actors;
  private final Answers answers;

  HandoffChat(
      HandoffWriting writing,
      NoteReading reading,
      RotationTable rotations,
      RotationPeople people,
      Chat chat,
      ChatActors actors,
      Answers answers) {
    this.writing = writing;
    this.reading = reading;
    this.rotations = rotations;
    this.people = people;
    this.chat = chat;
    this.actors = actors;
    this.answers = answers;
  }

  @Override
  public boolean typed(Asker asker, ShiftLine line) {
    switch (line) {
      case ShiftLine.Note(String name, String text) ->
          answers.withNamed(asker, name, found -> write(asker, found, text));
      case ShiftLine.Notes(String name) ->
          answers.withNamed(asker, name, found -> read(asker, found));
      case ShiftLine.Override _,
          ShiftLine.Take _,
          ShiftLine.Move _,
          ShiftLine.Ask _,
          ShiftLine.Away _,
          ShiftLine.Back _,
          ShiftLine.NotUnderstood _ -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean pressed(Asker asker, String action, String value) {
    switch (action) {
      case Cards.WRITE_NOTE -> open(asker, value);
      case HandoffCards.GOT_IT -> {
        boolean done =
            Answers.uuid(value)
                .filter(id ->
                    writing.acknowledge(actor(asker), asker.connection().id(), asker.person(), id))
                .isPresent();
        if (!done) {
          answers.tell(asker, Content.of("There is nothing to acknowledge any more."));
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<Answer> submitted(Asker asker, FormSubmitted form) {
    if (!form.form().equals(HandoffForms.WRITE_NOTE)) {
      return Optional.empty();
    }
    RotationOutcome outcome =
        Answers.uuid(form.context())
            .map(shift ->
                writing.write(
                    actor(asker),
                    asker.connection().id(),
                    asker.person(),
                    shift,
                    Forms.one(form, HandoffForms.NOTE),
                    HandoffForms.ticked(form)))
            .orElse(new RotationOutcome.NotFound());
    return Optional.of(
        switch (outcome) {
          case RotationOutcome.Done _ -> new Answer.Done();
          case RotationOutcome.Refused(List<Problem> problems) -> Answers.again(problems, FIELDS);
          case RotationOutcome.NotFound() -> Answers.again(List.of(gone()), FIELDS);
        });
  }

  private static Problem gone() {
    return Problem.ofUser("rotations.gone", "There is no such rotation any more.");
  }

  private void open(Asker asker, String value) {
    Optional<UUID> shift = Answers.uuid(value);
    if (shift.isEmpty()) {
      answers.tell(asker, Answers.gone());
      return;
    }
    HandoffWriting.Draft draft =
        writing.draft(asker.connection().id(), asker.person(), shift.get());
    answers.open(
        asker,
        HandoffForms.of(shift.get(), draft),
        "To leave a note for whoever takes over: /rotation note <name> <text>");
  }

  private void write(Asker asker, Rotation rotation, String text) {
    // Of several the asker's own; somebody else is told that they are not on duty.
    UUID shift = rotation.shiftOf(asker.person()).orElse(null);
    RotationOutcome outcome =
        shift == null
            ? new RotationOutcome.NotFound()
            : writing.write(
                actor(asker), asker.connection().id(), asker.person(), shift, text, null);
    switch (outcome) {
      case RotationOutcome.Done(Rotation done) ->
          answers.tell(asker, Cards.confirmed(done, ": the note waits for whoever takes over."));
      case RotationOutcome.Refused(List<Problem> problems) -> answers.tell(asker, problems);
      case RotationOutcome.NotFound() -> answers.tell(asker, Answers.gone());
    }
  }

  /// Notes are shown to the asker alone, or not at all.
  private void read(Asker asker, Rotation rotation) {
    Set<Capability> can = chat.capabilities(asker.connection().id());
    boolean alone =
        can.contains(Capability.DIRECT)
            || can.contains(Capability.EPHEMERAL) && !asker.conversation().isEmpty();
    if (!alone) {
      answers.tell(
          asker,
          Content.of("This network cannot show notes to you alone: read them in the console."));
      return;
    }
    Optional<List<HandoffNotes.Kept>> notes =
        rotations
            .byId(rotation.id())
            .filter(found -> found.connection().equals(asker.connection().id()))
            .flatMap(found -> reading.read(found, actor(asker), asker.person()));
    answers.tell(
        asker,
        notes
            .map(read ->
                HandoffCards.notes(
                    rotation.name(), read, rotation.zone(), people.names(rotation.connection())))
            .orElseGet(() -> Content.of("The notes of this rotation are not for you to read.")));
  }

  private Actor actor(Asker asker) {
    return actors.actor(asker.connection().id(), asker.account());
  }
}
