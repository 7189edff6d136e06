package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.chat.slack.SlackTeam.Channel;
import dev.bothy.platform.chat.slack.SlackTeam.Message;
import dev.bothy.platform.chat.slack.SlackTeam.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Slack's Web API methods over a [SlackTeam]: what each needs, what it answers, how it refuses.
///
/// Answers and error codes follow docs.slack.dev/reference/methods. A method that is not here does
/// not exist for the caller (`unknown_method`).
final class SlackMethods {
  /// chat.postMessage cuts longer text off without saying so (docs.slack.dev, "Truncating
  /// content").
  static final int TEXT_KEPT = 40_000;

  /// chat.update refuses longer text (docs.slack.dev/reference/methods/chat.update).
  static final int TEXT_IN_UPDATE = 4_000;

  static final int VIEW_BYTES = 250_000;
  static final Duration TRIGGER_LIFE = Duration.ofSeconds(3);

  /// The scope that a method asks of the token; empty for one that any token may call.
  static final Map<String, String> SCOPES =
      Map.ofEntries(
          Map.entry("apps.connections.open", ""),
          Map.entry("auth.test", ""),
          Map.entry("views.open", ""),
          Map.entry("views.publish", ""),
          Map.entry("chat.postMessage", "chat:write"),
          Map.entry("chat.update", "chat:write"),
          Map.entry("chat.delete", "chat:write"),
          Map.entry("chat.postEphemeral", "chat:write"),
          Map.entry("conversations.open", "im:write"),
          // Which scope they need depends on the conversation.
          Map.entry("conversations.history", ""),
          Map.entry("conversations.replies", ""),
          Map.entry("conversations.setTopic", ""),
          Map.entry("conversations.join", "channels:join"),
          Map.entry("usergroups.list", "usergroups:read"),
          Map.entry("usergroups.users.update", "usergroups:write"),
          Map.entry("users.info", "users:read"),
          Map.entry("users.list", "users:read"));

  private record Trigger(String user, Instant issuedAt) {}

  private final JsonMapper json;
  private final SlackTeam team;
  private final Clock clock;
  private final SlackHistory history;
  private final SlackHomeTabs homeTabs;
  private final SlackChannelMethods channels;
  private final Map<String, Trigger> triggers = new HashMap<>();
  private final Set<String> exchanged = new HashSet<>();
  private final Map<String, Instant> lastPostAt = new HashMap<>();
  private boolean limitChannels;
  private int counter;

  SlackMethods(JsonMapper json, SlackTeam team, Clock clock) {
    this.json = json;
    this.team = team;
    this.clock = clock;
    this.homeTabs = new SlackHomeTabs(json, team);
    this.channels = new SlackChannelMethods(json, team);
    this.history = new SlackHistory(json, team, this::shown);
  }

  synchronized String trigger(String user) {
    counter++;
    String id = "%d.%d.%032x".formatted(1_000_000 + counter, 2_000_000, 0xb07417L * counter);
    triggers.put(id, new Trigger(user, clock.instant()));
    return id;
  }

  SlackHomeTabs homeTabs() {
    return homeTabs;
  }

  synchronized void limitChannels(boolean on) {
    limitChannels = on;
  }

  synchronized ObjectNode call(String method, JsonNode arguments, Set<String> scopes) {
    return switch (method) {
      case "chat.postMessage" -> postMessage(arguments, scopes);
      case "chat.update" -> update(arguments);
      case "chat.delete" -> delete(arguments);
      case "chat.postEphemeral" -> postEphemeral(arguments);
      case "conversations.open" -> open(arguments);
      case "conversations.history" -> history.history(arguments, scopes);
      case "conversations.replies" -> history.replies(arguments, scopes);
      case "conversations.join" -> channels.join(arguments);
      case "conversations.setTopic" -> channels.setTopic(arguments, scopes);
      case "usergroups.list" -> channels.groups();
      case "usergroups.users.update" -> channels.updateGroup(arguments);
      case "users.info" -> usersInfo(arguments, scopes);
      case "users.list" -> usersList(arguments, scopes);
      case "views.open" -> viewsOpen(arguments);
      case "views.publish" -> homeTabs.publish(arguments);
      default -> error("unknown_method");
    };
  }

  ObjectNode error(String code) {
    return json.createObjectNode().put("ok", false).put("error", code);
  }

  private ObjectNode ok() {
    return json.createObjectNode().put("ok", true);
  }

  /// For a whole organisation Slack names it where else it names the workspace.
  ObjectNode authTest(SlackPlace place) {
    ObjectNode answer =
        ok().put("url", "https://bothy-test.slack.com/")
            .put("team", place.name())
            .put("user", "bothy")
            .put("team_id", place.orgWide() ? place.enterprise() : place.team())
            .put("user_id", place.botUser())
            .put("bot_id", place.bot())
            .put("is_enterprise_install", place.orgWide());
    if (place.enterprise() != null) {
      answer.put("enterprise_id", place.enterprise());
    }
    return answer;
  }

  private ObjectNode postMessage(JsonNode arguments, Set<String> scopes) {
    Optional<Channel> found = team.findChannel(arguments.path("channel").asString(""));
    if (found.isEmpty()) {
      return error("channel_not_found");
    }
    Channel channel = found.get();
    if (!channel.members().contains(SlackTeam.BOT_USER)) {
      if (channel.isPrivate()) {
        return error("channel_not_found");
      }
      if (!scopes.contains("chat:write.public")) {
        return error("not_in_channel");
      }
    }
    if (channel.archived()) {
      return error("is_archived");
    }
    Optional<ObjectNode> refusal = checkContent(arguments);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Instant now = clock.instant();
    Instant last = lastPostAt.get(channel.id());
    if (limitChannels && last != null && now.isBefore(last.plusSeconds(1))) {
      return error("ratelimited");
    }
    lastPostAt.put(channel.id(), now);
    Message message =
        new Message(
            channel.id(),
            team.nextTs(),
            kept(arguments.path("text").asString("")),
            given(arguments, "blocks"),
            textOrNull(arguments, "thread_ts"),
            given(arguments, "metadata"),
            null,
            false);
    team.add(message);
    ObjectNode answer = ok().put("channel", channel.id()).put("ts", message.ts());
    answer.set("message", shown(message));
    return answer;
  }

  private ObjectNode update(JsonNode arguments) {
    Optional<Channel> channel = team.findChannel(arguments.path("channel").asString(""));
    if (channel.isEmpty()) {
      return error("channel_not_found");
    }
    Optional<Message> found =
        team.findMessage(channel.get().id(), arguments.path("ts").asString(""));
    if (found.isEmpty()) {
      return error("message_not_found");
    }
    if (!channel.get().members().contains(SlackTeam.BOT_USER)) {
      return error("cant_update_message");
    }
    if (channel.get().archived()) {
      return error("is_inactive");
    }
    Optional<ObjectNode> refusal = checkContent(arguments);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String text = arguments.path("text").asString("");
    if (text.length() > TEXT_IN_UPDATE) {
      return error("msg_too_long");
    }
    Message before = found.get();
    JsonNode metadata = given(arguments, "metadata");
    Message after =
        new Message(
            before.channel(),
            before.ts(),
            text,
            given(arguments, "blocks"),
            before.threadTs(),
            metadata == null ? before.metadata() : metadata,
            null,
            true);
    team.replace(before, after);
    ObjectNode answer =
        ok().put("channel", after.channel()).put("ts", after.ts()).put("text", after.text());
    answer.set("message", shown(after));
    return answer;
  }

  private ObjectNode delete(JsonNode arguments) {
    Optional<Channel> channel = team.findChannel(arguments.path("channel").asString(""));
    if (channel.isEmpty()) {
      return error("channel_not_found");
    }
    Optional<Message> message =
        team.findMessage(channel.get().id(), arguments.path("ts").asString(""));
    if (message.isEmpty()) {
      return error("message_not_found");
    }
    team.remove(message.get());
    return ok().put("channel", message.get().channel()).put("ts", message.get().ts());
  }

  private ObjectNode postEphemeral(JsonNode arguments) {
    Optional<Channel> channel = team.findChannel(arguments.path("channel").asString(""));
    if (channel.isEmpty()) {
      return error("channel_not_found");
    }
    if (!channel.get().members().contains(SlackTeam.BOT_USER)) {
      return error("not_in_channel");
    }
    String user = arguments.path("user").asString("");
    if (!channel.get().members().contains(user)) {
      return error("user_not_in_channel");
    }
    Optional<ObjectNode> refusal = checkContent(arguments);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Message message =
        new Message(
            channel.get().id(),
            team.nextTs(),
            kept(arguments.path("text").asString("")),
            given(arguments, "blocks"),
            textOrNull(arguments, "thread_ts"),
            null,
            user,
            false);
    team.add(message);
    return ok().put("message_ts", message.ts());
  }

  private ObjectNode open(JsonNode arguments) {
    String[] names = arguments.path("users").asString("").split(",");
    if (names[0].isEmpty()) {
      return error("users_list_not_supplied");
    }
    if (names.length > 1) {
      // Group conversations need mpim:write, which this app never asks for.
      return error("missing_scope").put("needed", "mpim:write").put("provided", "im:write");
    }
    Optional<User> user = team.findUser(names[0]);
    if (user.isEmpty() || user.get().id().equals(SlackTeam.BOT_USER)) {
      return error("user_not_found");
    }
    if (user.get().deleted()) {
      return error("user_disabled");
    }
    Optional<Channel> already = team.directWith(user.get().id());
    ObjectNode answer = ok();
    already.ifPresent(channel -> answer.put("no_op", true).put("already_open", true));
    Channel channel = already.orElseGet(() -> team.openDirect(user.get().id()));
    answer.putObject("channel").put("id", channel.id());
    return answer;
  }

  private ObjectNode usersInfo(JsonNode arguments, Set<String> scopes) {
    Optional<User> found = team.findUser(arguments.path("user").asString(""));
    if (found.isEmpty()) {
      return error("user_not_found");
    }
    ObjectNode answer = ok();
    answer.set("user", shown(found.get(), scopes));
    return answer;
  }

  /// Without a limit Slack tries to give everybody.
  private ObjectNode usersList(JsonNode arguments, Set<String> scopes) {
    String cursor = arguments.path("cursor").asString("");
    String given = arguments.path("limit").asString("");
    if (!given.matches("[0-9]{0,4}")) {
      return error("invalid_limit");
    }
    List<User> rest =
        team.users().stream()
            .dropWhile(user -> !cursor.isEmpty() && !cursor.equals(cursor(user)))
            .toList();
    if (!cursor.isEmpty() && rest.isEmpty()) {
      return error("invalid_cursor");
    }
    int limit = given.isEmpty() ? rest.size() : Math.clamp(Integer.parseInt(given), 1, 1_000);
    ObjectNode answer = ok().put("cache_ts", clock.instant().getEpochSecond());
    ArrayNode members = answer.putArray("members");
    rest.stream().limit(limit).forEach(user -> members.add(shown(user, scopes)));
    answer
        .putObject("response_metadata")
        .put("next_cursor", rest.size() > limit ? cursor(rest.get(limit)) : "");
    return answer;
  }

  private static String cursor(User user) {
    return Base64.getEncoder().encodeToString(("user:" + user.id()).getBytes(UTF_8));
  }

  private ObjectNode shown(User user, Set<String> scopes) {
    ObjectNode shown =
        json.createObjectNode()
            .put("id", user.id())
            .put("team_id", SlackTeam.ID)
            .put("name", user.name())
            .put("deleted", user.deleted())
            .put("real_name", user.realName())
            .put("is_bot", user.bot())
            .put("is_app_user", false)
            .put("updated", team.changedAt(user.id()).getEpochSecond());
    if (!user.deleted()) {
      shown.put("tz", user.timeZone()).put("tz_label", user.timeZone()).put("tz_offset", 0);
    }
    ObjectNode profile =
        shown
            .putObject("profile")
            .put("real_name", user.realName())
            .put("display_name", user.name())
            .put("team", SlackTeam.ID);
    if (user.email() != null && scopes.contains("users:read.email")) {
      profile.put("email", user.email());
    }
    return shown;
  }

  private ObjectNode viewsOpen(JsonNode arguments) {
    String id = arguments.path("trigger_id").asString("");
    Trigger trigger = triggers.get(id);
    if (trigger == null) {
      return error("invalid_trigger_id");
    }
    if (exchanged.contains(id)) {
      return error("exchanged_trigger_id");
    }
    if (clock.instant().isAfter(trigger.issuedAt().plus(TRIGGER_LIFE))) {
      return error("expired_trigger_id");
    }
    JsonNode view = arguments.path("view");
    if (json.writeValueAsBytes(view).length > VIEW_BYTES) {
      return error("view_too_large");
    }
    List<String> violations = BlockKitRules.checkView(view);
    if (!violations.isEmpty()) {
      return refused("invalid_arguments", violations);
    }
    exchanged.add(id);
    counter++;
    ObjectNode answer = ok();
    ObjectNode shown = ((ObjectNode) view).deepCopy();
    shown
        .put("id", "V0%08d".formatted(counter))
        .put("team_id", SlackTeam.ID)
        .put("app_id", SlackTeam.APP_ID)
        .put("bot_id", SlackTeam.BOT_ID)
        .put("hash", clock.instant().getEpochSecond() + ".abcdefgh")
        .put("root_view_id", "V0%08d".formatted(counter));
    shown.putNull("previous_view_id");
    shown.putObject("state").putObject("values");
    answer.set("view", shown);
    return answer;
  }

  Optional<ObjectNode> checkContent(JsonNode arguments) {
    JsonNode blocks = given(arguments, "blocks");
    if (blocks == null) {
      boolean empty = arguments.path("text").asString("").isEmpty();
      return empty ? Optional.of(error("no_text")) : Optional.empty();
    }
    if (!blocks.isArray()) {
      return Optional.of(error("invalid_blocks_format"));
    }
    List<String> violations = BlockKitRules.checkMessage(blocks);
    if (!violations.isEmpty()) {
      return Optional.of(refused("invalid_blocks", violations));
    }
    if (BlockKitRules.textLength(blocks) > BlockKitRules.TEXT_IN_ALL_BLOCKS) {
      return Optional.of(error("msg_blocks_too_long"));
    }
    return Optional.empty();
  }

  private ObjectNode refused(String code, List<String> violations) {
    ObjectNode answer = error(code);
    violations.forEach(answer.putObject("response_metadata").putArray("messages")::add);
    return answer;
  }

  private ObjectNode shown(Message message) {
    ObjectNode shown =
        json.createObjectNode()
            .put("type", "message")
            .put("user", SlackTeam.BOT_USER)
            .put("bot_id", SlackTeam.BOT_ID)
            .put("app_id", SlackTeam.APP_ID)
            .put("team", SlackTeam.ID)
            .put("ts", message.ts())
            .put("text", message.text());
    if (message.threadTs() != null) {
      shown.put("thread_ts", message.threadTs());
    }
    if (message.blocks() != null) {
      shown.set("blocks", message.blocks());
    }
    return shown;
  }

  private static String kept(String text) {
    return text.length() <= TEXT_KEPT ? text : text.substring(0, TEXT_KEPT);
  }

  private static @Nullable String textOrNull(JsonNode arguments, String name) {
    String text = arguments.path(name).asString("");
    return text.isEmpty() ? null : text;
  }

  private static @Nullable JsonNode given(JsonNode arguments, String name) {
    JsonNode node = arguments.path(name);
    return node.isMissingNode() || node.isNull() ? null : node;
  }
}
