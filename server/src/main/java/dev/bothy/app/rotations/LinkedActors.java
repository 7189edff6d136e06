package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.kernel.ConnectionId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// People take part as the first account that is linked to them, accounts as themselves.
@Component
class LinkedActors implements ActingAccounts {
  private final ChatLinks links;

  LinkedActors(ChatLinks links) {
    this.links = links;
  }

  @Override
  public Optional<Participant> of(ConnectionId connection, Actor actor) {
    return switch (actor) {
      case Actor.Person person ->
          links.accountsOf(person.id()).stream()
              .filter(linked -> linked.connection().equals(connection))
              .map(LinkedAccount::account)
              .map(Participant::new)
              .findFirst();
      case Actor.Account account ->
          account.connection().equals(connection)
              ? Optional.of(new Participant(account.account()))
              : Optional.empty();
      case Actor.System _ -> Optional.empty();
    };
  }
}
