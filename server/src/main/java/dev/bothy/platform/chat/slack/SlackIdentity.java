package dev.bothy.platform.chat.slack;

/// Who we are in a Slack workspace or organisation, as `auth.test` and OAuth tell it.
///
/// @param team the workspace's id, `T…`; empty for a whole organisation
/// @param user the bot's account, `U…`: the author of what it posts
/// @param bot the bot's other id, `B…`, which some events carry instead
/// @param app the Slack app, `A…`; empty when not known
/// @param enterprise the organisation, `E…`; empty when there is none
/// @param orgWide whether we are in all workspaces of the organisation
record SlackIdentity(
    String team, String user, String bot, String app, String enterprise, boolean orgWide) {
  SlackIdentity(String team, String user, String bot) {
    this(team, user, bot, "", "", false);
  }

  /// Whether something that happened there is for this installation. What does not say where it
  /// happened is.
  boolean covers(SlackOrigin origin) {
    if (!app.isEmpty() && !origin.app().isEmpty() && !app.equals(origin.app())) {
      return false;
    }
    if (orgWide) {
      return origin.enterprise().equals(enterprise)
          || (origin.enterprise().isEmpty() && origin.team().isEmpty());
    }
    return origin.team().equals(team) || (origin.team().isEmpty() && !origin.orgWide());
  }

  /// How well it fits: an app may be installed in an organisation and again in one of its
  /// workspaces, and Slack says which of the two it means.
  int fit(SlackOrigin origin) {
    if (!covers(origin)) {
      return 0;
    }
    return orgWide == origin.orgWide() ? 2 : 1;
  }
}
