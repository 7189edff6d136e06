package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ReplyHandle;

/// What Slack gives to answer one action with, as a [ReplyHandle] carries it.
///
/// @param trigger opens one form, for 3 seconds; may be empty
/// @param url takes 5 messages, for 30 minutes; may be empty. Whoever has it can post with it
record SlackReply(String trigger, String url) {
  static SlackReply of(ReplyHandle handle) {
    String[] lines = handle.value().split("\n", 2);
    return new SlackReply(lines[0], lines.length < 2 ? "" : lines[1]);
  }

  ReplyHandle handle() {
    return new ReplyHandle(trigger + "\n" + url);
  }

  @Override
  public String toString() {
    return "SlackReply(…)";
  }
}
