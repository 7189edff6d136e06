package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.ReplyHandle;
import dev.bothy.platform.chat.slack.SlackDelivery.Happened;
import dev.bothy.platform.chat.slack.SlackDelivery.Malformed;
import dev.bothy.platform.chat.slack.SlackDelivery.OfNoInterest;
import dev.bothy.platform.chat.slack.SlackDelivery.UnknownType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Reads slash commands and interactions (docs.slack.dev/interactivity).
///
/// The id of a delivery is a digest of its `trigger_id`: Slack makes one for each thing that a
/// person does, and a proxy that repeats a request repeats it. A digest, since ids are stored and
/// logged in the clear, and a trigger opens a form.
final class SlackInteractions {
  private SlackInteractions() {}

  /// @param fields of the form that Slack sent
  static SlackDelivery command(Map<String, String> fields, SlackIdentity self) {
    String command = fields.getOrDefault("command", "");
    String author = fields.getOrDefault("user_id", "");
    String trigger = fields.getOrDefault("trigger_id", "");
    if (!command.startsWith("/") || author.isEmpty() || trigger.isEmpty()) {
      return new Malformed("a command without name, user or trigger");
    }
    if (!self.covers(SlackOrigin.of(fields))) {
      return new OfNoInterest();
    }
    SlackReply reply = new SlackReply(trigger, fields.getOrDefault("response_url", ""));
    return new Happened(
        id("command", trigger),
        new InboundEvent.CommandInvoked(
            fields.getOrDefault("channel_id", ""),
            author,
            command,
            SlackText.typed(fields.getOrDefault("text", "")).strip(),
            reply.handle()));
  }

  /// @param payload the JSON in the form field `payload`
  static SlackDelivery interaction(JsonNode payload, SlackIdentity self) {
    String type = payload.path("type").asString("");
    String author = payload.at("/user/id").asString("");
    if (type.isEmpty() || author.isEmpty()) {
      return new Malformed("an interaction without type or user");
    }
    if (!self.covers(SlackOrigin.of(payload))) {
      return new OfNoInterest();
    }
    return switch (type) {
      case "block_actions" -> action(payload, author);
      case "view_submission" -> submission(payload, author);
      case "view_closed" -> new OfNoInterest();
      default -> new UnknownType(type);
    };
  }

  private static SlackDelivery action(JsonNode payload, String author) {
    JsonNode action = payload.at("/actions/0");
    String trigger = payload.path("trigger_id").asString("");
    if (!action.isObject() || trigger.isEmpty()) {
      return new Malformed("block_actions without action or trigger");
    }
    ReplyHandle reply = new SlackReply(trigger, payload.path("response_url").asString("")).handle();
    return new Happened(
        id("action", trigger),
        new InboundEvent.ActionTaken(
            payload.at("/container/channel_id").asString(""),
            author,
            payload.at("/container/message_ts").asString(""),
            SlackActionId.original(action.path("action_id").asString("")),
            String.join(",", SlackForms.values(action)),
            reply));
  }

  private static SlackDelivery submission(JsonNode payload, String author) {
    JsonNode view = payload.path("view");
    String trigger = payload.path("trigger_id").asString("");
    if (!view.isObject() || trigger.isEmpty()) {
      return new Malformed("view_submission without view or trigger");
    }
    SlackForms.Origin origin = SlackForms.origin(view);
    return new Happened(
        id("form", trigger),
        new InboundEvent.FormSubmitted(
            origin.conversation(),
            author,
            view.path("callback_id").asString(""),
            origin.context(),
            SlackForms.submitted(view),
            new SlackReply(trigger, "").handle()));
  }

  private static String id(String kind, String trigger) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(trigger.getBytes(UTF_8));
      return kind + ":" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
