package dev.bothy.platform.privacy;

import java.util.List;

/// How a person's rows are found in a table, as a condition in SQL over its own columns.
public sealed interface PersonRows {
  /// By the person; `:person` is their id, a `uuid`.
  record ByPerson(String condition) implements PersonRows {}

  /// By a chat account of theirs; `:connection` is a `uuid`, `:account` a `text`.
  record ByAccount(String condition) implements PersonRows {}

  /// Rows about the person by somebody else's hand; `:person` is their id, a `uuid`.
  ///
  /// @param othersOwn columns that say something of that other one, and that the person is not
  ///   shown
  record AboutPerson(String condition, List<String> othersOwn) implements PersonRows {
    public AboutPerson {
      othersOwn = List.copyOf(othersOwn);
    }
  }
}
