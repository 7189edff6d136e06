package dev.bothy.platform.chatlinks;

import dev.bothy.platform.chat.AccountGate;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.kernel.ConnectionId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Somebody whose place has ended asks for nothing in chat either, though the network may let them
/// in for a while yet.
@Component
class LeaverGate implements AccountGate {
  static final String REFUSAL =
      "Your place in this workspace has ended, so nothing was done. If that is a mistake, ask an"
          + " admin to give it back.";

  private final ChatLinkTable table;
  private final EmailMatching matching;

  LeaverGate(ChatLinkTable table, EmailMatching matching) {
    this.table = table;
    this.matching = matching;
  }

  @Override
  public void met(ChatConnection connection, String account) {
    matching.met(connection, account);
  }

  @Override
  public Optional<String> refusal(ConnectionId connection, String account) {
    return table.find(connection, account).filter(link -> !link.active()).map(_ -> REFUSAL);
  }
}
