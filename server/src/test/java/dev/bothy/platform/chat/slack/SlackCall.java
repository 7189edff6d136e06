package dev.bothy.platform.chat.slack;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One call that reached the fake Slack.
///
/// @param method the Web API method, or `response_url`
/// @param arguments what the method read: form fields or the JSON body's members, with `blocks`,
///   `view` and `metadata` as JSON even when they were sent as text; the token is left out
/// @param token the bot token that came with the call, if any
/// @param contentType the media type without its parameters
/// @param error null when Slack answered `ok`, else Slack's error code
/// @param at the fake's clock when the call arrived
public record SlackCall(
    String method,
    JsonNode arguments,
    @Nullable String token,
    String contentType,
    @Nullable String error,
    Instant at) {

  /// The argument as text; empty when it was not given.
  public String text(String argument) {
    return arguments.path(argument).asString("");
  }
}
