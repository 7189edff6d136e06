package dev.bothy.platform.privacy;

/// What becomes of a person's rows when the person is erased from a workspace.
public sealed interface OnErasure {
  /// It holds nothing about a person.
  record Nothing() implements OnErasure {}

  /// In the one transaction that takes what identifies the person from all modules.
  record AtOnce(Change change) implements OnErasure {}

  /// Afterwards, in batches: there may be a million.
  record InSteps(Change change) implements OnErasure {}

  /// The module does it by itself when the place ends ([dev.bothy.platform.kernel.PersonId]'s
  /// member is gone), or the row goes with another one.
  ///
  /// @param how in words
  record ByItself(String how) implements OnErasure {}

  /// It stays, and the receipt says so.
  ///
  /// @param reason why the customer keeps it, in words
  /// @param until when it ends, in words
  record Kept(String reason, String until) implements OnErasure {}
}
