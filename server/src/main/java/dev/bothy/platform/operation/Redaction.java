package dev.bothy.platform.operation;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets out of a text by their shape. It is the net under the rule that no code writes a
/// secret into a message in the first place: what reaches a log through a library's error or a
/// careless line is caught here.
///
/// Every pattern starts at a fixed word and none can backtrack over its own repetitions, so that a
/// long hostile text costs time in proportion to its length.
public final class Redaction {
  /// What stands where a secret stood.
  public static final String REDACTED = "[redacted]";

  /// What a name ends with if its value is a secret: `token` and `accessToken`, but neither
  /// `tokens` nor `token_type`.
  private static final String SECRET_NAME =
      "(?:token|secret|passwords?|passwd|passphrase|signature|credentials?|api[_-]?key"
          + "|private[_-]?key|signing[_-]?key|authorization|cookie|response_?url)";

  private static final Pattern SECRET_NAMED =
      Pattern.compile(SECRET_NAME + "$", Pattern.CASE_INSENSITIVE);

  private record Rule(Pattern pattern, String replacement) {
    static Rule of(String pattern, String replacement) {
      return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), replacement);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          // PEM (RFC 7468): keys and certificates, to the end of the text if cut short.
          Rule.of("-----BEGIN [A-Z0-9 ]++-----(?s:.*?)(?:-----END [A-Z0-9 ]++-----|\\z)", REDACTED),
          // JSON Web Tokens and their encrypted kind (RFC 7519): "eyJ" is {" in base64.
          Rule.of("\\beyJ[A-Za-z0-9_-]{5,}+(?:\\.[A-Za-z0-9_-]*+){2,4}", REDACTED),
          // Slack's tokens: docs.slack.dev/authentication/tokens
          Rule.of("\\bx(?:ox[a-z](?:\\.xox[a-z])?|app)-[A-Za-z0-9%-]{4,}+", REDACTED),
          // Tokens that people give their programs.
          Rule.of("\\bbothy_pat_[A-Za-z0-9_-]{4,}+", REDACTED),
          // Addresses that are a password themselves: incoming webhooks and response URLs.
          Rule.of("(hooks\\.slack\\.com/)[^\\s\"'<>\\\\\\])}]++", "$1" + REDACTED),
          // A password within an address (RFC 3986 §3.2.1).
          Rule.of("(://[^\\s/:@\"']{0,80}+:)[^\\s/@\"']++(?=@)", "$1" + REDACTED),
          // Header lines, whose value is the rest of the line.
          Rule.of(
              "\\b((?:proxy-)?authorization|(?:set-)?cookie)(\"?\\s{0,3}+[:=]\\s{0,3}+[\\[\"]?+)"
                  + "(?!redacted])[^\\r\\n\\]\"}]++",
              "$1$2" + REDACTED),
          // A scheme with its credential (RFC 9110 §11.4), but not the words "basic
          // authentication".
          Rule.of(
              "\\b(Bearer|Basic|Bot)(\\s++)(?!(?-i:[A-Za-z][a-z]++)(?![A-Za-z0-9._~+/=-]))"
                  + "[A-Za-z0-9._~+/-]{8,}+=*+",
              "$1$2" + REDACTED),
          // Signatures of Slack (v0=) and GitHub (sha256=).
          Rule.of("\\b(v[0-9]|sha256)=[0-9a-f]{40,}+", "$1=" + REDACTED),
          // "name": "value" and 'name': 'value'.
          Rule.of(
              "(" + SECRET_NAME + "([\"'])\\s{0,3}+:\\s{0,3}+)\\2(?:\\\\.|(?!\\2)[^\\\\])*+\\2?",
              "$1$2" + REDACTED + "$2"),
          // The same as JSON inside of a JSON string.
          Rule.of(
              "(" + SECRET_NAME + "\\\\\"\\s{0,3}+:\\s{0,3}+\\\\\")(?:[^\"\\\\]|\\\\\\\\.)*+",
              "$1" + REDACTED),
          // "name": value that is no text.
          Rule.of(
              "(" + SECRET_NAME + "\"\\s{0,3}+:\\s{0,3}+)(?![\"\\[{]|null|true|false)[^\\s,}\\]]++",
              "$1" + REDACTED),
          // The same, percent-encoded, as in the form that carries a payload.
          Rule.of(
              "(" + SECRET_NAME + "%22(?:%20|\\+)?+%3A(?:%20|\\+)?+%22)(?:(?!%22)[^&\\s\"])*+",
              "$1" + REDACTED),
          // name="value" and name=value: queries, forms, a record's toString.
          Rule.of("(" + SECRET_NAME + "\\s?+=\\s?+)(\"[^\"]*+\"?|'[^']*+'?)", "$1" + REDACTED),
          Rule.of("(" + SECRET_NAME + "=)(?!\\[redacted])[^\\s&,;\"'\\])}>]++", "$1" + REDACTED),
          // name: value as people write it, if the value is no plain word.
          Rule.of(
              "(" + SECRET_NAME + ":\\s{0,3}+)(?=\\S{0,200}[0-9])(?!\\[redacted])[^\\s\",;]{6,}+",
              "$1" + REDACTED),
          // What a sign-on hands over in a query (RFC 6749 §4.1.2, OpenID Connect Core §3.1.3.3).
          Rule.of("([?&](?:code|state|session_state)=)[^\\s&\"'#]{8,}+", "$1" + REDACTED));

  private Redaction() {}

  /// The text without what looks like a secret; the same text if there is none.
  public static String of(String text) {
    String clean = text;
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(clean);
      if (matcher.find()) {
        clean = matcher.replaceAll(rule.replacement());
      }
    }
    return clean;
  }

  /// Whether a value of this name is a secret whatever it looks like.
  public static boolean isSecretName(String name) {
    return SECRET_NAMED.matcher(name.toLowerCase(Locale.ROOT)).find();
  }
}
