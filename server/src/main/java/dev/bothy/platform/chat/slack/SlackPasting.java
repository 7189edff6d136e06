package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Connects with what an admin copied from the app's pages at Slack. Called outside of any
/// transaction.
@Component
class SlackPasting {
  private static final Pattern BOT_TOKEN = Pattern.compile("xoxb-[A-Za-z0-9-]{10,240}");
  private static final Pattern APP_TOKEN = Pattern.compile("xapp-[A-Za-z0-9-]{10,240}");
  private static final Pattern SIGNING_SECRET = Pattern.compile("[A-Za-z0-9]{16,128}");

  private final SlackApi api;
  private final SlackIntroduction introduction;
  private final SlackRoster roster;
  private final Workspaces workspaces;

  SlackPasting(
      SlackApi api, SlackIntroduction introduction, SlackRoster roster, Workspaces workspaces) {
    this.api = api;
    this.introduction = introduction;
    this.roster = roster;
    this.workspaces = workspaces;
  }

  /// What became of it.
  sealed interface Result {
    record Connected(ChatConnection connection) implements Result {}

    /// Nothing was saved.
    record Refused(Problem problem) implements Result {}
  }

  /// Asks Slack whose token it is, and saves the secrets if it is a bot's.
  ///
  /// @param signingSecret empty when Slack calls us through sockets alone
  /// @param appToken empty when Slack calls us over HTTP
  Result connect(
      WorkspaceId workspace, PersonId admin, String token, String signingSecret, String appToken) {
    Optional<Problem> wrong = check(token, signingSecret, appToken);
    if (wrong.isPresent()) {
      return new Result.Refused(wrong.get());
    }
    return switch (introduction.whose(token)) {
      case SlackIntroduction.Who.Refused(Problem problem) -> new Result.Refused(problem);
      case SlackIntroduction.Who.Bot bot -> {
        Optional<Problem> refused =
            appToken.isEmpty() ? Optional.empty() : refusedAppToken(api, appToken);
        yield refused.isPresent()
            ? new Result.Refused(refused.get())
            : new Result.Connected(save(workspace, admin, token, signingSecret, appToken, bot));
      }
    };
  }

  private ChatConnection save(
      WorkspaceId workspace,
      PersonId admin,
      String token,
      String signingSecret,
      String appToken,
      SlackIntroduction.Who.Bot bot) {
    SlackInstall install =
        bot.enterprise().isEmpty()
            ? null
            : new SlackInstall("", bot.enterprise(), bot.orgWide(), null, 0, 0);
    SlackSecrets pasted =
        new SlackSecrets(
            token,
            signingSecret,
            bot.team(),
            bot.bot(),
            bot.scopes(),
            appToken.isEmpty() ? null : appToken,
            install);
    return workspaces.inWorkspace(
        workspace,
        () -> {
          SlackSecrets complete =
              roster
                  .earlierSecrets(bot.user(), pasted)
                  .map(before -> completed(pasted, before))
                  .orElse(pasted);
          return roster.connect(admin, bot.place(), bot.user(), complete);
        });
  }

  /// A new bot token ends neither Socket Mode nor the check of signatures.
  private static SlackSecrets completed(SlackSecrets pasted, SlackSecrets before) {
    SlackSecrets signed =
        pasted.signingSecret().isEmpty()
            ? pasted.withSigningSecret(before.signingSecret())
            : pasted;
    return signed.appToken() == null ? signed.withAppToken(before.appToken()) : signed;
  }

  /// What Slack says against an app-level token; empty when it opens sockets.
  static Optional<Problem> refusedAppToken(SlackApi api, String appToken) {
    return switch (api.read(appToken, "apps.connections.open", Map.of())) {
      case SlackAnswer.Done _ -> Optional.empty();
      case SlackAnswer.Refused refused ->
          Optional.of(Problem.ofField("slack.app-token", "app-token", inWords(refused)));
      case SlackAnswer.TooMany limit -> Optional.of(SlackIntroduction.busy(limit));
      case SlackAnswer.Unreachable unreachable -> Optional.of(SlackIntroduction.away(unreachable));
    };
  }

  private static String inWords(SlackAnswer.Refused refused) {
    return switch (refused.error()) {
      case "invalid_auth", "not_authed", "token_revoked", "account_inactive" ->
          "Slack does not know this app-level token. Make one on the app's page Basic Information,"
              + " under App-Level Tokens, with the scope connections:write.";
      case "not_allowed_token_type" -> "This is not an app-level token. Theirs begin with xapp-.";
      case "missing_scope", "no_permission" ->
          "This app-level token lacks the scope connections:write. Make another one with it.";
      case "egress_refused" -> refused.detail();
      default -> "Slack opens no socket with this token: " + refused.words() + ".";
    };
  }

  /// What is wrong with an app-level token by its looks alone.
  static Optional<Problem> checkAppToken(String appToken) {
    return appToken.isEmpty() || APP_TOKEN.matcher(appToken).matches()
        ? Optional.empty()
        : Optional.of(
            Problem.ofField(
                "slack.app-token",
                "app-token",
                "An app-level token begins with xapp-. It is on the app's page Basic Information,"
                    + " under App-Level Tokens; make one with the scope connections:write."));
  }

  /// What is wrong with a signing secret by its looks alone.
  static Optional<Problem> checkSigningSecret(String signingSecret) {
    return SIGNING_SECRET.matcher(signingSecret).matches()
        ? Optional.empty()
        : Optional.of(
            Problem.ofField(
                "slack.signing-secret",
                "signing-secret",
                "A signing secret has 16 to 128 letters and digits (Slack's have 32). It is on the"
                    + " app's page Basic Information, under App Credentials."));
  }

  private static Optional<Problem> check(String token, String signingSecret, String appToken) {
    String problem = tokenProblem(token);
    if (problem != null) {
      return Optional.of(Problem.ofField("slack.token", "token", problem));
    }
    if (!signingSecret.isEmpty() || appToken.isEmpty()) {
      Optional<Problem> wrong = checkSigningSecret(signingSecret);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return checkAppToken(appToken);
  }

  private static @Nullable String tokenProblem(String token) {
    if (BOT_TOKEN.matcher(token).matches()) {
      return null;
    }
    if (token.startsWith("xoxe")) {
      return "This token expires within 12 hours, since token rotation is on for the app. Connect"
          + " through OAuth, which renews it; or switch rotation off, install again and paste the"
          + " token that begins with xoxb-.";
    }
    if (token.startsWith("xapp-")) {
      return "This is the app-level token. Here goes the Bot User OAuth Token, which begins with"
          + " xoxb-.";
    }
    if (token.startsWith("xoxp-")) {
      return "This is a person's token. Here goes the Bot User OAuth Token, which begins with"
          + " xoxb-.";
    }
    return "A bot token begins with xoxb-, and 10 to 240 letters, digits and dashes follow. Copy the"
        + " whole of it: it is on the app's page OAuth & Permissions, as Bot User OAuth Token.";
  }
}
