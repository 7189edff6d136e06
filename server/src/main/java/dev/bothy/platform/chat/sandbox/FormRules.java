package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a network's client checks before it sends a form: that what must be filled in is, and that
/// only what was offered was chosen.
final class FormRules {
  private FormRules() {}

  /// What is wrong, by field id, in the form's order; empty when nothing is.
  static Map<String, String> check(
      Form form, Map<String, List<String>> values, List<RoomPerson> people) {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Form.Field field : form.fields()) {
      List<String> given = filled(values.getOrDefault(field.id(), List.of()));
      Optional<String> problem =
          given.isEmpty()
              ? (field.optional() ? Optional.empty() : Optional.of("Please fill this in."))
              : check(field, given, people);
      problem.ifPresent(text -> wrong.put(field.id(), text));
    }
    return wrong;
  }

  /// The values of the form's own fields, each with a list; empty where nothing was filled in.
  static Map<String, List<String>> complete(Form form, Map<String, List<String>> values) {
    Map<String, List<String>> complete = new LinkedHashMap<>();
    for (Form.Field field : form.fields()) {
      complete.put(field.id(), filled(values.getOrDefault(field.id(), List.of())));
    }
    return complete;
  }

  private static Optional<String> check(
      Form.Field field, List<String> given, List<RoomPerson> people) {
    return switch (field) {
      case Form.TextField text ->
          given.getFirst().length() > text.maximumLength()
              ? Optional.of("At most " + text.maximumLength() + " characters.")
              : Optional.empty();
      case Form.ChoiceField choice -> {
        List<String> offered = choice.options().stream().map(Content.Option::value).toList();
        yield !offered.containsAll(given) || (!choice.several() && given.size() > 1)
            ? Optional.of("Choose from the list.")
            : Optional.empty();
      }
      case Form.PeopleField chosen -> {
        Integer maximum = chosen.maximum();
        if (!people.stream().map(RoomPerson::account).toList().containsAll(given)) {
          yield Optional.of("Choose from the people of this room.");
        }
        yield maximum != null && given.size() > maximum
            ? Optional.of("At most " + maximum + (maximum == 1 ? " person." : " people."))
            : Optional.empty();
      }
    };
  }

  private static List<String> filled(List<String> values) {
    return values.stream().filter(value -> !value.isBlank()).toList();
  }
}
