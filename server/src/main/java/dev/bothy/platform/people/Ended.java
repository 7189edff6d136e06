package dev.bothy.platform.people;

/// On whose word a member's place has ended. It is back when each word that ended it was taken
/// back: the directory's by the directory alone, an admin's by an admin alone, and sign-on's by any
/// of the three.
public enum Ended {
  /// An owner or an admin ended it.
  ADMIN("by an admin"),
  /// The directory deactivated or deleted them.
  DIRECTORY("by the directory"),
  /// They signed in and no group of theirs stood for a role any more.
  SIGN_ON("by sign-on: no group of theirs stands for a role");

  private final String words;

  Ended(String words) {
    this.words = words;
  }

  /// As people read it.
  public String words() {
    return words;
  }
}
