package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An app at Slack that is served through sockets. Slack hands what happens to any of an app's
/// sockets, in whichever Slack workspace it happened: so sockets belong to the app, and all
/// connections that were made with the app share them.
///
/// @param id as Slack calls it, `A…`
/// @param tokens the app-level tokens that were pasted, the newest first; at least one
/// @param members the connections of the app, in whichever workspaces of ours; at least one
record SlackSocketApp(String id, List<String> tokens, List<Member> members) {
  /// The app's id stands in its tokens.
  private static final Pattern TOKEN =
      Pattern.compile("xapp-[0-9]-(A[A-Z0-9]{5,20})-[A-Za-z0-9-]{10,250}");

  private static final String LEASE = "slack.sockets.";

  SlackSocketApp {
    tokens = List.copyOf(tokens);
    members = List.copyOf(members);
  }

  /// A connection and who we are there.
  record Member(ChatConnection connection, SlackIdentity identity) {}

  /// The app that an app-level token belongs to; empty when it is not of the shape of one.
  static Optional<String> idIn(String token) {
    Matcher matcher = TOKEN.matcher(token);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /// The lease on the app's sockets.
  static String lease(String id) {
    return LEASE + id;
  }

  @Override
  public String toString() {
    return "SlackSocketApp(" + id + ", " + members.size() + " connections)";
  }
}
