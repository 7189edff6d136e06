package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.keys.CannotOpen;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a Slack connection is made of; kept as ciphertext by the chat module.
///
/// @param botToken calls Slack's Web API, `xoxb-…`
/// @param signingSecret tells Slack's requests from others'
/// @param bot the bot's second id, `B…`
/// @param scopes what the token may do, comma-separated, as of when it was pasted
/// @param team the Slack workspace, `T…`; empty for an installation in a whole organisation
/// @param appToken opens sockets for the app (Socket Mode), `xapp-…`; null when Slack calls us
/// @param install what OAuth told; null for a token that was pasted
record SlackSecrets(
    String botToken,
    String signingSecret,
    String team,
    String bot,
    String scopes,
    @Nullable String appToken,
    @Nullable SlackInstall install) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  SlackSecrets(
      String botToken,
      String signingSecret,
      String team,
      String bot,
      String scopes,
      @Nullable String appToken) {
    this(botToken, signingSecret, team, bot, scopes, appToken, null);
  }

  /// Where the connector has them from; called outside of any transaction.
  interface Source {
    /// Empty when the connection was removed.
    Optional<SlackSecrets> of(ChatConnection connection);
  }

  /// What is left of those that open with no key.
  static final SlackSecrets GONE = new SlackSecrets("", "", "", "", "", null, null);

  /// Those of a connection of the current workspace; [#GONE] if they open with no key.
  static SlackSecrets stored(Connections connections, ConnectionId id) {
    try {
      return read(connections.storedSecrets(id));
    } catch (CannotOpen e) {
      return GONE;
    }
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
    if (install != null) {
      stored.set("install", JSON.valueToTree(install));
    }
    return JSON.writeValueAsBytes(stored);
  }

  /// The same with another app-level token, or without.
  SlackSecrets withAppToken(@Nullable String token) {
    return new SlackSecrets(botToken, signingSecret, team, bot, scopes, token, install);
  }

  SlackSecrets withScopes(String granted) {
    return new SlackSecrets(botToken, signingSecret, team, bot, granted, appToken, install);
  }

  SlackSecrets withSigningSecret(String secret) {
    return new SlackSecrets(botToken, secret, team, bot, scopes, appToken, install);
  }

  SlackSecrets renewed(String token, SlackInstall renewed) {
    return new SlackSecrets(token, signingSecret, team, bot, scopes, appToken, renewed);
  }

  /// Whether both are the same app's in the same Slack workspace or organisation, as far as is
  /// known: a pasted token does not tell its app.
  boolean isSamePlace(SlackSecrets other) {
    SlackInstall here = install == null ? SlackInstall.PASTED : install;
    SlackInstall there = other.install == null ? SlackInstall.PASTED : other.install;
    boolean sameApp =
        here.app().isEmpty() || there.app().isEmpty() || here.app().equals(there.app());
    return sameApp
        && here.orgWide() == there.orgWide()
        && (here.orgWide()
            ? here.enterprise().equals(there.enterprise())
            : team.equals(other.team));
  }

  boolean isOrgWide() {
    return install != null && install.orgWide();
  }

  SlackIdentity identity(ChatConnection connection) {
    SlackInstall known = install == null ? SlackInstall.PASTED : install;
    return new SlackIdentity(
        team, connection.botId(), bot, known.app(), known.enterprise(), known.orgWide());
  }

  @Override
  public String toString() {
    return "SlackSecrets(" + team + ")";
  }
}
