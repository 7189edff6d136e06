package dev.bothy.platform.chat.slack;

import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// How a call to Slack ended.
sealed interface SlackAnswer {
  /// What Slack told, for whoever only asks.
  ///
  /// @throws IOException when it told nothing
  default JsonNode orFail() throws IOException {
    return switch (this) {
      case Done done -> done.body();
      case Refused refused -> throw new IOException("Slack: " + refused.words());
      case TooMany limit -> throw new IOException("Slack asks to wait for " + limit.retryAfter());
      case Unreachable unreachable -> throw new IOException(unreachable.reason());
    };
  }

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
