package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.RichText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Renders [Content] as Block Kit. Content that is too long for one message becomes several, in
/// order; the actions stand under the last.
///
/// Limits: docs.slack.dev/reference/block-kit and .../methods/chat.postMessage.
final class SlackBlocks {
  /// Of one message, both as blocks and as the text that notifications and screen readers show.
  /// Slack advises 4,000 and chat.update refuses more; line ends between blocks need some room.
  static final int MESSAGE_TEXT = 3_900;

  static final int SECTION_TEXT = 3_000;
  static final int FIELD_TEXT = 2_000;
  static final int BLOCKS = 50;
  static final int FIELDS_IN_SECTION = 10;
  static final int ACTIONS_IN_BLOCK = 25;
  static final int OPTIONS_IN_LIST = 100;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// One message as Slack takes it.
  ///
  /// @param text all of it as mrkdwn, 1 to 4000 characters
  record Message(String text, ArrayNode blocks) {}

  /// A block that shows some of the content.
  ///
  /// @param text what it shows, as mrkdwn
  record Piece(String text, ObjectNode block) {}

  private SlackBlocks() {}

  /// At least one message.
  static List<Message> render(Content content) {
    // Two halves fill a message; one whole section and a bit would leave it mostly empty.
    boolean whole = SlackText.split(content.text(), SECTION_TEXT).size() <= 1;
    return pack(pieces(content, whole ? SECTION_TEXT : MESSAGE_TEXT / 2), actions(content));
  }

  /// All but the actions; at least one.
  ///
  /// @param limit of the text in one block, at most [#SECTION_TEXT]
  static List<Piece> pieces(Content content, int limit) {
    List<Piece> pieces = new ArrayList<>();
    List<String> parts = SlackText.split(content.text(), limit);
    parts.forEach(part -> pieces.add(new Piece(part, section(part))));
    pieces.addAll(fields(content.fields()));
    if (pieces.isEmpty()) {
      // Slack takes no message without text; actions alone are introduced by their labels.
      String labels =
          String.join(" · ", content.actions().stream().map(SlackBlocks::label).toList());
      String text = labels.isEmpty() ? "…" : SlackText.escape(labels);
      pieces.add(new Piece(text, section(text)));
    }
    return pieces;
  }

  private static List<Message> pack(List<Piece> pieces, List<ObjectNode> actions) {
    List<Message> messages = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    ArrayNode blocks = JSON.arrayNode();
    for (Piece piece : pieces) {
      boolean full =
          text.length() + piece.text().length() > MESSAGE_TEXT
              || blocks.size() + actions.size() >= BLOCKS;
      if (full && !blocks.isEmpty()) {
        messages.add(new Message(text.toString(), blocks));
        text.setLength(0);
        blocks = JSON.arrayNode();
      }
      text.append(text.isEmpty() ? "" : "\n").append(piece.text());
      blocks.add(piece.block());
    }
    actions.forEach(blocks::add);
    messages.add(new Message(text.toString(), blocks));
    return messages;
  }

  private static List<Piece> fields(List<Content.Field> fields) {
    List<Piece> pieces = new ArrayList<>();
    List<String> row = new ArrayList<>();
    int length = 0;
    for (Content.Field field : fields) {
      RichText shown = new RichText(List.of()).bold(field.label()).plain("\n").and(field.value());
      String text = SlackText.mrkdwn(shown);
      boolean tooLong = text.length() > FIELD_TEXT;
      boolean full = row.size() == FIELDS_IN_SECTION || length + text.length() > SECTION_TEXT;
      if (!row.isEmpty() && (tooLong || full)) {
        pieces.add(row(row));
        row = new ArrayList<>();
        length = 0;
      }
      if (tooLong) {
        SlackText.split(shown, SECTION_TEXT)
            .forEach(part -> pieces.add(new Piece(part, section(part))));
      } else {
        row.add(text);
        length += text.length() + 1;
      }
    }
    if (!row.isEmpty()) {
      pieces.add(row(row));
    }
    return pieces;
  }

  private static Piece row(List<String> texts) {
    ObjectNode block = JSON.objectNode().put("type", "section");
    ArrayNode fields = block.putArray("fields");
    texts.forEach(text -> fields.add(mrkdwn(text)));
    return new Piece(String.join("\n", texts), block);
  }

  /// The blocks of its buttons and selects.
  static List<ObjectNode> actions(Content content) {
    List<ObjectNode> blocks = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    ArrayNode elements = JSON.arrayNode();
    for (Content.Action action : content.actions()) {
      if (elements.isEmpty() || elements.size() == ACTIONS_IN_BLOCK) {
        ObjectNode block = JSON.objectNode().put("type", "actions");
        elements = block.putArray("elements");
        blocks.add(block);
      }
      elements.add(
          switch (action) {
            case Content.Button button -> button(button, seen);
            case Content.Select select -> select(select, seen);
          });
    }
    return blocks;
  }

  private static ObjectNode button(Content.Button button, Map<String, Integer> seen) {
    ObjectNode element =
        JSON.objectNode()
            .put("type", "button")
            .put("action_id", SlackActionId.unique(button.id(), seen));
    element.set("text", plainText(button.label(), 75));
    if (!button.value().isEmpty()) {
      element.put("value", button.value());
    }
    switch (button.style()) {
      case NORMAL -> {}
      case PRIMARY -> element.put("style", "primary");
      case DANGER -> element.put("style", "danger");
    }
    return element;
  }

  private static ObjectNode select(Content.Select select, Map<String, Integer> seen) {
    ObjectNode element =
        JSON.objectNode()
            .put("type", "static_select")
            .put("action_id", SlackActionId.unique(select.id(), seen));
    element.set("placeholder", plainText(select.label(), 150));
    putOptions(element, select.options());
    return element;
  }

  /// Up to 100 options as a list; more as groups of 100, each named by its first and last.
  static void putOptions(ObjectNode element, List<Content.Option> options) {
    if (options.size() <= OPTIONS_IN_LIST) {
      ArrayNode list = element.putArray("options");
      options.forEach(each -> list.add(option(each)));
      return;
    }
    ArrayNode groups = element.putArray("option_groups");
    for (int from = 0; from < options.size(); from += OPTIONS_IN_LIST) {
      List<Content.Option> some =
          options.subList(from, Math.min(options.size(), from + OPTIONS_IN_LIST));
      ObjectNode group = groups.addObject();
      group.set(
          "label",
          plainText(
              clip(some.getFirst().label(), 35) + " – " + clip(some.getLast().label(), 35), 75));
      ArrayNode list = group.putArray("options");
      some.forEach(each -> list.add(option(each)));
    }
  }

  static ObjectNode option(Content.Option option) {
    ObjectNode node = JSON.objectNode();
    node.set("text", plainText(option.label(), 75));
    return node.put("value", option.value());
  }

  /// A label, as it is: plain text knows no markup.
  static ObjectNode plainText(String text, int limit) {
    return JSON.objectNode()
        .put("type", "plain_text")
        .put("text", clip(text, limit))
        .put("emoji", true);
  }

  /// @param text mrkdwn
  static ObjectNode section(String text) {
    ObjectNode block = JSON.objectNode().put("type", "section");
    block.set("text", mrkdwn(text));
    return block;
  }

  private static JsonNode mrkdwn(String text) {
    // Verbatim: Slack must not turn names that people typed into mentions and links.
    return JSON.objectNode().put("type", "mrkdwn").put("text", text).put("verbatim", true);
  }

  private static String label(Content.Action action) {
    return switch (action) {
      case Content.Button button -> button.label();
      case Content.Select select -> select.label();
    };
  }

  private static String clip(String text, int limit) {
    return text.length() <= limit ? text : text.substring(0, limit - 1) + "…";
  }
}
