package dev.bothy.app.rotations;

import dev.bothy.platform.chat.Content.Option;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.chat.Form.ChoiceField;
import dev.bothy.platform.chat.Form.Field;
import dev.bothy.platform.chat.Form.PeopleField;
import dev.bothy.platform.chat.Form.TextField;
import dev.bothy.platform.chat.InboundEvent.FormSubmitted;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The forms about who serves when, and about absences.
final class ShiftForms {
  static final String OVERRIDE = "rotations.override";
  static final String MOVE = "rotations.move";
  static final String ASK_SWAP = "rotations.ask-swap";
  static final String ASK_COVER = "rotations.ask-cover";
  static final String AWAY = "rotations.away";

  static final String PERSON = "account";
  static final String ROLE = "role";
  static final String SHIFT = "shift";
  static final String FROM = Moments.FROM;
  static final String UNTIL = Moments.UNTIL;

  private static final String HINT = "Such as 2026-12-24 14:00, tomorrow 14:00 or tue";
  private static final int LONGEST = 60;

  private ShiftForms() {}

  /// Somebody is on duty for a time.
  ///
  /// @param roles asked for where there are several
  static Form override(UUID rotation, List<String> roles) {
    List<Field> fields = new ArrayList<>();
    fields.add(person("Who is on duty"));
    if (roles.size() > 1) {
      fields.add(
          new ChoiceField(
              ROLE,
              "Role",
              roles.stream().map(role -> new Option(role, role)).toList(),
              List.of(roles.getFirst()),
              false,
              false));
    }
    fields.add(text(FROM, "From", HINT + ", or now", false));
    fields.add(text(UNTIL, "Until (a day is included)", HINT, false));
    return new Form(OVERRIDE, "Override", "Save", rotation.toString(), fields);
  }

  /// Somebody serves the asker's next shift.
  ///
  /// @param context the rotation, and which shift
  static Form move(String context, String when) {
    return new Form(
        MOVE, "Move my next shift", "Move", context, List.of(person("Who serves " + when)));
  }

  /// A swap or a cover is asked for.
  static Form ask(ShiftRequest.Kind kind, UUID rotation, List<Option> shifts) {
    boolean swap = kind == ShiftRequest.Kind.SWAP;
    return new Form(
        swap ? ASK_SWAP : ASK_COVER,
        swap ? "Ask for a swap" : "Who can cover?",
        "Ask the channel",
        rotation.toString(),
        List.of(
            new ChoiceField(SHIFT, "Shift", shifts, List.of(), false, false),
            text(FROM, "From (if only a part)", HINT, true),
            text(UNTIL, "Until (if only a part)", HINT, true)));
  }

  /// The asker is away.
  static Form away(String zone) {
    return new Form(
        AWAY,
        "Away",
        "Save",
        "",
        List.of(
            text(FROM, "From (" + zone + ")", HINT, false),
            text(UNTIL, "Until (a day is included)", HINT + "; empty for one day", true)));
  }

  /// The words of a form's times, as on a command line.
  static List<String> times(FormSubmitted form) {
    List<String> words = new ArrayList<>(words(Forms.one(form, FROM)));
    List<String> until = words(Forms.one(form, UNTIL));
    if (!until.isEmpty()) {
      words.add("to");
      words.addAll(until);
    }
    return words;
  }

  /// The accounts that a form of these names.
  static List<String> accounts(FormSubmitted form) {
    return form.form().equals(OVERRIDE) || form.form().equals(MOVE)
        ? form.values().getOrDefault(PERSON, List.of())
        : List.of();
  }

  private static List<String> words(String typed) {
    String stripped = typed.strip();
    return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
  }

  private static PeopleField person(String label) {
    return new PeopleField(PERSON, label, "One person", List.of(), false, 1);
  }

  private static TextField text(String id, String label, String hint, boolean optional) {
    return new TextField(id, label, hint, "", optional, false, LONGEST);
  }
}
