package dev.bothy.platform.privacy;

/// What is done with a row whose time is over, or whose person is erased.
public sealed interface Change {
  /// The row goes.
  record Delete() implements Change {}

  /// The row stays without what tells of the person.
  ///
  /// @param assignments as after `set` in an `update`, without parameters
  record Assign(String assignments) implements Change {}
}
