package dev.bothy.platform.chatlinks;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Accounts as details of an audit entry.
final class AccountWords {
  /// What the log takes as a word; every network's ids are such, and yet none is trusted to be.
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/+#-]{1,100}");

  private AccountWords() {}

  /// These details, with the account and its connection.
  static Map<String, String> with(LinkedAccount linked, Map<String, String> details) {
    Map<String, String> all = new TreeMap<>(details);
    all.put("connection", linked.connection().toString());
    if (WORD.matcher(linked.account()).matches()) {
      all.put("account", linked.account());
    }
    return all;
  }
}
