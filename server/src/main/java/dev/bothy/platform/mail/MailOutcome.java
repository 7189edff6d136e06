package dev.bothy.platform.mail;

import java.util.UUID;

/// What became of the wish to send a mail. Only [Queued] has written anything.
public sealed interface MailOutcome {
  /// It is sent when the transaction has committed, as soon as the relay takes it.
  ///
  /// @param message its id in the outbox, and the left part of its `Message-ID`
  record Queued(UUID message) implements MailOutcome {}

  /// The installation has no relay.
  record NotConfigured() implements MailOutcome {}

  /// Neither directory nor sign-on sent an address of theirs that can be one, or they have no place
  /// here.
  record NoAddress() implements MailOutcome {}
}
