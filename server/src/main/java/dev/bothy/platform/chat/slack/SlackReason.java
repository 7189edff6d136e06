package dev.bothy.platform.chat.slack;

/// Why a Slack connection ended or needs an admin: the words that are stored and audited, and what
/// people read.
public final class SlackReason {
  /// Slack's event `app_uninstalled`.
  static final String UNINSTALLED = "app-uninstalled";

  /// Slack's event `tokens_revoked`, naming our bot.
  static final String REVOKED = "tokens-revoked";

  /// An admin pressed the button.
  static final String DISCONNECTED = "disconnected";

  /// Slack refused to renew the token, for good.
  static final String RENEWAL_REFUSED = "renewal-refused";

  /// Slack refused a call because of the token.
  static final String TOKEN_REFUSED = "token-refused";

  /// The token has expired, and there is nothing to renew it with.
  static final String TOKEN_EXPIRED = "token-expired";

  /// What we keep of it opens with no key.
  static final String SECRETS_GONE = "secrets-gone";

  private SlackReason() {}

  /// What happened and what to do, in one or two sentences.
  public static String inWords(String reason) {
    return switch (reason) {
      case UNINSTALLED ->
          "The app was removed from the Slack workspace. Install it there again and connect it"
              + " here: what used this connection finds it again.";
      case REVOKED ->
          "Slack revoked the app's token, because somebody removed its permission. Install the app"
              + " again and connect it here: what used this connection finds it again.";
      case DISCONNECTED ->
          "It was disconnected here. Connect it again, and what used it finds it again.";
      case RENEWAL_REFUSED ->
          "Slack refuses to renew the app's token, so it works only until it expires. Install the"
              + " app again, as below; the client id and secret must be those of the app.";
      case TOKEN_REFUSED ->
          "Slack does not accept the app's token any more. Install the app again and connect it"
              + " here.";
      case TOKEN_EXPIRED ->
          "The token has expired, and it came without anything to renew it with. Connect through"
              + " OAuth, or switch token rotation off in the app's settings and install it again.";
      case SECRETS_GONE ->
          "Its tokens can be read by nobody any more, because their key was destroyed or lost."
              + " Connect it again: what used this connection finds it again.";
      default -> "It does not work (" + reason + "). Connect it again.";
    };
  }
}
