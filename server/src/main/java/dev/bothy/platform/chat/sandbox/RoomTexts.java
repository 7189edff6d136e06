package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.chat.RichText;
import java.util.Collection;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text between what people type in the room and what apps read.
final class RoomTexts {
  private static final Pattern TYPED = Pattern.compile("(?<![\\w@])@([a-z][a-z0-9-]{0,30})");
  private static final Pattern PORTABLE = Pattern.compile("<@([a-z][a-z0-9-]{0,30})>");

  private RoomTexts() {}

  /// `@ada` becomes `<@ada>` where there is such an account; all else stays as it was typed.
  static String toPortable(String typed, Collection<String> accounts) {
    Set<String> known = Set.copyOf(accounts);
    return TYPED
        .matcher(typed)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                known.contains(found.group(1)) ? "<@" + found.group(1) + ">" : found.group()));
  }

  /// A portable text with its mentions as such, for the room to show.
  static RichText toRich(String portable) {
    RichText text = new RichText(java.util.List.of());
    int end = 0;
    for (MatchResult found : PORTABLE.matcher(portable).results().collect(Collectors.toList())) {
      if (found.start() > end) {
        text = text.plain(portable.substring(end, found.start()));
      }
      text = text.mention(found.group(1));
      end = found.end();
    }
    return end < portable.length() ? text.plain(portable.substring(end)) : text;
  }
}
