package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.slack.SlackDelivery.Challenge;
import dev.bothy.platform.chat.slack.SlackDelivery.Happened;
import dev.bothy.platform.chat.slack.SlackDelivery.Malformed;
import dev.bothy.platform.chat.slack.SlackDelivery.OfNoInterest;
import dev.bothy.platform.chat.slack.SlackDelivery.UnknownType;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the Events API (docs.slack.dev/apis/events-api, docs.slack.dev/reference/events).
///
/// ## The id of a delivery
///
/// Slack's `event_id`, which a retry repeats. A new message is named by its conversation and time
/// stamp instead: one that mentions the bot comes twice, as `app_mention` and as `message`, under
/// two event ids, and is one message.
final class SlackEvents {
  /// A message that somebody wrote; other subtypes tell of joins, topics and the like.
  private static final Set<String> WRITTEN =
      Set.of("", "file_share", "thread_broadcast", "me_message", "bot_message");

  private SlackEvents() {}

  static SlackDelivery read(JsonNode payload, SlackIdentity self) {
    return switch (payload.path("type").asString("")) {
      case "url_verification" -> challenge(payload);
      case "event_callback" -> callback(payload, self);
      // Slack has dropped events over its limit of 30,000 an hour; there is nothing to answer.
      case "app_rate_limited" -> new OfNoInterest();
      case "" -> new Malformed("no type");
      default -> new UnknownType(payload.path("type").asString());
    };
  }

  private static SlackDelivery challenge(JsonNode payload) {
    String challenge = payload.path("challenge").asString("");
    return challenge.isEmpty() ? new Malformed("no challenge") : new Challenge(challenge);
  }

  private static SlackDelivery callback(JsonNode payload, SlackIdentity self) {
    String id = payload.path("event_id").asString("");
    JsonNode event = payload.path("event");
    if (id.isEmpty() || id.length() > 100 || !event.isObject()) {
      return new Malformed("no event_id or no event");
    }
    if (!self.covers(SlackOrigin.of(payload))) {
      // The same app installed in another Slack workspace, which is not this connection's.
      return new OfNoInterest();
    }
    String type = event.path("type").asString("");
    return switch (type) {
      case "message" -> message(id, event, self);
      case "app_mention" -> posted(event, self);
      case "reaction_added" -> reaction(id, event, self);
      case "member_joined_channel" ->
          happened(id, new InboundEvent.MemberJoined(channel(event), author(event)));
      case "member_left_channel" ->
          happened(id, new InboundEvent.MemberLeft(channel(event), author(event)));
      case "app_home_opened" -> home(id, event);
      case "user_change", "team_join" ->
          event.at("/user/id").asString("").isEmpty()
              ? new Malformed("an account without id")
              : new SlackDelivery.AccountChanged(SlackAccounts.read(event.path("user")));
      case "app_uninstalled" -> removed(id, SlackReason.UNINSTALLED, payload);
      // It lists the accounts whose tokens were revoked: a person's concerns us not.
      case "tokens_revoked" ->
          event
                  .at("/tokens/bot")
                  .valueStream()
                  .anyMatch(each -> each.asString("").equals(self.user()))
              ? removed(id, SlackReason.REVOKED, payload)
              : new OfNoInterest();
      case "" -> new Malformed("an event without type");
      default -> new UnknownType(type);
    };
  }

  private static SlackDelivery message(String id, JsonNode event, SlackIdentity self) {
    String subtype = event.path("subtype").asString("");
    if (WRITTEN.contains(subtype)) {
      return posted(event, self);
    }
    return switch (subtype) {
      case "message_changed" -> {
        JsonNode message = event.path("message");
        // Slack also calls it a change when it adds the preview of a link.
        boolean byPerson = !message.path("edited").isMissingNode();
        yield isOwn(message, self) || !byPerson
            ? new OfNoInterest()
            : happened(
                id,
                new InboundEvent.MessageEdited(
                    channel(event),
                    message.path("ts").asString(""),
                    author(message),
                    text(message)));
      }
      case "message_deleted" ->
          isOwn(event.path("previous_message"), self)
              ? new OfNoInterest()
              : happened(
                  id,
                  new InboundEvent.MessageDeleted(
                      channel(event), event.path("deleted_ts").asString("")));
      default -> new UnknownType("message." + subtype);
    };
  }

  private static SlackDelivery posted(JsonNode event, SlackIdentity self) {
    if (isOwn(event, self)) {
      return new OfNoInterest();
    }
    String ts = event.path("ts").asString("");
    String thread = event.path("thread_ts").asString("");
    @Nullable String answers = thread.isEmpty() || thread.equals(ts) ? null : thread;
    if (ts.isEmpty() || channel(event).isEmpty()) {
      return new Malformed("a message without ts or channel");
    }
    return happened(
        "message:" + channel(event) + ":" + ts,
        new InboundEvent.MessagePosted(
            channel(event), answers, ts, author(event), text(event), answered(event)));
  }

  /// A reply that is shown in the channel as well brings the message that it answers along.
  private static @Nullable String answered(JsonNode event) {
    String parent = event.path("parent_user_id").asString("");
    return parent.isEmpty() ? event.at("/root/user").asString(null) : parent;
  }

  private static SlackDelivery reaction(String id, JsonNode event, SlackIdentity self) {
    JsonNode item = event.path("item");
    if (!item.path("type").asString("").equals("message")) {
      return new UnknownType("reaction_added." + item.path("type").asString(""));
    }
    if (author(event).equals(self.user())) {
      return new OfNoInterest();
    }
    return happened(
        id,
        new InboundEvent.ReactionAdded(
            channel(item),
            item.path("ts").asString(""),
            author(event),
            event.path("reaction").asString("")));
  }

  /// The tab with our messages is opened under the same type. The view is missing until one was
  /// published.
  private static SlackDelivery home(String id, JsonNode event) {
    if (!event.path("tab").asString("").equals("home")) {
      return new OfNoInterest();
    }
    String hash = event.at("/view/hash").asString("");
    return author(event).isEmpty()
        ? new Malformed("an opened home without user")
        : happened(
            id, new InboundEvent.HomeOpened("", author(event), hash.isEmpty() ? null : hash));
  }

  private static SlackDelivery removed(String id, String reason, JsonNode payload) {
    long seconds = payload.path("event_time").asLong(0);
    return happened(
        id,
        new InboundEvent.AppRemoved(
            "", reason, seconds == 0 ? null : Instant.ofEpochSecond(seconds)));
  }

  private static SlackDelivery happened(String id, InboundEvent event) {
    return new Happened(id, event);
  }

  private static boolean isOwn(JsonNode message, SlackIdentity self) {
    return author(message).equals(self.user())
        || message.path("bot_id").asString("").equals(self.bot());
  }

  private static String author(JsonNode event) {
    String user = event.path("user").asString("");
    return user.isEmpty() ? event.path("bot_id").asString("") : user;
  }

  private static String channel(JsonNode event) {
    return event.path("channel").asString("");
  }

  private static String text(JsonNode message) {
    return SlackText.typed(message.path("text").asString(""));
  }
}
