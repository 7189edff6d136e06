package dev.bothy.platform.chat.slack;

/// Who we are in a Slack workspace, as `auth.test` tells it.
///
/// @param team the workspace's id, `T…`
/// @param user the bot's account, `U…`: the author of what it posts
/// @param bot the bot's other id, `B…`, which some events carry instead
record SlackIdentity(String team, String user, String bot) {}
