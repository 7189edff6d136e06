package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Form;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A [Form] as a Slack modal, and a submitted modal as values (docs.slack.dev/reference/views).
///
/// A field is an input block whose `block_id` is the field's id, so that Slack shows an error of
/// that id at the field.
final class SlackForms {
  private static final String ELEMENT = "value";
  private static final int TEXT_INPUT = 3_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// Where a form was opened, and what its app put into it.
  record Origin(String conversation, String context) {}

  private SlackForms() {}

  static ObjectNode view(String conversation, Form form) {
    ObjectNode view =
        JSON.objectNode()
            .put("type", "modal")
            .put("callback_id", form.id())
            .put("private_metadata", conversation + "\n" + form.context());
    view.set("title", SlackBlocks.plainText(form.title(), 24));
    view.set("submit", SlackBlocks.plainText(form.submit(), 24));
    view.set("close", SlackBlocks.plainText("Cancel", 24));
    ArrayNode blocks = view.putArray("blocks");
    for (Form.Field field : form.fields()) {
      blocks.add(block(field));
    }
    return view;
  }

  static Origin origin(JsonNode view) {
    String[] lines = view.path("private_metadata").asString("").split("\n", 2);
    return new Origin(lines[0], lines.length < 2 ? "" : lines[1]);
  }

  /// Every field of the submitted view, also those left empty.
  static Map<String, List<String>> submitted(JsonNode view) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (JsonNode block : view.path("blocks")) {
      if (block.path("type").asString("").equals("input")) {
        String id = block.path("block_id").asString("");
        values.put(id, values(view.path("state").path("values").path(id).path(ELEMENT)));
      }
    }
    return values;
  }

  /// What a person chose or typed in one element; empty when nothing.
  static List<String> values(JsonNode element) {
    List<String> values = new ArrayList<>();
    element.path("selected_options").forEach(option -> values.add(option.path("value").asString()));
    element.path("selected_users").forEach(user -> values.add(user.asString()));
    for (JsonNode single :
        List.of(
            element.at("/selected_option/value"),
            element.path("selected_user"),
            element.path("value"))) {
      if (single.isString() && !single.asString().isEmpty()) {
        values.add(single.asString());
      }
    }
    return List.copyOf(values);
  }

  /// The body that shows errors in the form and keeps it open.
  ///
  /// @param fields the form's fields, in order
  /// @param byField an id that is no field of the form is shown at the first field, since Slack
  ///   would show nothing
  static ObjectNode errors(Collection<String> fields, Map<String, String> byField) {
    Map<String, String> shown = new LinkedHashMap<>();
    byField.forEach((field, message) ->
        shown.merge(
            fields.contains(field) || fields.isEmpty() ? field : fields.iterator().next(),
            message,
            (one, other) -> one + " " + other));
    ObjectNode answer = JSON.objectNode().put("response_action", "errors");
    ObjectNode errors = answer.putObject("errors");
    shown.forEach(errors::put);
    return answer;
  }

  private static ObjectNode block(Form.Field field) {
    ObjectNode block =
        JSON.objectNode()
            .put("type", "input")
            .put("block_id", field.id())
            .put("optional", field.optional());
    block.set("label", SlackBlocks.plainText(field.label(), 2_000));
    String hint =
        switch (field) {
          case Form.TextField text -> text.hint();
          case Form.ChoiceField choice -> "";
          case Form.PeopleField people -> people.hint();
        };
    if (!hint.isEmpty()) {
      block.set("hint", SlackBlocks.plainText(hint, 2_000));
    }
    block.set("element", element(field));
    return block;
  }

  private static ObjectNode element(Form.Field field) {
    ObjectNode element = JSON.objectNode().put("action_id", ELEMENT);
    switch (field) {
      case Form.TextField text -> {
        // What was typed comes back even if it is too long: the app says so, Slack must not refuse.
        int most = Math.min(TEXT_INPUT, Math.max(text.maximumLength(), text.value().length()));
        element
            .put("type", "plain_text_input")
            .put("multiline", text.multiline())
            .put("max_length", most);
        if (!text.value().isEmpty()) {
          element.put("initial_value", text.value());
        }
      }
      case Form.ChoiceField choice -> {
        element.put("type", choice.several() ? "multi_static_select" : "static_select");
        SlackBlocks.putOptions(element, choice.options());
        List<Content.Option> chosen =
            choice.options().stream().filter(o -> choice.values().contains(o.value())).toList();
        if (choice.several() && !chosen.isEmpty()) {
          ArrayNode initial = element.putArray("initial_options");
          chosen.forEach(option -> initial.add(SlackBlocks.option(option)));
        } else if (!chosen.isEmpty()) {
          element.set("initial_option", SlackBlocks.option(chosen.getFirst()));
        }
      }
      case Form.PeopleField people -> {
        element.put("type", "multi_users_select");
        if (people.maximum() != null) {
          element.put("max_selected_items", people.maximum());
        }
        if (!people.values().isEmpty()) {
          ArrayNode initial = element.putArray("initial_users");
          people.values().forEach(initial::add);
        }
      }
    }
    return element;
  }
}
