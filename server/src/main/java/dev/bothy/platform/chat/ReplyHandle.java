package dev.bothy.platform.chat;

/// What a connector needs to answer one action of a person: to show something to that person alone,
/// or to open a form. Only the connector that made it reads it; it expires soon (Slack: 3 seconds
/// for a form, 30 minutes for an answer).
///
/// @param value may be empty; treated as a secret, since some networks put a bearer address in it
public record ReplyHandle(String value) {
  /// For what can't be answered.
  public static final ReplyHandle NONE = new ReplyHandle("");

  @Override
  public String toString() {
    return "ReplyHandle(…)";
  }
}
