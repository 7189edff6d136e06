package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.Roster;
import dev.bothy.platform.chat.Content.Option;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.chat.Form.ChoiceField;
import dev.bothy.platform.chat.Form.PeopleField;
import dev.bothy.platform.chat.Form.TextField;
import dev.bothy.platform.chat.InboundEvent.FormSubmitted;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The forms that rotations open in chat. Field ids are those that problems name, so that each
/// problem is shown at its field.
final class Forms {
  static final String CREATE = "rotations.create";

  private Forms() {}

  /// The form for a new rotation.
  ///
  /// @param conversation where it is going to live; comes back as the form's context
  /// @param zone what the time zone starts with
  static Form create(String conversation, ZoneId zone) {
    return new Form(
        CREATE,
        "New rotation",
        "Create",
        conversation,
        List.of(
            text(
                RotationInput.NAME,
                "Name",
                "Such as Support desk",
                "",
                false,
                RotationInput.LONGEST_NAME),
            new ChoiceField(
                RotationInput.CADENCE,
                "How often the turn passes",
                List.of(
                    new Option("daily", "Every day"),
                    new Option("weekly", "On certain days of the week"),
                    new Option("custom", "Every so many hours, days, weeks or months")),
                List.of("daily"),
                false,
                false),
            text(RotationInput.TIME, "Hand-off time", "HH:MM, such as 09:00", "09:00", false, 5),
            text(
                RotationInput.TIME_ZONE,
                "Time zone",
                "Such as Europe/Berlin",
                zone.getId(),
                false,
                60),
            new PeopleField(
                RotationInput.PEOPLE,
                "People, in the order of their turns",
                "1 to " + Roster.MOST_PEOPLE,
                List.of(),
                false,
                Roster.MOST_PEOPLE),
            new ChoiceField(
                RotationInput.DAYS,
                "Days (when on certain days; for weeks the first day)",
                Arrays.stream(DayOfWeek.values()).map(Forms::option).toList(),
                List.of(),
                true,
                true),
            text(
                RotationInput.EVERY,
                "Every (when every so many)",
                "A number, such as 2",
                "",
                true,
                4),
            new ChoiceField(
                RotationInput.UNIT,
                "Hours, days, weeks or months",
                Stream.of(Cadence.Unit.values())
                    .map(unit -> new Option(unit.plural(), unit.plural()))
                    .toList(),
                List.of(),
                true,
                false),
            new ChoiceField(
                RotationInput.ACTIVE_DAYS,
                "Days of duty (none chosen: every day)",
                Arrays.stream(DayOfWeek.values()).map(Forms::option).toList(),
                List.of(),
                true,
                true),
            new ChoiceField(
                RotationInput.ORDER,
                "Who is next",
                List.of(
                    new Option("queue", "The next in order"),
                    new Option("balanced", "Whoever served the fewest hours")),
                List.of("queue"),
                true,
                false)));
  }

  /// What the form for a new rotation came back with.
  static RotationInput read(FormSubmitted form) {
    return new RotationInput(
        one(form, RotationInput.NAME),
        List.of(
            new LayerInput(
                "",
                one(form, RotationInput.CADENCE),
                all(form, RotationInput.DAYS),
                one(form, RotationInput.EVERY),
                one(form, RotationInput.UNIT),
                one(form, RotationInput.TIME),
                one(form, RotationInput.TIME_ZONE),
                all(form, RotationInput.ACTIVE_DAYS),
                "",
                "",
                one(form, RotationInput.ORDER),
                "",
                all(form, RotationInput.PEOPLE).stream().map(LayerInput.Seat::of).toList())));
  }

  /// The one value of a field; empty when it was left empty.
  static String one(FormSubmitted form, String field) {
    List<String> values = all(form, field);
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static List<String> all(FormSubmitted form, String field) {
    return form.values().getOrDefault(field, List.of());
  }

  private static Option option(DayOfWeek day) {
    return new Option(WeekDays.shortName(day), day.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
  }

  private static TextField text(
      String id, String label, String hint, String value, boolean optional, int maximumLength) {
    return new TextField(id, label, hint, value, optional, false, maximumLength);
  }
}
