package dev.bothy.platform.chatlinks;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.InboundEvent.CommandInvoked;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.workspace.Workspaces;
import java.net.URI;
import java.util.Set;
import org.springframework.stereotype.Component;

/// What an account is told in private about itself. Called within a transaction of the workspace.
@Component
class LinkMessages {
  private final Chat chat;
  private final InstallationSettings installation;
  private final Workspaces workspaces;

  LinkMessages(Chat chat, InstallationSettings installation, Workspaces workspaces) {
    this.chat = chat;
    this.installation = installation;
    this.workspaces = workspaces;
  }

  void linked(LinkedAccount linked, String person, LinkedBy by) {
    tell(
        linked.connection(),
        linked.account(),
        RichText.of("This account is ")
            .bold(person)
            .plain("'s in Bothy now, linked %s. If that is not you: ".formatted(by.words()))
            .code("/bothy unlink"));
  }

  void unlinked(LinkedAccount linked) {
    tell(
        linked.connection(),
        linked.account(),
        RichText.of("This account is linked to nobody any more. To link it: ").code("/bothy link"));
  }

  /// Sends the link that carries the token, past everybody else's eyes.
  void invite(ChatConnection connection, CommandInvoked command, String token) {
    String path =
        "/w/%s/link-account?token=%s".formatted(workspaces.describeCurrent().slug(), token);
    URI address = installation.publicAddress();
    RichText text =
        RichText.of("Open this, sign in, and confirm that the account is yours: ")
            .link("Link this account", address == null ? path : address + path)
            .plain(
                "\nIt works once, for %d minutes. Send it to nobody."
                    .formatted(LinkRequests.LIFETIME.toMinutes()));
    if (tell(connection.id(), command.author(), text)) {
      answer(
          connection,
          command,
          Content.of("A link to make this account yours is in your direct messages from Bothy."));
    } else {
      answer(connection, command, Content.of(text));
    }
  }

  /// Shows the answer to whoever typed the command, in the best way that the network has; never in
  /// the open.
  void answer(ChatConnection connection, CommandInvoked command, Content content) {
    Set<Capability> can = chat.capabilities(connection.id());
    if (can.contains(Capability.EPHEMERAL) && !command.conversation().isEmpty()) {
      chat.send(
          connection.id(),
          new OutboundMessage.Ephemeral(
              command.conversation(), command.author(), command.reply(), content));
    } else if (can.contains(Capability.DIRECT)) {
      chat.send(connection.id(), new OutboundMessage.Direct(command.author(), content));
    }
  }

  /// @return false where the network has no direct messages
  private boolean tell(ConnectionId connection, String account, RichText text) {
    boolean can = chat.capabilities(connection).contains(Capability.DIRECT);
    if (can) {
      chat.send(connection, new OutboundMessage.Direct(account, Content.of(text)));
    }
    return can;
  }
}
