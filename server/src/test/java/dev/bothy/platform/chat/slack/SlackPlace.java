package dev.bothy.platform.chat.slack;

import org.jspecify.annotations.Nullable;

/// Where the fake Slack installs an app: a Slack workspace, or a whole organisation.
///
/// @param team null for a whole organisation
/// @param enterprise null for a workspace that belongs to none
/// @param botUser the bot's account there
/// @param bot its other id
public record SlackPlace(
    @Nullable String team, String name, @Nullable String enterprise, String botUser, String bot) {
  /// The team of [SlackTeam].
  static final SlackPlace HOME =
      new SlackPlace(SlackTeam.ID, "Bothy Test", null, SlackTeam.BOT_USER, SlackTeam.BOT_ID);

  /// A Slack workspace of its own, whose ids end in these characters.
  public static SlackPlace workspace(String name, String ending) {
    return new SlackPlace("T0" + ending, name, null, "U0BOT" + ending, "B0BOT" + ending);
  }

  /// A Slack workspace of an organisation.
  public static SlackPlace workspaceOf(String enterprise, String name, String ending) {
    return new SlackPlace("T0" + ending, name, enterprise, "U0BOT" + ending, "B0BOT" + ending);
  }

  /// A whole organisation.
  public static SlackPlace organisation(String name, String ending) {
    return new SlackPlace(null, name, "E0" + ending, "W0BOT" + ending, "B0BOT" + ending);
  }

  boolean orgWide() {
    return team == null;
  }
}
