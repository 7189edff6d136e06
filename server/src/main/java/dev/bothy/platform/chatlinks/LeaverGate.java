package dev.bothy.platform.chatlinks;

import dev.bothy.platform.chat.AccountGate;
import dev.bothy.platform.kernel.ConnectionId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Somebody whose place has ended does nothing here by chat either.
@Component
class LeaverGate implements AccountGate {
  private final ChatLinkTable links;

  LeaverGate(ChatLinkTable links) {
    this.links = links;
  }

  @Override
  public Optional<String> refusal(ConnectionId connection, String account) {
    return links
        .find(connection, account)
        .filter(link -> !link.active())
        .map(_ ->
            "Your place in this workspace has ended, so nothing was done. If that is a mistake,"
                + " ask whoever runs Bothy for you to give it back.");
  }
}
