package dev.bothy.app.rotations;

import dev.bothy.platform.chat.Content.Option;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.chat.Form.ChoiceField;
import dev.bothy.platform.chat.Form.Field;
import dev.bothy.platform.chat.Form.TextField;
import dev.bothy.platform.chat.InboundEvent.FormSubmitted;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The form for a hand-off: what is ticked of the checklist, and a note.
final class HandoffForms {
  static final String WRITE_NOTE = "rotations.write-note";
  static final String NOTE = "note";
  static final String TICKED = "ticked";

  private HandoffForms() {}

  /// @param draft as it stands so far
  static Form of(UUID shift, HandoffWriting.Draft draft) {
    HandoffRules rules = draft.rules();
    List<Field> fields = new ArrayList<>();
    if (!rules.checklist().isEmpty()) {
      fields.add(
          new ChoiceField(
              TICKED,
              "Done (choose every item that is)",
              rules.checklist().stream().map(item -> new Option(item, item)).toList(),
              draft.ticked(),
              true,
              true));
    }
    fields.add(
        new TextField(
            NOTE,
            draft.notes() == 0 ? "For whoever takes over next" : "One more note",
            hint(draft),
            "",
            !rules.checklist().isEmpty(),
            true,
            HandoffNotes.LONGEST));
    return new Form(
        WRITE_NOTE,
        "Hand-off note",
        rules.checklist().isEmpty() ? "Leave the note" : "Save",
        shift.toString(),
        fields);
  }

  private static String hint(HandoffWriting.Draft draft) {
    String before =
        switch (draft.notes()) {
          case 0 -> "";
          case 1 -> "You have left one note already. ";
          default -> "You have left " + draft.notes() + " notes already. ";
        };
    String readers =
        switch (draft.rules().readers()) {
          case NEXT -> "The next person alone reads it.";
          case ROTATION -> "The next person reads it, and everyone in the rotation may.";
          case OWNERS -> "The next person reads it, and the owners may.";
        };
    return before + "1 to " + HandoffNotes.LONGEST + " characters, kept encrypted. " + readers;
  }

  static List<String> ticked(FormSubmitted form) {
    return form.values().getOrDefault(TICKED, List.of());
  }
}
