package dev.bothy.platform.retention;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the schema says of a table: `What it is. Personal data: what; kept: until when.`
///
/// @param what it is, one sentence or more
/// @param personal what of it is personal data; `none`
/// @param kept until when, in words; empty where nothing is said
/// @param columns its columns of bytes, each with what it is
record TableComment(String table, String what, String personal, String kept, List<Bytes> columns) {
  private static final Pattern WORDS =
      Pattern.compile("(?s)(.+?) Personal data: (.+?)(?:; kept: (.+?))?\\.");

  /// A column that nobody may read as it is.
  ///
  /// @param how such as `Sealed: work.inbox-payload.` or `Hash: SHA-256 of the token.`
  record Bytes(String column, String how) {
    boolean isSealed() {
      return how.startsWith("Sealed:") || how.startsWith("Wrapped");
    }
  }

  static TableComment of(String table, String comment, List<Bytes> columns) {
    Matcher words = WORDS.matcher(comment);
    if (!words.matches()) {
      throw new IllegalStateException("The comment of " + table + " says no personal data");
    }
    String kept = words.group(3);
    return new TableComment(
        table, words.group(1), words.group(2), kept == null ? "" : kept, List.copyOf(columns));
  }

  boolean isPersonal() {
    return !personal.equals("none");
  }

  /// Whether it is a record of the customer's own, which its directory or sign-on sent.
  boolean isCustomersOwn() {
    return personal.contains("the customer's own");
  }
}
