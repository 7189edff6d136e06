package dev.bothy.app.rotations;

import dev.bothy.app.rotations.Handoff.State;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Content.Action;
import dev.bothy.platform.chat.Content.Button;
import dev.bothy.platform.chat.Content.Button.Style;
import dev.bothy.platform.chat.Content.Field;
import dev.bothy.platform.chat.RichText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// What is said of hand-offs in chat.
final class HandoffCards {
  static final String GOT_IT = "rotations.got-it";

  private static final RichText EMPTY = new RichText(List.of());

  private HandoffCards() {}

  /// The message to somebody who has taken over, with what was handed to them.
  ///
  /// @param handoffs the latest first
  static Content with(
      Content takeOver, List<Handoff> handoffs, Function<Participant, String> name) {
    List<Field> fields = new ArrayList<>(takeOver.fields());
    List<Action> actions = new ArrayList<>();
    for (Handoff handoff : handoffs) {
      String from = name.apply(handoff.from());
      if (!handoff.ticked().isEmpty() || !handoff.leftOpen().isEmpty()) {
        fields.add(
            new Field(
                "Checklist of " + from,
                RichText.of(checklist(handoff.ticked(), handoff.leftOpen()))));
      }
      if (handoff.state() == State.UNANSWERED) {
        fields.add(new Field("Hand-off", RichText.of(from + " has left no note yet")));
      }
      if (handoff.state() == State.WAITING) {
        actions.add(
            new Button(
                GOT_IT,
                handoffs.size() > 1 ? "Got it from " + from : "Got it",
                handoff.id().toString(),
                Style.PRIMARY));
      }
    }
    actions.addAll(takeOver.actions());
    return new Content(takeOver.text(), fields, actions);
  }

  /// A line for each item, with what is done first.
  static String checklist(List<String> ticked, List<String> leftOpen) {
    List<String> lines = new ArrayList<>();
    ticked.forEach(item -> lines.add("✓ " + item));
    leftOpen.forEach(item -> lines.add("☐ " + item + " (open)"));
    return String.join("\n", lines);
  }

  /// Shortly before somebody else takes over.
  ///
  /// @param leftOpen what of the checklist is not ticked
  static Content noteDue(
      String rotation, UUID shift, Instant end, ZoneId zone, List<String> leftOpen) {
    Content content =
        Content.of(
                EMPTY
                    .plain("Your shift in ")
                    .bold(rotation)
                    .plain(
                        " ends "
                            + Cards.time(end, zone)
                            + ". Is there something that whoever takes over needs to know?"))
            .withActions(write(shift));
    return leftOpen.isEmpty()
        ? content
        : content.withFields(new Field("Still open", RichText.of(checklist(List.of(), leftOpen))));
  }

  /// After it.
  static Content unanswered(String rotation, UUID shift, Instant until, ZoneId zone) {
    return Content.of(
            EMPTY
                .plain("Your shift in ")
                .bold(rotation)
                .plain(
                    " ended without a hand-off note. You can still write it until "
                        + Cards.time(until, zone)
                        + "; it reaches whoever is on duty at once."))
        .withActions(write(shift));
  }

  /// To whoever took over and has not said so.
  static Content unacknowledged(String rotation, UUID handoff, String from) {
    return Content.of(
            EMPTY
                .plain(from + " handed ")
                .bold(rotation)
                .plain(" over to you. Have you read what they left?"))
        .withActions(new Button(GOT_IT, "Got it", handoff.toString(), Style.PRIMARY));
  }

  /// What a reminder becomes.
  static Content settled(String rotation, String what) {
    return Content.of(EMPTY.bold(rotation).plain(": " + what));
  }

  /// The notes that somebody else may read.
  static Content notes(
      String rotation,
      List<HandoffNotes.Kept> notes,
      ZoneId zone,
      Function<Participant, String> name) {
    RichText text = EMPTY.bold("Hand-off notes of " + rotation);
    if (notes.isEmpty()) {
      return Content.of(text.plain("\nNone is kept."));
    }
    for (HandoffNotes.Kept note : notes) {
      text =
          text.plain("\n\n")
              .bold(name.apply(note.handoff().from()))
              .plain(", " + Cards.time(note.writtenAt(), zone) + "\n" + note.text());
    }
    return Content.of(text);
  }

  private static Button write(UUID shift) {
    return new Button(Cards.WRITE_NOTE, "Write hand-off note", shift.toString(), Style.PRIMARY);
  }
}
