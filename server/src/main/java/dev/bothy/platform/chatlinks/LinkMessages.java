package dev.bothy.platform.chatlinks;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import org.springframework.stereotype.Component;

/// What an account is told in private about itself. Called within a transaction of the workspace.
@Component
class LinkMessages {
  private final Chat chat;

  LinkMessages(Chat chat) {
    this.chat = chat;
  }

  void linked(LinkedAccount linked, String person, LinkedBy by) {
    tell(
        linked,
        "This account is linked to %s now, %s. What you do here counts as theirs. If that is not you: /bothy unlink"
            .formatted(person, by.words()));
  }

  void unlinked(LinkedAccount linked) {
    tell(linked, "This account is linked to nobody any more. To link it: /bothy link");
  }

  private void tell(LinkedAccount linked, String text) {
    if (chat.capabilities(linked.connection()).contains(Capability.DIRECT)) {
      chat.send(
          linked.connection(), new OutboundMessage.Direct(linked.account(), Content.of(text)));
    }
  }
}
