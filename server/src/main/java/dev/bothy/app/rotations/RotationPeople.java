package dev.bothy.app.rotations;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/// What is known of a rotation's people through its connection.
@Component
class RotationPeople {
  private final Chat chat;
  private final Connections connections;

  RotationPeople(Chat chat, Connections connections) {
    this.chat = chat;
    this.connections = connections;
  }

  /// Whether the connection is still there: once it is removed nobody can be told anything.
  boolean reachable(ConnectionId connection) {
    return connections.ofCurrentWorkspace(connection).isPresent();
  }

  /// The account, as the network told of it.
  Optional<Account> account(ConnectionId connection, String account) {
    return chat.account(connection, account);
  }

  /// The names that people read; the account's id where the network knows it no more.
  Function<Participant, String> names(ConnectionId connection) {
    return person ->
        chat.account(connection, person.account()).map(Account::name).orElse(person.account());
  }

  /// Who can take a turn: whose account is active. Where the network tells nothing of accounts,
  /// everybody.
  Predicate<Participant> available(ConnectionId connection) {
    return person ->
        chat.account(connection, person.account())
            .map(Account::active)
            .orElseGet(() ->
                reachable(connection)
                    && !chat.capabilities(connection).contains(Capability.LOOKUP));
  }

  /// The person's time zone; UTC where nothing is known of them.
  ZoneId zone(ConnectionId connection, String account) {
    return chat.account(connection, account).map(Account::zone).orElse(ZoneId.of("UTC"));
  }
}
