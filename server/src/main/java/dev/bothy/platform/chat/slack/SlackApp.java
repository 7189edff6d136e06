package dev.bothy.platform.chat.slack;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A Slack app that OAuth installs: what its page "Basic Information" shows.
///
/// @param clientId no secret
/// @param appToken opens sockets for the app, `xapp-…`; null when Slack calls us
record SlackApp(
    UUID id,
    String clientId,
    String clientSecret,
    String signingSecret,
    @Nullable String appToken) {
  @Override
  public String toString() {
    return "SlackApp(" + clientId + ")";
  }
}
