package dev.bothy.platform.chat.sandbox.web;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.chat.sandbox.OpenForm;
import dev.bothy.platform.chat.sandbox.RoomPerson;
import dev.bothy.platform.chat.sandbox.web.MessageView.OptionView;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A form as the template shows it.
///
/// @param attempt names this showing of the form: what is sent from it twice counts once
/// @param problem what is wrong with the whole; null when nothing is
public record FormView(
    UUID id,
    UUID attempt,
    String title,
    String submit,
    @Nullable String problem,
    List<FieldView> fields) {
  /// A field.
  ///
  /// @param kind `text`, `lines`, `one`, `several` or `people`
  /// @param value of a text; else empty
  /// @param chosen the options chosen, in the order of choosing; only for people
  /// @param options what can be chosen
  /// @param error what is wrong; null when nothing is
  /// @param focus whether the form opens with the cursor here
  public record FieldView(
      String id,
      String kind,
      String label,
      String hint,
      boolean optional,
      int maximumLength,
      String value,
      List<OptionView> chosen,
      List<OptionView> options,
      @Nullable String error,
      boolean focus) {}

  /// A form that was just opened.
  static FormView fresh(OpenForm open, List<RoomPerson> people) {
    return of(open, people, null, Map.of(), null);
  }

  /// A form that is shown again.
  ///
  /// @param typed what was typed, by field id
  /// @param errors what is wrong, by field id
  static FormView again(
      OpenForm open,
      List<RoomPerson> people,
      Map<String, List<String>> typed,
      Map<String, String> errors,
      @Nullable String problem) {
    return of(open, people, typed, errors, problem);
  }

  private static FormView of(
      OpenForm open,
      List<RoomPerson> people,
      @Nullable Map<String, List<String>> typed,
      Map<String, String> errors,
      @Nullable String problem) {
    Form form = open.form();
    String focus =
        form.fields().stream()
            .map(Form.Field::id)
            .filter(errors::containsKey)
            .findFirst()
            .orElse(form.fields().getFirst().id());
    return new FormView(
        open.id(),
        UUID.randomUUID(),
        form.title(),
        form.submit(),
        problem,
        form.fields().stream()
            .map(field ->
                field(
                    field,
                    people,
                    typed == null ? starting(field) : typed.getOrDefault(field.id(), List.of()),
                    errors.get(field.id()),
                    field.id().equals(focus)))
            .toList());
  }

  private static List<String> starting(Form.Field field) {
    return switch (field) {
      case Form.TextField text -> List.of(text.value());
      case Form.ChoiceField choice -> choice.values();
      case Form.PeopleField chosen -> chosen.values();
    };
  }

  private static FieldView field(
      Form.Field field,
      List<RoomPerson> people,
      List<String> values,
      @Nullable String error,
      boolean focus) {
    return switch (field) {
      case Form.TextField text ->
          new FieldView(
              text.id(),
              text.multiline() ? "lines" : "text",
              text.label(),
              text.hint(),
              text.optional(),
              text.maximumLength(),
              values.isEmpty() ? "" : values.getFirst(),
              List.of(),
              List.of(),
              error,
              focus);
      case Form.ChoiceField choice ->
          new FieldView(
              choice.id(),
              choice.several() ? "several" : "one",
              choice.label(),
              "",
              choice.optional(),
              0,
              "",
              List.of(),
              choice.options().stream().map(option -> option(option, values)).toList(),
              error,
              focus);
      case Form.PeopleField chosen ->
          new FieldView(
              chosen.id(),
              "people",
              chosen.label(),
              chosen.hint(),
              chosen.optional(),
              0,
              "",
              values.stream()
                  .flatMap(
                      value -> people.stream().filter(person -> person.account().equals(value)))
                  .map(person -> new OptionView(person.account(), person.name(), true))
                  .toList(),
              people.stream()
                  .map(person ->
                      new OptionView(
                          person.account(),
                          person.active() ? person.name() : person.name() + " (left the company)",
                          values.contains(person.account())))
                  .toList(),
              error,
              focus);
    };
  }

  private static OptionView option(Content.Option option, List<String> values) {
    return new OptionView(option.value(), option.label(), values.contains(option.value()));
  }
}
