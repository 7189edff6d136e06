package dev.bothy.platform.chat.slack;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// How a call to Slack ended.
sealed interface SlackAnswer {
  /// Slack did it.
  ///
  /// @param scopes those of the token, comma-separated, as Slack's header `x-oauth-scopes` tells
  record Done(JsonNode body, String scopes) implements SlackAnswer {}

  /// Slack will not do it, whenever it is asked.
  ///
  /// @param error Slack's code, e.g. `channel_not_found`
  /// @param detail more of it for people: the scope that is missing, the block that is wrong; may
  ///   be empty
  record Refused(String error, String detail) implements SlackAnswer {
    String words() {
      return detail.isEmpty() ? error : error + ": " + detail;
    }
  }

  /// Slack asks for patience.
  record TooMany(Duration retryAfter) implements SlackAnswer {}

  /// Slack was not reached or is in trouble.
  record Unreachable(String reason) implements SlackAnswer {}
}
