package dev.bothy.app.rotations;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Mentions in text that people typed: `<@id>` ([dev.bothy.platform.chat.InboundEvent]).
final class Mentions {
  private static final Pattern MENTION = Pattern.compile("<@([^|>]+)(?:\\|[^>]*)?>");

  private Mentions() {}

  /// The account that is mentioned; what is no mention stays as it was typed.
  static String account(String typed) {
    Matcher matcher = MENTION.matcher(typed);
    return matcher.matches() ? matcher.group(1) : typed;
  }
}
