package dev.bothy.platform.people;

/// On whose word a member's place has ended. Only the same word, or an admin's, gives it back.
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
