package dev.bothy.platform.privacy;

/// How a person's rows are found in a table, as a condition in SQL over its own columns.
public sealed interface PersonRows {
  /// By the person; `:person` is their id, a `uuid`.
  record ByPerson(String condition) implements PersonRows {}

  /// By a chat account of theirs; `:connection` is a `uuid`, `:account` a `text`.
  record ByAccount(String condition) implements PersonRows {}
}
