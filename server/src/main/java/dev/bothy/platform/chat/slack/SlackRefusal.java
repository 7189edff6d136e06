package dev.bothy.platform.chat.slack;

/// What Slack's refusals mean for whoever reads why a message was given up: Slack's code, what it
/// means and what to do.
final class SlackRefusal {
  private SlackRefusal() {}

  /// Slack's code and detail first, by which its documentation is found.
  static String inWords(SlackAnswer.Refused refused) {
    String advice = advice(refused.error());
    return advice.isEmpty() ? refused.words() : refused.words() + ". " + advice;
  }

  private static String advice(String error) {
    return switch (error) {
      case "not_in_channel" ->
          "Bothy is not in this channel: type /invite @Bothy there. Or an admin lets it join public"
              + " channels, or post without joining, on the page Slack";
      case "channel_not_found" ->
          "Slack knows no such channel, or it is private and Bothy is not in it: type"
              + " /invite @Bothy there";
      case "is_archived" -> "The channel is archived: choose another, or unarchive it in Slack";
      case "method_not_supported_for_channel_type" ->
          "Slack cannot do this in such a conversation, only in a channel: into a private one"
              + " somebody must invite Bothy";
      case "missing_scope" ->
          "An admin pastes the manifest of the page Slack into the app's settings, and installs the"
              + " app again";
      case "restricted_action", "restricted_action_read_only_channel", "user_is_restricted" ->
          "The settings of the Slack workspace or the channel do not let Bothy do this: a Slack"
              + " admin can change them";
      case "too_long" -> "A topic has 250 characters at most";
      case "paid_teams_only", "plan_upgrade_required" ->
          "User groups need a paid Slack plan, which this Slack workspace does not have";
      case "no_users_provided" ->
          "A Slack user group cannot be empty; who was in it before still is";
      case "permission_denied" ->
          "Slack lets only some change user groups: a Slack admin allows it to everyone, under"
              + " Workspace settings, Permissions, User Groups";
      case "no_such_subteam", "subteam_not_found", "invalid_usergroup" ->
          "Slack knows no such user group, or it was disabled";
      case "invalid_user",
          "invalid_users",
          "failed_for_some_users",
          "single_channel_guests_cannot_be_added" ->
          "Somebody cannot be in a user group: guests and bots are not taken, nor people of other"
              + " Slack workspaces";
      default -> "";
    };
  }
}
