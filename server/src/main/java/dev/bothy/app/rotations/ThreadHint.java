package dev.bothy.app.rotations;

import java.util.Locale;
import java.util.regex.Pattern;

/// What somebody's answer to "Who can cover?" seems to say. It is a hint: of a yes the requester is
/// asked whether it is one.
enum ThreadHint {
  YES,
  NO,
  NEITHER;

  /// A no that is a yes, or neither.
  private static final Pattern POLITE =
      Pattern.compile("\\b(no (problem|worries|prob)|not a problem|why not)\\b");

  private static final Pattern REFUSES =
      Pattern.compile("\\b(no|nope|sorry|can'?t|can not|cannot|won'?t|unable|not)\\b");
  private static final Pattern AGREES =
      Pattern.compile(
          "\\b(yes|yep|yeah|sure|ok|okay|i can|i could|i'?ll|i will|i take|happy to)\\b");

  static ThreadHint of(String text) {
    String folded =
        POLITE.matcher(text.toLowerCase(Locale.ROOT).replace('’', '\'')).replaceAll(" ");
    if (REFUSES.matcher(folded).find()) {
      return NO;
    }
    return AGREES.matcher(folded).find() ? YES : NEITHER;
  }
}
