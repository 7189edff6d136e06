package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.InboundEvent;

/// What a genuine request of Slack's says.
sealed interface SlackDelivery {
  /// Slack asks whether this address is ours; the challenge is sent back as it is.
  record Challenge(String challenge) implements SlackDelivery {}

  /// Something happened.
  ///
  /// @param id the same when Slack sends it again; 1 to 200 characters
  record Happened(String id, InboundEvent event) implements SlackDelivery {}

  /// An account is not what it was, or is new.
  record AccountChanged(Account account) implements SlackDelivery {}

  /// Known, and nothing that an app could want: our own message, a closed form.
  record OfNoInterest() implements SlackDelivery {}

  /// Of a type that this version does not know.
  ///
  /// @param type as Slack calls it
  record UnknownType(String type) implements SlackDelivery {}

  /// Not of the shape that Slack sends.
  record Malformed(String reason) implements SlackDelivery {}
}
