package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a Slack connection is made of; kept as ciphertext by the chat module.
///
/// @param botToken calls Slack's Web API, `xoxb-…`
/// @param signingSecret tells Slack's requests from others'
/// @param team the Slack workspace, `T…`
/// @param bot the bot's second id, `B…`
/// @param scopes what the token may do, comma-separated, as of when it was pasted
/// @param appToken opens sockets for the app (Socket Mode), `xapp-…`; null when Slack calls us
record SlackSecrets(
    String botToken,
    String signingSecret,
    String team,
    String bot,
    String scopes,
    @Nullable String appToken) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Where the connector has them from; called outside of any transaction.
  interface Source {
    /// Empty when the connection was removed.
    Optional<SlackSecrets> of(ChatConnection connection);
  }

  static SlackSecrets read(byte[] stored) {
    return JSON.readValue(stored, SlackSecrets.class);
  }

  byte[] toBytes() {
    ObjectNode stored =
        JSON.createObjectNode()
            .put("botToken", botToken)
            .put("signingSecret", signingSecret)
            .put("team", team)
            .put("bot", bot)
            .put("scopes", scopes);
    if (appToken != null) {
      stored.put("appToken", appToken);
    }
    return JSON.writeValueAsBytes(stored);
  }

  /// The same with another app-level token, or without.
  SlackSecrets withAppToken(@Nullable String token) {
    return new SlackSecrets(botToken, signingSecret, team, bot, scopes, token);
  }

  SlackIdentity identity(ChatConnection connection) {
    return new SlackIdentity(team, connection.botId(), bot);
  }

  @Override
  public String toString() {
    return "SlackSecrets(" + team + ")";
  }
}
