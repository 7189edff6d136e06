package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Group;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.work.OutboxSender.Result;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Joins channels, sets their topics and says who is in user groups. Each is optional, and done
/// twice is the same as done once.
final class SlackChannels {
  /// Slack refuses longer topics (docs.slack.dev/reference/methods/conversations.setTopic).
  static final int TOPIC = 250;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SlackCalls calls;

  SlackChannels(SlackCalls calls) {
    this.calls = calls;
  }

  /// Slack answers with a mere warning where the bot is in the channel already.
  Result join(SlackCalls.Caller caller, OutboundMessage.Join message) {
    String channel = message.conversation();
    ObjectNode arguments = JSON.objectNode().put("channel", channel);
    return result(calls.call(caller, "conversations.join", channel, arguments));
  }

  Result topic(SlackCalls.Caller caller, OutboundMessage.Topic message) {
    String channel = message.conversation();
    ObjectNode arguments =
        JSON.objectNode().put("channel", channel).put("topic", shortened(message.text()));
    return result(calls.call(caller, "conversations.setTopic", channel, arguments));
  }

  /// @param orgWide whether the token is one for a whole organisation
  Result members(SlackCalls.Caller caller, OutboundMessage.GroupMembers message, boolean orgWide) {
    List<String> accounts = message.accounts();
    if (accounts.isEmpty()) {
      return SlackPoster.failure(new SlackAnswer.Refused("no_users_provided", ""));
    }
    if (orgWide) {
      return new Result.Rejected(
          "Slack asks in which workspace of the organisation the user group is, which an"
              + " installation for the whole organisation does not tell. Install the app in that"
              + " Slack workspace alone");
    }
    ObjectNode arguments =
        JSON.objectNode()
            .put("usergroup", message.group())
            .put("users", String.join(",", accounts));
    return result(calls.call(caller, "usergroups.users.update", null, arguments));
  }

  List<Group> groups(SlackCalls.Caller caller) throws IOException {
    return calls
        .read(caller, "usergroups.list", null, Map.of())
        .orFail()
        .path("usergroups")
        .valueStream()
        .map(each -> new Group(each.path("id").asString(""), each.path("handle").asString("")))
        .sorted(Comparator.comparing(Group::name))
        .toList();
  }

  private static Result result(SlackAnswer answer) {
    return answer instanceof SlackAnswer.Done ? new Result.Sent(null) : SlackPoster.failure(answer);
  }

  /// At a whole character.
  private static String shortened(String topic) {
    if (topic.length() <= TOPIC) {
      return topic;
    }
    int end = TOPIC - 1;
    return topic.substring(0, Character.isHighSurrogate(topic.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
