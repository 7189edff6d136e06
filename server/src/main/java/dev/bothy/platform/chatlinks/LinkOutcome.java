package dev.bothy.platform.chatlinks;

/// What became of linking an account to a person. Only [Linked] changed anything.
public sealed interface LinkOutcome {
  /// The account belongs to the person now.
  record Linked(LinkedAccount account) implements LinkOutcome {}

  /// It did so before.
  record Unchanged(LinkedAccount account) implements LinkOutcome {}

  /// It belongs to somebody else, who has to be unlinked first.
  record SomebodyElses() implements LinkOutcome {}

  /// The person has no place in this workspace, or has one no more.
  record NoPlace() implements LinkOutcome {}

  /// The directory knows no such account, or it is a program's, or switched off at the network.
  record NoAccount() implements LinkOutcome {}
}
