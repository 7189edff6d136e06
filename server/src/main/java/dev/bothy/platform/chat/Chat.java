package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What apps say in chat and know of the people there. Called within a transaction of the workspace
/// unless it says otherwise.
public interface Chat {
  /// Sends a message once the transaction has committed. Messages to the same conversation keep
  /// their order; what answers one person alone (an ephemeral, a form) goes past them.
  ///
  /// @return the message's id, for [OutboundMessage.Update] and [OutboundMessage.Delete]
  UUID send(ConnectionId connection, OutboundMessage message);

  /// What can be done through the connection. What a network gives only where it is wanted
  /// ([ChatFeature#wishes]) is among them once an admin has switched it on and the network has
  /// granted it.
  Set<Capability> capabilities(ConnectionId connection);

  /// Which message of ours the network means, e.g. by [InboundEvent.MessagePosted#thread] or
  /// [InboundEvent.ActionTaken#message]. Empty for what somebody else wrote. Of a message that
  /// became several there it is found by the first.
  ///
  /// @param message the network's id of the message
  /// @return the id that [#send] returned
  Optional<UUID> message(ConnectionId connection, String conversation, String message);

  /// Who is behind an account, from the directory, which is refreshed before an event that names
  /// the account is handled. Empty when the network knows no such account.
  Optional<Account> account(ConnectionId connection, String account);

  /// Who is behind each of these accounts, by id; those that the network does not know are left
  /// out.
  Map<String, Account> accounts(ConnectionId connection, Collection<String> accounts);

  /// Everybody that the directory has with an active account, programs apart, by name. Who was
  /// never named in an event is not among them.
  List<Account> accounts(ConnectionId connection);

  /// Asks the network which groups there are, by name, for somebody to choose one. Called outside
  /// of any transaction. Empty where [Capability#GROUP] is not among what can be done.
  ///
  /// @throws IOException when the network was not reached or would not say
  List<Group> groups(ConnectionId connection) throws IOException;

  /// Asks the network about those of the accounts that the directory has not asked about within the
  /// last hour. Called outside of any transaction, e.g. before scheduled work. What the network
  /// would not say now stays as it was.
  void refresh(ConnectionId connection, Collection<String> accounts);

  /// Asks the network for the e-mail address of an account. Called outside of any transaction. It
  /// is to be compared and forgotten: whoever asks stores it nowhere and logs it nowhere. Empty
  /// when the network tells none, or the connection has ended.
  ///
  /// @throws IOException when the network was not reached or would not say
  Optional<String> emailOf(ConnectionId connection, String account) throws IOException;
}
