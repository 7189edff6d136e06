package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.slack.SlackTeam.Channel;
import dev.bothy.platform.chat.slack.SlackTeam.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Joining channels, their topics, and user groups (docs.slack.dev/reference/methods:
/// conversations.join, conversations.setTopic, usergroups.users.update).
final class SlackChannelMethods {
  private static final int TOPIC = 250;

  private final JsonMapper json;
  private final SlackTeam team;

  SlackChannelMethods(JsonMapper json, SlackTeam team) {
    this.json = json;
    this.team = team;
  }

  /// A private channel that the bot is not in is none that Slack would name to it.
  ObjectNode join(JsonNode arguments) {
    Optional<Channel> found = team.findChannel(arguments.path("channel").asString(""));
    if (found.isEmpty()) {
      return error("channel_not_found");
    }
    Channel channel = found.get();
    if (channel.directWith() != null) {
      return error("method_not_supported_for_channel_type");
    }
    boolean already = channel.members().contains(SlackTeam.BOT_USER);
    if (channel.isPrivate()) {
      return error(already ? "method_not_supported_for_channel_type" : "channel_not_found");
    }
    if (channel.archived()) {
      return error("is_archived");
    }
    team.join(channel.id(), SlackTeam.BOT_USER);
    ObjectNode answer = shown(channel);
    if (already) {
      answer.put("warning", "already_in_channel");
      answer.withObject("/response_metadata").putArray("warnings").add("already_in_channel");
    }
    return answer;
  }

  /// The scope depends on the kind of channel.
  ObjectNode setTopic(JsonNode arguments, Set<String> scopes) {
    Optional<Channel> found = team.findChannel(arguments.path("channel").asString(""));
    if (found.isEmpty()) {
      return error("channel_not_found");
    }
    Channel channel = found.get();
    if (channel.directWith() != null) {
      return error("method_not_supported_for_channel_type");
    }
    String needed = channel.isPrivate() ? "groups:write.topic" : "channels:write.topic";
    if (!scopes.contains(needed)) {
      return error("missing_scope").put("needed", needed).put("provided", String.join(",", scopes));
    }
    if (!channel.members().contains(SlackTeam.BOT_USER)) {
      return error(channel.isPrivate() ? "channel_not_found" : "not_in_channel");
    }
    if (channel.archived()) {
      return error("is_archived");
    }
    String topic = arguments.path("topic").asString("");
    if (topic.length() > TOPIC) {
      return error("too_long");
    }
    team.setTopic(channel.id(), topic);
    return shown(channel);
  }

  /// A handle is the id in small letters here.
  ObjectNode groups() {
    if (!team.isPaid()) {
      return error("plan_upgrade_required");
    }
    ObjectNode answer = json.createObjectNode().put("ok", true);
    ArrayNode groups = answer.putArray("usergroups");
    for (String group : team.groups()) {
      groups
          .addObject()
          .put("id", group)
          .put("team_id", SlackTeam.ID)
          .put("is_usergroup", true)
          .put("name", group)
          .put("handle", group.toLowerCase(Locale.ROOT))
          .put("date_delete", 0);
    }
    return answer;
  }

  /// Takes its users as Slack does: separated by commas, or as an array of JSON.
  ObjectNode updateGroup(JsonNode arguments) {
    if (!team.isPaid()) {
      return error("paid_teams_only");
    }
    String group = arguments.path("usergroup").asString("");
    if (team.membersOf(group).isEmpty()) {
      return error("no_such_subteam");
    }
    List<String> users = new ArrayList<>();
    JsonNode given = arguments.path("users");
    if (given.isArray()) {
      given.forEach(each -> users.add(each.asString("")));
    } else {
      for (String user : given.asString("").split(",")) {
        if (!user.isBlank()) {
          users.add(user.strip());
        }
      }
    }
    if (users.isEmpty()) {
      return error("no_users_provided");
    }
    for (String user : users) {
      Optional<User> known = team.findUser(user);
      if (known.isEmpty() || known.get().bot() || known.get().deleted()) {
        return error("invalid_users");
      }
    }
    team.group(group, users.toArray(new String[0]));
    ObjectNode answer = json.createObjectNode().put("ok", true);
    ObjectNode shown = answer.putObject("usergroup").put("id", group).put("team_id", SlackTeam.ID);
    ArrayNode members = shown.putArray("users");
    users.forEach(members::add);
    return answer;
  }

  private ObjectNode shown(Channel channel) {
    ObjectNode answer = json.createObjectNode().put("ok", true);
    ObjectNode shown =
        answer
            .putObject("channel")
            .put("id", channel.id())
            .put("name", channel.name())
            .put("is_channel", !channel.isPrivate())
            .put("is_private", channel.isPrivate())
            .put("is_archived", channel.archived())
            .put("is_member", channel.members().contains(SlackTeam.BOT_USER));
    shown.putObject("topic").put("value", team.topicOf(channel.id()));
    return answer;
  }

  private ObjectNode error(String code) {
    return json.createObjectNode().put("ok", false).put("error", code);
  }
}
