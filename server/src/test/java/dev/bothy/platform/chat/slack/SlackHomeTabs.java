package dev.bothy.platform.chat.slack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The Home tab of the app, as each user of a [SlackTeam] sees it
/// (docs.slack.dev/reference/methods/views.publish). Each view that is published has a new hash; a
/// call that names another hash than that of the view that stands is refused.
final class SlackHomeTabs {
  private final JsonMapper json;
  private final SlackTeam team;
  private final Map<String, ObjectNode> views = new HashMap<>();
  private int counter;

  SlackHomeTabs(JsonMapper json, SlackTeam team) {
    this.json = json;
    this.team = team;
  }

  /// The view that the user sees, as Slack tells of it; empty before the first was published.
  synchronized Optional<JsonNode> of(String user) {
    return Optional.ofNullable(views.get(user));
  }

  synchronized ObjectNode publish(JsonNode arguments) {
    String user = arguments.path("user_id").asString("");
    JsonNode view = arguments.path("view");
    if (team.findUser(user).isEmpty()) {
      return refused("invalid_arguments", List.of("[ERROR] no such user [json-pointer:/user_id]"));
    }
    if (json.writeValueAsBytes(view).length > SlackMethods.VIEW_BYTES) {
      return refused("view_too_large", List.of());
    }
    List<String> violations = BlockKitRules.checkHome(view);
    if (!violations.isEmpty()) {
      return refused("invalid_arguments", violations);
    }
    ObjectNode before = views.get(user);
    String stands = before == null ? "" : before.path("hash").asString("");
    String expected = arguments.path("hash").asString("");
    if (!expected.isEmpty() && !expected.equals(stands)) {
      return refused("hash_conflict", List.of());
    }
    counter++;
    ObjectNode shown =
        ((ObjectNode) view)
            .deepCopy()
            .put("id", before == null ? "V0HOME" + counter : before.path("id").asString())
            .put("team_id", SlackTeam.ID)
            .put("app_id", SlackTeam.APP_ID)
            .put("bot_id", SlackTeam.BOT_ID)
            .put("hash", "1795330800.%08d".formatted(counter));
    shown.put("root_view_id", shown.path("id").asString());
    shown.putObject("state").putObject("values");
    views.put(user, shown);
    ObjectNode answer = json.createObjectNode().put("ok", true);
    answer.set("view", shown);
    return answer;
  }

  private ObjectNode refused(String code, List<String> violations) {
    ObjectNode answer = json.createObjectNode().put("ok", false).put("error", code);
    violations.forEach(answer.putObject("response_metadata").putArray("messages")::add);
    return answer;
  }
}
