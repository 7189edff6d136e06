package dev.bothy.platform.calendar.web;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Whose calendars somebody may add: their own, and everybody's for an admin. Called within a
/// transaction of the workspace.
@Component
class FeedAccounts {
  private final ChatLinks links;
  private final Chat chat;
  private final Connections connections;

  FeedAccounts(ChatLinks links, Chat chat, Connections connections) {
    this.links = links;
    this.chat = chat;
    this.connections = connections;
  }

  /// An account as a form names it.
  ///
  /// @param name as people read it, with the network's where there are several connections
  record Choice(ConnectionId connection, String account, String name) {
    /// What the form sends.
    public String value() {
      return connection.value() + "/" + account;
    }

    /// @return null if it names none
    static @Nullable Choice of(String value) {
      int slash = value.indexOf('/');
      if (slash < 0) {
        return null;
      }
      try {
        return new Choice(
            new ConnectionId(UUID.fromString(value.substring(0, slash))),
            value.substring(slash + 1),
            "");
      } catch (IllegalArgumentException none) {
        return null;
      }
    }
  }

  /// Theirs first, then the others by name.
  List<Choice> of(Viewer viewer) {
    List<Choice> choices = new ArrayList<>();
    links
        .accountsOf(viewer.person())
        .forEach(own ->
            choices.add(
                new Choice(
                    own.connection(), own.account(), name(own.connection(), own.account()))));
    if (viewer.may(Role.ADMIN)) {
      for (ChatConnection connection : connections.list()) {
        for (Account account : chat.accounts(connection.id())) {
          Choice choice =
              new Choice(connection.id(), account.id(), name(connection.id(), account.id()));
          if (!choices.contains(choice)) {
            choices.add(choice);
          }
        }
      }
    }
    return choices;
  }

  /// `Ada Lovelace (Acme on Slack)`.
  String name(ConnectionId connection, String account) {
    String name = chat.account(connection, account).map(Account::name).orElse(account);
    return connections
        .ofCurrentWorkspace(connection)
        .map(each -> name + " (" + each.name() + ")")
        .orElse(name);
  }
}
