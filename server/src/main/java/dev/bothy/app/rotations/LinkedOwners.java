package dev.bothy.app.rotations;

import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import java.util.List;
import org.springframework.stereotype.Component;

/// The owners whose accounts are linked to them.
@Component
class LinkedOwners implements Owners {
  private final Members members;
  private final ChatLinks links;

  LinkedOwners(Members members, ChatLinks links) {
    this.members = members;
    this.links = links;
  }

  @Override
  public List<String> accounts(ConnectionId connection) {
    return members.list().stream()
        .filter(member -> member.isOwner() && member.deactivatedAt() == null)
        .map(Member::person)
        .flatMap(person -> links.accountsOf(person).stream())
        .filter(linked -> linked.connection().equals(connection))
        .map(LinkedAccount::account)
        .toList();
  }
}
