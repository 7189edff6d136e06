package dev.bothy.platform.chatlinks;

/// What came of comparing the address of one account.
enum MatchResult {
  /// The account belongs to the one member with that address now.
  LINKED,
  /// It was linked already, or somebody unlinked it.
  NOT_WANTED,
  /// The network tells no address.
  NO_ADDRESS,
  /// No active member has the address.
  NOBODY,
  /// Several have it, so it tells nothing.
  SEVERAL,
  /// The network did not answer, or asks to wait.
  AWAY
}
