package dev.bothy.platform.chat.slack;

/// Why an installation did not come about, in words
/// (docs.slack.dev/reference/methods/oauth.v2.access, "Errors").
final class SlackInstallErrors {
  private SlackInstallErrors() {}

  /// What Slack's page told when it sent the browser back.
  static String ofAuthorization(String error) {
    return switch (error) {
      case "access_denied" -> "The installation was cancelled at Slack. Nothing was connected.";
      case "invalid_scope", "invalid_scope_requested" ->
          "Slack does not let this app ask for these permissions. Paste the manifest below into the"
              + " app's settings and begin again.";
      case "invalid_team_for_non_distributed_app" ->
          "The app can be installed only in the Slack workspace that it was made in. Switch on"
              + " public distribution on the app's page Manage Distribution, and begin again.";
      case "bad_redirect_uri" -> WRONG_ADDRESS;
      default ->
          "Slack did not install the app ("
              + word(error)
              + "). Nothing was connected; begin again.";
    };
  }

  /// What Slack answered when the code was exchanged.
  static String ofExchange(SlackAnswer.Refused refused) {
    return switch (refused.error()) {
      case "invalid_code", "code_expired" ->
          "Slack's code is good once and for ten minutes; this one was not any more. Begin again.";
      case "code_already_used" ->
          "Slack's code was used already: a page was loaded twice. See whether the Slack workspace"
              + " is connected below; else begin again.";
      case "bad_redirect_uri" -> WRONG_ADDRESS;
      case "bad_client_secret", "invalid_client_id" ->
          "Slack does not know this client id with this client secret. Copy both again from the"
              + " app's page Basic Information and save them below.";
      case "invalid_grant_type", "oauth_authorization_url_mismatch" ->
          "The app is of Slack's old kind. Make a new one from the manifest below.";
      case "invalid_team_for_non_distributed_app" -> ofAuthorization(refused.error());
      case "egress_refused" -> refused.detail();
      default -> "Slack did not complete the installation: " + refused.words() + ".";
    };
  }

  private static final String WRONG_ADDRESS =
      "The app's settings at Slack do not list the address that Slack must send you back to. Paste"
          + " the manifest below into them (it is under redirect_urls), and begin again.";

  /// It comes through the browser's address, so anybody may have written it.
  private static String word(String error) {
    return error.matches("[a-z_]{1,60}") ? error : "unknown error";
  }
}
