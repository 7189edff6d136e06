package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.RichText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text in Slack's two directions: our [RichText] as mrkdwn, and Slack's text as people typed it.
///
/// Slack has three characters to escape (`&`, `<`, `>`,
/// docs.slack.dev/messaging/formatting-message-text) and none to escape its emphasis with: where
/// what a person typed would begin bold, italic, strike-through or code, a zero-width space after
/// the mark keeps it text.
final class SlackText {
  private static final String ZERO_WIDTH_SPACE = "\u200B";
  private static final Pattern ACCOUNT = Pattern.compile("[A-Z0-9]{2,40}");
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>|]{1,2000}");
  private static final Pattern OPENING_MARK =
      Pattern.compile("(?<![\\p{L}\\p{N}])([*_~`]+)(?=\\S)");
  private static final Pattern SPECIAL = Pattern.compile("<([^<>]*)>");

  private SlackText() {}

  /// For Slack's text objects of either type: nothing in it is markup.
  static String escape(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /// The whole text as mrkdwn.
  static String mrkdwn(RichText text) {
    return String.join("", atoms(text, Integer.MAX_VALUE));
  }

  /// The text as mrkdwn in as few parts as may be, each of at most `limit` characters. Nothing is
  /// left out; a part ends at a line's end where one lies in its second half, else between words,
  /// never inside an entity or a mention.
  ///
  /// @param limit at least 100
  static List<String> split(RichText text, int limit) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (String atom : atoms(text, limit)) {
      if (part.length() + atom.length() > limit) {
        int lineEnd = part.lastIndexOf("\n");
        String rest = "";
        if (lineEnd >= limit / 2) {
          rest = part.substring(lineEnd + 1);
          part.setLength(lineEnd + 1);
        }
        parts.add(part.toString());
        part.setLength(0);
        part.append(rest);
      }
      part.append(atom);
    }
    parts.add(part.toString());
    return parts.stream().filter(each -> !each.isBlank()).toList();
  }

  /// Slack's text as people typed it: entities resolved, mentions as `<@id>`, channels, groups and
  /// links as they read.
  static String typed(String slack) {
    StringBuilder typed = new StringBuilder();
    Matcher special = SPECIAL.matcher(slack);
    int from = 0;
    while (special.find()) {
      typed.append(unescape(slack.substring(from, special.start())));
      typed.append(readable(special.group(1)));
      from = special.end();
    }
    return typed.append(unescape(slack.substring(from))).toString();
  }

  private static String readable(String special) {
    int bar = special.indexOf('|');
    String target = bar < 0 ? special : special.substring(0, bar);
    String label = bar < 0 ? "" : unescape(special.substring(bar + 1));
    if (target.startsWith("@")) {
      return "<" + target + ">";
    }
    if (target.startsWith("#")) {
      return label.isEmpty() ? target : "#" + label;
    }
    if (target.startsWith("!")) {
      String name = target.substring(1).split("\\^", 2)[0];
      return label.isEmpty() ? "@" + name : label;
    }
    String address = unescape(target);
    if (label.isEmpty()) {
      return address;
    }
    return address.endsWith(label) ? label : label + " (" + address + ")";
  }

  private static String unescape(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /// Pieces of mrkdwn that must not be split, each of at most `limit` characters.
  private static List<String> atoms(RichText text, int limit) {
    List<String> atoms = new ArrayList<>();
    for (RichText.Span span : text.spans()) {
      switch (span) {
        case RichText.Plain(String plain) ->
            addWords(OPENING_MARK.matcher(plain).replaceAll("$1" + ZERO_WIDTH_SPACE), limit, atoms);
        case RichText.Bold(String bold) -> addMarked(bold, '*', limit, atoms);
        case RichText.Code(String code) ->
            addMarked(code.replace('`', '\u02CB'), '`', limit, atoms);
        case RichText.Mention(String account) -> {
          // Anything but an id of Slack's could say <!channel>, so it is shown as text.
          boolean known = ACCOUNT.matcher(account).matches();
          atoms.add(known ? "<@" + account + ">" : escape("@" + account));
        }
        case RichText.Link(String label, String address) -> {
          if (ADDRESS.matcher(address).matches() && address.length() + label.length() < limit / 2) {
            atoms.add("<" + escape(address) + "|" + escape(label.replace('|', '\u00A6')) + ">");
          } else {
            addWords(label + " (" + address + ")", limit, atoms);
          }
        }
      }
    }
    return atoms;
  }

  /// Slack ends emphasis at the line's end, and sees none where a space follows the mark.
  private static void addMarked(String text, char mark, int limit, List<String> atoms) {
    for (String line : text.split("(?<=\n)")) {
      String inner = line.strip();
      if (inner.isEmpty()) {
        atoms.add(line);
        continue;
      }
      String lead = line.substring(0, line.indexOf(inner));
      atoms.add(lead);
      List<String> chunks = new ArrayList<>();
      addWords(inner.replace(String.valueOf(mark), mark + ZERO_WIDTH_SPACE), limit / 2, chunks);
      StringBuilder marked = new StringBuilder();
      for (String chunk : chunks) {
        if (marked.length() + chunk.length() > limit - 4) {
          atoms.add(mark + marked.toString().strip() + mark + " ");
          marked.setLength(0);
        }
        marked.append(chunk);
      }
      atoms.add(mark + marked.toString().strip() + mark);
      atoms.add(line.substring(lead.length() + inner.length()));
    }
  }

  /// Words with the white space after them; a word that is too long in pieces.
  private static void addWords(String plain, int limit, List<String> atoms) {
    for (String word : plain.split("(?<=\\s)(?=\\S)")) {
      String escaped = escape(word);
      if (escaped.length() <= limit) {
        atoms.add(escaped);
        continue;
      }
      StringBuilder piece = new StringBuilder();
      word.codePoints()
          .mapToObj(Character::toString)
          .map(SlackText::escape)
          .forEach(character -> {
            if (piece.length() + character.length() > limit) {
              atoms.add(piece.toString());
              piece.setLength(0);
            }
            piece.append(character);
          });
      atoms.add(piece.toString());
    }
  }
}
