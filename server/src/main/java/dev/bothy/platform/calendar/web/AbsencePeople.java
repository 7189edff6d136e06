package dev.bothy.platform.calendar.web;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// For whom somebody may enter absences. Called within a transaction of the workspace.
@Component
class AbsencePeople {
  private final ChatLinks links;
  private final Connections connections;
  private final Chat chat;

  AbsencePeople(ChatLinks links, Connections connections, Chat chat) {
    this.links = links;
    this.connections = connections;
    this.chat = chat;
  }

  /// An account as a form names it.
  ///
  /// @param account the network's own id
  record Who(ConnectionId connection, String account) {
    /// What a form sent; empty if it is no account's.
    static Optional<Who> of(String text) {
      int end = text.indexOf('/');
      try {
        return end < 0
            ? Optional.empty()
            : Optional.of(
                new Who(
                    new ConnectionId(UUID.fromString(text.substring(0, end))),
                    text.substring(end + 1)));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }

    /// It as a form sends it.
    String text() {
      return connection + "/" + account;
    }
  }

  /// Somebody to choose.
  ///
  /// @param who as a form sends it
  /// @param name with the network in brackets
  /// @param zone of the person
  record Choice(String who, String name, String zone) {}

  /// Whom the viewer may choose: themselves first, and as an admin everybody else, by name.
  List<Choice> choices(Viewer viewer) {
    Set<String> chosen = new LinkedHashSet<>();
    List<Choice> choices = new ArrayList<>();
    for (LinkedAccount own : links.accountsOf(viewer.person())) {
      connections
          .ofCurrentWorkspace(own.connection())
          .flatMap(connection ->
              chat.account(own.connection(), own.account())
                  .filter(Account::active)
                  .map(account -> choice(connection, account)))
          .filter(choice -> chosen.add(choice.who()))
          .ifPresent(choices::add);
    }
    if (viewer.may(Role.ADMIN)) {
      for (ChatConnection connection : connections.list()) {
        for (Account account : chat.accounts(connection.id())) {
          Choice choice = choice(connection, account);
          if (chosen.add(choice.who())) {
            choices.add(choice);
          }
        }
      }
    }
    return choices;
  }

  private static Choice choice(ChatConnection connection, Account account) {
    String network = connection.network().title();
    String place = network.equals(connection.name()) ? network : network + ", " + connection.name();
    return new Choice(
        new Who(connection.id(), account.id()).text(),
        account.name() + " (" + place + ")",
        account.zone().getId());
  }
}
