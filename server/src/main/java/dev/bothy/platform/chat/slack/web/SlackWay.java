package dev.bothy.platform.chat.slack.web;

import dev.bothy.platform.chat.slack.SlackManifest;
import org.jspecify.annotations.Nullable;

/// How an admin connects: the three ways of the page, as its address names them.
enum SlackWay {
  /// Bothy opens sockets to Slack; no port is open here.
  SOCKET,
  /// Slack calls a public address.
  HTTP,
  /// One app is installed into several Slack workspaces, or a whole organisation.
  OAUTH;

  /// What an address says; sockets, which work everywhere, when it says nothing that we know.
  static SlackWay of(@Nullable String written) {
    for (SlackWay way : values()) {
      if (way.id().equals(written)) {
        return way;
      }
    }
    return SOCKET;
  }

  /// As addresses and forms write it.
  String id() {
    return switch (this) {
      case SOCKET -> "socket";
      case HTTP -> "http";
      case OAUTH -> "oauth";
    };
  }

  /// @param wished for OAuth
  SlackManifest.Choice choice(Options wished, String redirect) {
    return switch (this) {
      case SOCKET -> new SlackManifest.Choice(true, null, false, false);
      case HTTP -> SlackManifest.Choice.HTTP;
      case OAUTH ->
          new SlackManifest.Choice(
              wished.sockets(), redirect, wished.rotation(), wished.organisation());
    };
  }

  /// What an admin can choose for OAuth.
  ///
  /// @param rotation tokens expire and are renewed
  /// @param organisation installable for a whole Enterprise organisation
  /// @param sockets Slack does not call us
  record Options(boolean rotation, boolean organisation, boolean sockets) {
    static final Options NONE = new Options(false, false, false);

    /// As an address goes on with them; empty when nothing was chosen.
    String query() {
      return (rotation ? "&rotation=true" : "")
          + (organisation ? "&organisation=true" : "")
          + (sockets ? "&sockets=true" : "");
    }
  }
}
