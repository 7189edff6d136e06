package dev.bothy.platform.chat.slack;

import dev.bothy.platform.kernel.Problem;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Asks Slack whose a token is, and puts Slack's refusals into words. Called outside of any
/// transaction.
@Component
class SlackIntroduction {
  private final SlackApi api;

  SlackIntroduction(SlackApi api) {
    this.api = api;
  }

  /// Whose a token is.
  sealed interface Who {
    /// A bot's.
    ///
    /// @param place the name of its Slack workspace or organisation
    /// @param team `T…`; empty when it is for a whole organisation
    /// @param enterprise `E…`; empty when there is none
    /// @param user the bot's account, `U…` or `W…`
    /// @param bot its other id, `B…`
    /// @param scopes what the token may do, comma-separated
    record Bot(
        String place,
        String team,
        String enterprise,
        boolean orgWide,
        String user,
        String bot,
        String scopes)
        implements Who {}

    /// Nobody's that we can use.
    record Refused(Problem problem) implements Who {}
  }

  Who whose(String token) {
    return switch (api.read(token, "auth.test", Map.of())) {
      case SlackAnswer.Done done -> bot(done);
      case SlackAnswer.Refused refused -> new Who.Refused(tokenRefused(refused));
      case SlackAnswer.TooMany limit -> new Who.Refused(busy(limit));
      case SlackAnswer.Unreachable unreachable -> new Who.Refused(away(unreachable));
    };
  }

  static Problem busy(SlackAnswer.TooMany limit) {
    return noInput("Slack asks to wait for " + limit.retryAfter().toSeconds() + " s.");
  }

  static Problem away(SlackAnswer.Unreachable unreachable) {
    return noInput("Slack could not be reached (" + unreachable.reason() + "). Try again.");
  }

  private static Problem noInput(String message) {
    return new Problem("slack.unreachable", Problem.Kind.RESOURCES, null, message);
  }

  private static Who bot(SlackAnswer.Done answer) {
    JsonNode body = answer.body();
    String bot = body.path("bot_id").asString("");
    if (bot.isEmpty()) {
      return new Who.Refused(
          Problem.ofField(
              "slack.not-a-bot",
              "token",
              "This token belongs to a person. Paste the Bot User OAuth Token, which begins with"
                  + " xoxb-."));
    }
    boolean orgWide = body.path("is_enterprise_install").asBoolean(false);
    String team = body.path("team_id").asString("");
    return new Who.Bot(
        body.path("team").asString(team),
        orgWide ? "" : team,
        // For an organisation's token Slack gives the organisation as the team.
        body.path("enterprise_id").asString(orgWide ? team : ""),
        orgWide,
        body.path("user_id").asString(""),
        bot,
        answer.scopes());
  }

  private static Problem tokenRefused(SlackAnswer.Refused refused) {
    String message =
        switch (refused.error()) {
          case "invalid_auth", "not_authed" ->
              "Slack does not know this token. Copy it again from OAuth & Permissions.";
          case "account_inactive", "token_revoked" ->
              "Slack says that this token was revoked. Install the app to the workspace again and"
                  + " paste the new token.";
          case "token_expired" ->
              "This token has expired. Switch token rotation off for the app and install it again,"
                  + " or connect through OAuth.";
          case "egress_refused" -> refused.detail();
          default -> "Slack refuses this token: " + refused.words() + ".";
        };
    return Problem.ofField("slack.refused", "token", message);
  }
}
