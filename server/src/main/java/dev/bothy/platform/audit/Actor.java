package dev.bothy.platform.audit;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;

/// Who did it.
public sealed interface Actor {
  /// Somebody who is signed in.
  record Person(PersonId id) implements Actor {}

  /// An account of a chat network that is not known to be a person's.
  ///
  /// @param account the network's own id, 1 to 100 characters
  record Account(ConnectionId connection, String account) implements Actor {}

  /// Bothy itself, by schedule or rule.
  record System() implements Actor {}

  /// `person`, `account` or `system`, as it is stored.
  default String kind() {
    return switch (this) {
      case Person person -> "person";
      case Account account -> "account";
      case System system -> "system";
    };
  }

  /// The id within its kind: a UUID, `connection/account`, or the empty text for the system.
  default String reference() {
    return switch (this) {
      case Person person -> person.id().toString();
      case Account account -> account.connection() + "/" + account.account();
      case System system -> "";
    };
  }
}
