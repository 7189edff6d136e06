package dev.bothy.platform.chat.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Looks in Slack for a message of which it is not known whether it arrived. Every message carries
/// our id of it as metadata (docs.slack.dev/messaging/message-metadata); the conversation's history
/// gives it back to an app that has the scope to read it.
final class SlackLookup {
  /// The type of our metadata.
  static final String TYPE = "bothy_message";

  /// The attempt's time is the database's, the message's is Slack's. Slack's requests to us are
  /// refused when the two clocks are further apart than this, so they never are for long.
  static final Duration CLOCKS_APART = Duration.ofSeconds(300);

  /// Slack's page asks for no more than 200 at a time
  /// (docs.slack.dev/reference/methods/conversations.history, "limit").
  private static final int PAGE = 200;

  /// Looking through more than a thousand messages costs more of Slack's patience than a message
  /// that stands there twice costs people's.
  private static final int PAGES = 5;

  private final SlackCalls calls;

  SlackLookup(SlackCalls calls) {
    this.calls = calls;
  }

  /// What was found.
  sealed interface Outcome {
    /// The conversation was read.
    ///
    /// @param timestamps of each part that stands there, by the part's number; may be empty
    record Read(Map<Integer, String> timestamps) implements Outcome {}

    /// The app may not read this conversation, or too much has been said in it since.
    record Unknown() implements Outcome {}

    /// Slack did not answer now.
    record Failed(SlackAnswer answer) implements Outcome {}
  }

  /// The metadata that a message is found by.
  ///
  /// @param part the number of the message among those that our message became, from 0
  static ObjectNode metadata(UUID id, int part) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("event_type", TYPE);
    metadata.putObject("event_payload").put("id", id.toString()).put("part", part);
    return metadata;
  }

  /// Looks for the parts of a message.
  ///
  /// @param thread the time stamp of the message that it answers; null when it answers none
  /// @param since when the first attempt began
  Outcome find(
      SlackCalls.Caller caller, UUID id, String channel, @Nullable String thread, Instant since) {
    String method = thread == null ? "conversations.history" : "conversations.replies";
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("channel", channel);
    if (thread != null) {
      arguments.put("ts", thread);
    }
    arguments.put("oldest", since.minus(CLOCKS_APART).getEpochSecond() + ".000000");
    arguments.put("inclusive", "true");
    arguments.put("include_all_metadata", "true");
    arguments.put("limit", String.valueOf(PAGE));
    Map<Integer, String> found = new TreeMap<>();
    for (int page = 0; page < PAGES; page++) {
      SlackAnswer answer = calls.read(caller, method, channel, arguments);
      switch (answer) {
        case SlackAnswer.Done(JsonNode body, _) -> {
          collect(body.path("messages"), caller, id, found);
          String cursor = body.at("/response_metadata/next_cursor").asString("");
          if (cursor.isEmpty()) {
            return new Outcome.Read(found);
          }
          arguments = new HashMap<>(arguments);
          arguments.put("cursor", cursor);
        }
        case SlackAnswer.Refused _ -> {
          return new Outcome.Unknown();
        }
        case SlackAnswer.TooMany _, SlackAnswer.Unreachable _ -> {
          return new Outcome.Failed(answer);
        }
      }
    }
    return found.isEmpty() ? new Outcome.Unknown() : new Outcome.Read(found);
  }

  /// The first of two that say the same counts.
  private static void collect(
      JsonNode messages, SlackCalls.Caller caller, UUID id, Map<Integer, String> found) {
    for (JsonNode message : messages) {
      JsonNode payload = message.at("/metadata/event_payload");
      if (message.at("/metadata/event_type").asString("").equals(TYPE)
          && payload.path("id").asString("").equals(id.toString())
          && message.path("user").asString("").equals(caller.connection().botId())) {
        found.merge(
            payload.path("part").asInt(0),
            message.path("ts").asString(""),
            (one, other) -> one.compareTo(other) <= 0 ? one : other);
      }
    }
  }
}
