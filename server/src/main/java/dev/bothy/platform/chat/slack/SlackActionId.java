package dev.bothy.platform.chat.slack;

import java.util.Map;

/// Slack wants each action id once in a message; apps give one id to several buttons that differ by
/// their value. From the second on an id carries a number, which is taken off when it comes back.
final class SlackActionId {
  private SlackActionId() {}

  /// @param seen counts the ids of one message
  static String unique(String id, Map<String, Integer> seen) {
    int times = seen.merge(id, 1, Integer::sum);
    return times == 1 ? id : id + "~" + times;
  }

  /// The id as the app gave it.
  static String original(String unique) {
    return unique.replaceFirst("~[0-9]+$", "");
  }
}
