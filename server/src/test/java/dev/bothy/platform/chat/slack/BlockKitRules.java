package dev.bothy.platform.chat.slack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Block Kit's published limits, as Slack enforces them on messages, modals and Home tabs.
///
/// Numbers: docs.slack.dev/reference/block-kit (blocks, block-elements, composition-objects) and
/// docs.slack.dev/reference/views. Violations are worded as Slack words them: a reason and a JSON
/// pointer. Lengths are counted in UTF-16 units, which is never laxer than Slack's own count.
final class BlockKitRules {
  static final int BLOCKS_IN_MESSAGE = 50;
  static final int BLOCKS_IN_VIEW = 100;
  static final int SECTION_TEXT = 3000;

  /// Not published; observed as `msg_blocks_too_long` (slackapi/bolt-js#2509).
  static final int TEXT_IN_ALL_BLOCKS = 13_200;

  private static final Set<String> INPUT_ELEMENTS =
      Set.of(
          "plain_text_input",
          "number_input",
          "email_text_input",
          "url_text_input",
          "static_select",
          "multi_static_select",
          "users_select",
          "multi_users_select",
          "conversations_select",
          "channels_select",
          "datepicker",
          "timepicker",
          "datetimepicker",
          "checkboxes",
          "radio_buttons");
  private static final Set<String> NOT_IN_ACTIONS =
      Set.of("number_input", "email_text_input", "url_text_input");

  private final List<String> violations = new ArrayList<>();
  private final Set<String> blockIds = new HashSet<>();

  private BlockKitRules() {}

  static List<String> checkMessage(JsonNode blocks) {
    BlockKitRules rules = new BlockKitRules();
    rules.blocks(blocks, BLOCKS_IN_MESSAGE, "/blocks");
    return rules.violations;
  }

  static List<String> checkView(JsonNode view) {
    BlockKitRules rules = new BlockKitRules();
    rules.oneOf(view, "type", Set.of("modal"), "/view");
    rules.plain(view.path("title"), 24, "/view/title");
    rules.optionalPlain(view.path("submit"), 24, "/view/submit");
    rules.optionalPlain(view.path("close"), 24, "/view/close");
    rules.atMost(view.path("callback_id"), 255, "/view/callback_id");
    rules.atMost(view.path("private_metadata"), 3000, "/view/private_metadata");
    rules.blocks(view.path("blocks"), BLOCKS_IN_VIEW, "/view/blocks");
    boolean asks = false;
    for (JsonNode block : view.path("blocks")) {
      asks |= block.path("type").asString("").equals("input");
    }
    if (asks && view.path("submit").isMissingNode()) {
      rules.violation("submit is required when there is an input block", "/view");
    }
    return rules.violations;
  }

  static List<String> checkHome(JsonNode view) {
    BlockKitRules rules = new BlockKitRules();
    rules.oneOf(view, "type", Set.of("home"), "/view");
    rules.atMost(view.path("callback_id"), 255, "/view/callback_id");
    rules.atMost(view.path("private_metadata"), 3000, "/view/private_metadata");
    rules.blocks(view.path("blocks"), BLOCKS_IN_VIEW, "/view/blocks");
    return rules.violations;
  }

  static int textLength(JsonNode node) {
    if (node.isString()) {
      return node.asString().length();
    }
    int length = 0;
    for (JsonNode child : node) {
      length += textLength(child);
    }
    return length;
  }

  private void blocks(JsonNode blocks, int most, String at) {
    if (!blocks.isArray()) {
      violation("must provide an array", at);
      return;
    }
    if (blocks.size() > most) {
      violation("no more than " + most + " items allowed", at);
    }
    for (int index = 0; index < blocks.size(); index++) {
      block(blocks.get(index), at + "/" + index);
    }
  }

  private void block(JsonNode block, String at) {
    String id = block.path("block_id").asString("");
    atMost(block.path("block_id"), 255, at + "/block_id");
    if (!id.isEmpty() && !blockIds.add(id)) {
      violation("`block_id` already exists", at + "/block_id");
    }
    switch (block.path("type").asString("")) {
      case "section" -> section(block, at);
      case "header" -> plain(block.path("text"), 150, at + "/text");
      case "divider" -> {}
      case "context" -> context(block, at);
      case "actions" -> actions(block, at);
      case "input" -> input(block, at);
      case "image" -> {
        between(block.path("image_url"), 1, 3000, at + "/image_url");
        between(block.path("alt_text"), 1, 2000, at + "/alt_text");
      }
      default -> violation("unsupported type: " + block.path("type"), at + "/type");
    }
  }

  private void section(JsonNode block, String at) {
    JsonNode fields = block.path("fields");
    if (block.path("text").isMissingNode() && fields.isMissingNode()) {
      violation("missing required field: text", at);
    }
    if (!block.path("text").isMissingNode()) {
      anyText(block.path("text"), SECTION_TEXT, at + "/text");
    }
    if (fields.size() > 10) {
      violation("no more than 10 items allowed", at + "/fields");
    }
    for (int index = 0; index < fields.size(); index++) {
      anyText(fields.get(index), 2000, at + "/fields/" + index);
    }
    if (!block.path("accessory").isMissingNode()) {
      element(block.path("accessory"), at + "/accessory");
    }
  }

  private void context(JsonNode block, String at) {
    JsonNode elements = block.path("elements");
    if (elements.isEmpty() || elements.size() > 10) {
      violation("must have between 1 and 10 items", at + "/elements");
    }
    for (int index = 0; index < elements.size(); index++) {
      if (!elements.get(index).path("type").asString("").equals("image")) {
        anyText(elements.get(index), SECTION_TEXT, at + "/elements/" + index);
      }
    }
  }

  private void actions(JsonNode block, String at) {
    JsonNode elements = block.path("elements");
    if (elements.isEmpty() || elements.size() > 25) {
      violation("must have between 1 and 25 items", at + "/elements");
    }
    Set<String> actionIds = new HashSet<>();
    for (int index = 0; index < elements.size(); index++) {
      String here = at + "/elements/" + index;
      String actionId = elements.get(index).path("action_id").asString("");
      if (!actionId.isEmpty() && !actionIds.add(actionId)) {
        violation("`action_id` \"" + actionId + "\" already exists", here + "/action_id");
      }
      if (NOT_IN_ACTIONS.contains(elements.get(index).path("type").asString(""))) {
        violation("element is not allowed in an actions block", here);
      }
      element(elements.get(index), here);
    }
  }

  private void input(JsonNode block, String at) {
    plain(block.path("label"), 2000, at + "/label");
    optionalPlain(block.path("hint"), 2000, at + "/hint");
    oneOf(block.path("element"), "type", INPUT_ELEMENTS, at + "/element");
    element(block.path("element"), at + "/element");
  }

  private void element(JsonNode element, String at) {
    atMost(element.path("action_id"), 255, at + "/action_id");
    optionalPlain(element.path("placeholder"), 150, at + "/placeholder");
    switch (element.path("type").asString("")) {
      case "button" -> button(element, at);
      case "static_select", "multi_static_select" -> options(element, 100, at);
      case "radio_buttons", "checkboxes" -> options(element, 10, at);
      case "overflow" -> options(element, 5, at);
      case "plain_text_input" -> textInput(element, at);
      case "number_input" -> {
        if (!element.path("is_decimal_allowed").isBoolean()) {
          violation("missing required field: is_decimal_allowed", at);
        }
      }
      case "datepicker" ->
          matches(element.path("initial_date"), "\\d{4}-\\d{2}-\\d{2}", at + "/initial_date");
      case "timepicker" ->
          matches(element.path("initial_time"), "([01]\\d|2[0-3]):[0-5]\\d", at + "/initial_time");
      case "users_select",
          "multi_users_select",
          "conversations_select",
          "channels_select",
          "datetimepicker",
          "email_text_input",
          "url_text_input",
          "image" -> {}
      default -> violation("unsupported type: " + element.path("type"), at + "/type");
    }
  }

  private void button(JsonNode button, String at) {
    plain(button.path("text"), 75, at + "/text");
    atMost(button.path("value"), 2000, at + "/value");
    atMost(button.path("url"), 3000, at + "/url");
    if (!button.path("style").isMissingNode()) {
      oneOf(button, "style", Set.of("primary", "danger"), at);
    }
    JsonNode confirm = button.path("confirm");
    if (!confirm.isMissingNode()) {
      plain(confirm.path("title"), 100, at + "/confirm/title");
      anyText(confirm.path("text"), 300, at + "/confirm/text");
      optionalPlain(confirm.path("confirm"), 30, at + "/confirm/confirm");
      optionalPlain(confirm.path("deny"), 30, at + "/confirm/deny");
    }
  }

  private void options(JsonNode element, int most, String at) {
    List<JsonNode> all = new ArrayList<>();
    JsonNode groups = element.path("option_groups");
    if (groups.isMissingNode()) {
      optionList(element.path("options"), most, at + "/options", all);
    } else if (!element.path("options").isMissingNode() || groups.size() > 100) {
      violation("must be options or at most 100 groups of them", at);
    }
    for (int index = 0; index < groups.size(); index++) {
      String here = at + "/option_groups/" + index;
      plain(groups.get(index).path("label"), 75, here + "/label");
      optionList(groups.get(index).path("options"), most, here + "/options", all);
    }
    List<JsonNode> initial = new ArrayList<>();
    element.path("initial_options").forEach(initial::add);
    if (!element.path("initial_option").isMissingNode()) {
      initial.add(element.path("initial_option"));
    }
    if (!all.containsAll(initial)) {
      violation("must be among the options", at + "/initial_option");
    }
  }

  private void optionList(JsonNode options, int most, String at, List<JsonNode> all) {
    if (options.isEmpty() || options.size() > most) {
      violation("must have between 1 and " + most + " items", at);
    }
    for (int index = 0; index < options.size(); index++) {
      String here = at + "/" + index;
      anyText(options.get(index).path("text"), 75, here + "/text");
      between(options.get(index).path("value"), 1, 150, here + "/value");
      optionalPlain(options.get(index).path("description"), 75, here + "/description");
      all.add(options.get(index));
    }
  }

  private void textInput(JsonNode element, String at) {
    int most = element.path("max_length").asInt(SECTION_TEXT);
    if (most < 1 || most > SECTION_TEXT) {
      violation("must be between 1 and 3000", at + "/max_length");
    }
    if (element.path("min_length").asInt(0) > most) {
      violation("must not be more than max_length", at + "/min_length");
    }
    atMost(element.path("initial_value"), most, at + "/initial_value");
  }

  private void plain(JsonNode text, int most, String at) {
    oneOf(text, "type", Set.of("plain_text"), at);
    between(text.path("text"), 1, most, at + "/text");
  }

  private void optionalPlain(JsonNode text, int most, String at) {
    if (!text.isMissingNode()) {
      plain(text, most, at);
    }
  }

  private void anyText(JsonNode text, int most, String at) {
    oneOf(text, "type", Set.of("plain_text", "mrkdwn"), at);
    between(text.path("text"), 1, most, at + "/text");
  }

  private void oneOf(JsonNode node, String member, Set<String> allowed, String at) {
    if (!allowed.contains(node.path(member).asString(""))) {
      violation("unsupported " + member + ": " + node.path(member), at + "/" + member);
    }
  }

  private void matches(JsonNode text, String pattern, String at) {
    if (!text.isMissingNode() && !text.asString("").matches(pattern)) {
      violation("failed to match the pattern " + pattern, at);
    }
  }

  private void between(JsonNode text, int least, int most, String at) {
    if (text.asString("").length() < least) {
      violation("must be more than " + (least - 1) + " characters", at);
    }
    atMost(text, most, at);
  }

  private void atMost(JsonNode text, int most, String at) {
    if (text.asString("").length() > most) {
      violation("must be less than " + (most + 1) + " characters", at);
    }
  }

  private void violation(String reason, String at) {
    violations.add("[ERROR] " + reason + " [json-pointer:" + at + "]");
  }
}
