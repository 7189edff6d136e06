package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.chat.slack.SlackTeam.Channel;
import dev.bothy.platform.chat.slack.SlackTeam.Message;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What has been said in a conversation: `conversations.history` (newest first, without the answers
/// in threads) and `conversations.replies` (the first message and its answers, oldest first), page
/// by page (docs.slack.dev/reference/methods/conversations.history, …/conversations.replies).
final class SlackHistory {
  private static final int MOST = 999;

  private final JsonMapper json;
  private final SlackTeam team;
  private final Function<Message, ObjectNode> shown;

  SlackHistory(JsonMapper json, SlackTeam team, Function<Message, ObjectNode> shown) {
    this.json = json;
    this.team = team;
    this.shown = shown;
  }

  ObjectNode history(JsonNode arguments, Set<String> scopes) {
    Optional<Channel> channel = team.findChannel(arguments.path("channel").asString(""));
    ObjectNode refusal = refusal(channel, scopes);
    if (refusal != null) {
      return refusal;
    }
    List<Message> all =
        said(channel.orElseThrow()).stream()
            .filter(message -> message.threadTs() == null)
            .sorted(Comparator.comparing(Message::ts).reversed())
            .toList();
    return page(all, arguments);
  }

  ObjectNode replies(JsonNode arguments, Set<String> scopes) {
    Optional<Channel> channel = team.findChannel(arguments.path("channel").asString(""));
    ObjectNode refusal = refusal(channel, scopes);
    if (refusal != null) {
      return refusal;
    }
    String thread = arguments.path("ts").asString("");
    List<Message> all =
        said(channel.orElseThrow()).stream()
            .filter(message -> thread.equals(message.threadTs()) || thread.equals(message.ts()))
            .sorted(Comparator.comparing(Message::ts))
            .toList();
    return all.isEmpty() ? error("thread_not_found") : page(all, arguments);
  }

  private List<Message> said(Channel channel) {
    return team.messagesIn(channel.id()).stream()
        .filter(message -> message.ephemeralFor() == null)
        .toList();
  }

  private @Nullable ObjectNode refusal(Optional<Channel> found, Set<String> scopes) {
    if (found.isEmpty()) {
      return error("channel_not_found");
    }
    Channel channel = found.get();
    String needed =
        channel.directWith() != null
            ? "im:history"
            : channel.isPrivate() ? "groups:history" : "channels:history";
    if (!scopes.contains(needed)) {
      return error("missing_scope").put("needed", needed).put("provided", String.join(",", scopes));
    }
    if (!channel.members().contains(SlackTeam.BOT_USER)) {
      return error(channel.isPrivate() ? "channel_not_found" : "not_in_channel");
    }
    return null;
  }

  private ObjectNode page(List<Message> all, JsonNode arguments) {
    String oldest = arguments.path("oldest").asString("0");
    String latest = arguments.path("latest").asString("9999999999.999999");
    boolean inclusive = arguments.path("inclusive").asString("").matches("true|1");
    boolean metadata = arguments.path("include_all_metadata").asString("").matches("true|1");
    int limit = Math.clamp(Integer.parseInt(arguments.path("limit").asString("100")), 1, MOST);
    String cursor = arguments.path("cursor").asString("");
    List<Message> wanted =
        all.stream()
            .filter(message -> inside(message.ts(), oldest, latest, inclusive))
            .dropWhile(message -> !cursor.isEmpty() && !cursor.equals(cursor(message)))
            .toList();
    if (!cursor.isEmpty() && wanted.isEmpty()) {
      return error("invalid_cursor");
    }
    ObjectNode answer = json.createObjectNode().put("ok", true);
    ArrayNode messages = answer.putArray("messages");
    wanted.stream()
        .limit(limit)
        .forEach(message -> {
          ObjectNode each = shown.apply(message);
          if (metadata && message.metadata() != null) {
            each.set("metadata", message.metadata());
          }
          messages.add(each);
        });
    boolean more = wanted.size() > limit;
    answer.put("has_more", more);
    answer.putObject("response_metadata").put("next_cursor", more ? cursor(wanted.get(limit)) : "");
    return answer;
  }

  /// Slack's own time stamps have one width, and `oldest` may come with fewer digits.
  private static boolean inside(String ts, String oldest, String latest, boolean inclusive) {
    double time = Double.parseDouble(ts);
    double from = Double.parseDouble(oldest);
    double until = Double.parseDouble(latest);
    return inclusive ? time >= from && time <= until : time > from && time < until;
  }

  private static String cursor(Message message) {
    return Base64.getEncoder().encodeToString(("next_ts:" + message.ts()).getBytes(UTF_8));
  }

  private ObjectNode error(String code) {
    return json.createObjectNode().put("ok", false).put("error", code);
  }
}
