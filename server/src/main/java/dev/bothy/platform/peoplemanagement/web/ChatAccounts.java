package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// The accounts of chat networks that belong to somebody, as pages list them and take them away.
@Component
class ChatAccounts {
  private final ChatLinks links;
  private final Connections connections;
  private final Chat chat;
  private final Workspaces workspaces;

  ChatAccounts(ChatLinks links, Connections connections, Chat chat, Workspaces workspaces) {
    this.links = links;
    this.connections = connections;
    this.chat = chat;
    this.workspaces = workspaces;
  }

  /// An account.
  ///
  /// @param place the network and the connection's name
  /// @param name as the network shows it; its id where the network did not say
  /// @param account the network's own id
  record Line(UUID connection, String place, String name, String account) {}

  /// In the order in which they were linked; none of somebody whose place has ended.
  List<Line> of(Viewer viewer, Member member) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> links.accountsOf(member.person()).stream().map(this::line).toList());
  }

  /// Takes an account from somebody, by themselves or by an admin.
  ///
  /// @return false if it is not theirs
  boolean unlink(Viewer viewer, PersonId person, UUID connection, String account) {
    if (!viewer.person().equals(person)) {
      viewer.require(Role.ADMIN);
    }
    ConnectionId id = new ConnectionId(connection);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            links.personOf(id, account).filter(person::equals).isPresent()
                && links.unlink(id, account, new Actor.Person(viewer.person())));
  }

  private Line line(LinkedAccount linked) {
    return new Line(
        linked.connection().value(),
        connections
            .ofCurrentWorkspace(linked.connection())
            .map(connection -> connection.network().title() + ", " + connection.name())
            .orElse("A connection that was removed"),
        chat.account(linked.connection(), linked.account())
            .map(Account::name)
            .orElse(linked.account()),
        linked.account());
  }
}
