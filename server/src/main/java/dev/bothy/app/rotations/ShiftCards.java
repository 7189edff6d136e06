package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Content.Action;
import dev.bothy.platform.chat.Content.Button;
import dev.bothy.platform.chat.Content.Button.Style;
import dev.bothy.platform.chat.RichText;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// What is said in chat about changes of the plan, and their buttons.
final class ShiftCards {
  static final String TAKE_OVER = "rotations.take-over";
  static final String OVERRIDE = "rotations.override";
  static final String MOVE = "rotations.move";
  static final String ASK_SWAP = "rotations.ask-swap";
  static final String ASK_COVER = "rotations.ask-cover";
  static final String UNDO = "rotations.undo-change";

  private static final RichText EMPTY = new RichText(List.of());

  private ShiftCards() {}

  /// The details of a rotation with what can be done about its shifts, before what can be done with
  /// the rotation itself.
  static Content withActions(
      Content details, Rotation rotation, Function<Participant, String> names) {
    if (!rotation.active()) {
      return details;
    }
    String id = rotation.id().toString();
    List<Action> actions = new ArrayList<>(takeOver(rotation, names));
    actions.add(new Button(OVERRIDE, "Override", id, Style.NORMAL));
    actions.add(new Button(MOVE, "Move my next shift", id, Style.NORMAL));
    actions.add(new Button(ASK_SWAP, "Ask for a swap", id, Style.NORMAL));
    actions.add(new Button(ASK_COVER, "Who can cover?", id, Style.NORMAL));
    actions.addAll(details.actions());
    return new Content(details.text(), details.fields(), actions);
  }

  /// A button for each shift that somebody is meant to have now.
  static List<Button> takeOver(Rotation rotation, Function<Participant, String> names) {
    String as = rotation.duties().size() > 1 ? " as " : "";
    List<Button> buttons = new ArrayList<>();
    for (RoleDuty duty : rotation.duties()) {
      String role = as.isEmpty() ? "" : as + duty.role();
      boolean beside = duty.held().size() > 1;
      for (RoleDuty.Held held : duty.held()) {
        Participant person = held.person();
        String from = beside && person != null ? " from " + names.apply(person) : "";
        buttons.add(
            new Button(
                TAKE_OVER,
                "Take over" + from + role,
                rotation.id() + " " + held.shift(),
                Style.NORMAL));
      }
    }
    return buttons;
  }

  /// Takes a change of the plan back.
  static Button undo(UUID rotation, UUID change) {
    return new Button(UNDO, "Undo", rotation + " " + change, Style.NORMAL);
  }

  /// That a change was made, with a way back.
  static Content made(
      Rotation rotation, PlanChange change, Participant who, Function<Participant, String> names) {
    return Content.of(
            EMPTY
                .bold(rotation.name())
                .plain(
                    ": "
                        + names.apply(who)
                        + " is on duty "
                        + Cards.time(change.change().span(), rotation.zone())
                        + "."))
        .withActions(undo(rotation.id(), change.change().id()));
  }

  /// Who has a role now, for whoever pressed a button that is out of date, or need not.
  static Content now(
      Rotation rotation, RoleDuty duty, String first, Function<Participant, String> names) {
    return Content.of(
        EMPTY
            .plain(first)
            .bold(rotation.name())
            .plain(
                rotation.active()
                    ? ": " + DutyWords.sentence(duty, rotation.zone(), names)
                    : " is paused. Nobody is on duty until it is resumed."));
  }

  /// That somebody has no shift that they could give.
  static Content nothingToCome(Rotation rotation, String who) {
    return Content.of(
        EMPTY.bold(rotation.name()).plain(": " + who + " no shift to come within a year."));
  }

  static Content undone(Rotation rotation, Span span) {
    return Content.of(
        EMPTY
            .bold(rotation.name())
            .plain(
                " is as it was before for "
                    + Cards.time(span, rotation.zone())
                    + ". What was served stays so."));
  }
}
