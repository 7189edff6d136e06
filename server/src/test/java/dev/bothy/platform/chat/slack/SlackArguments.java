package dev.bothy.platform.chat.slack;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the arguments of a call as Slack does: from JSON, or from form fields some of which hold
/// JSON (docs.slack.dev/apis/web-api).
final class SlackArguments {
  private static final Set<String> JSON_ARGUMENTS =
      Set.of("blocks", "view", "metadata", "attachments");

  private final JsonMapper json;

  SlackArguments(JsonMapper json) {
    this.json = json;
  }

  /// Null when the body was read into the arguments, else Slack's error code.
  @Nullable String json(byte[] body, ObjectNode arguments) {
    try {
      if (!(json.readTree(body) instanceof ObjectNode object)) {
        return "json_not_object";
      }
      object
          .properties()
          .forEach(member -> arguments.set(member.getKey(), asJson(member.getKey(), member)));
      return null;
    } catch (JacksonException malformed) {
      return "invalid_json";
    }
  }

  private JsonNode asJson(String name, Map.Entry<String, JsonNode> member) {
    return member.getValue().isString() && JSON_ARGUMENTS.contains(name)
        ? parsedOrText(member.getValue().asString())
        : member.getValue();
  }

  /// Null when the body was read into the arguments, else Slack's error code.
  @Nullable String form(byte[] body, ObjectNode arguments) {
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      String[] parts = pair.split("=", 2);
      String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
      String value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
      if (name.endsWith("]")) {
        return "invalid_array_arg";
      }
      arguments.set(
          name, JSON_ARGUMENTS.contains(name) ? parsedOrText(value) : json.valueToTree(value));
    }
    return null;
  }

  private JsonNode parsedOrText(String value) {
    try {
      return json.readTree(value);
    } catch (JacksonException malformed) {
      return json.valueToTree(value);
    }
  }
}
