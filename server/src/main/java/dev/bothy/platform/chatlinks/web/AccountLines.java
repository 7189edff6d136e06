package dev.bothy.platform.chatlinks.web;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chatlinks.ChatLink;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The accounts of a workspace with their people. Called within a transaction of the workspace.
@Component
class AccountLines {
  private final ChatLinks links;
  private final Connections connections;
  private final Chat chat;
  private final Members members;

  AccountLines(ChatLinks links, Connections connections, Chat chat, Members members) {
    this.links = links;
    this.connections = connections;
    this.chat = chat;
    this.members = members;
  }

  /// Every account that the directory has, and every one that is linked; by name.
  List<AccountLine> all() {
    Map<PersonId, String> names =
        members.list().stream().collect(Collectors.toMap(Member::person, Member::name));
    Map<ConnectionId, Map<String, ChatLink>> linked = new HashMap<>();
    links
        .all()
        .forEach(link ->
            linked
                .computeIfAbsent(link.linked().connection(), _ -> new HashMap<>())
                .put(link.linked().account(), link));
    List<AccountLine> lines = new ArrayList<>();
    for (ChatConnection connection : connections.list()) {
      Map<String, ChatLink> here = linked.getOrDefault(connection.id(), new HashMap<>());
      for (Account account : chat.accounts(connection.id())) {
        ChatLink link = here.remove(account.id());
        lines.add(line(connection, account.id(), account.name(), false, link, names));
      }
      here.forEach((account, link) -> {
        String name = chat.account(connection.id(), account).map(Account::name).orElse(account);
        lines.add(line(connection, account, name, true, link, names));
      });
    }
    lines.sort(Comparator.comparing(AccountLine::name, String.CASE_INSENSITIVE_ORDER));
    return lines;
  }

  /// The active member who is meant by what was typed: a user name or an e-mail address.
  Optional<PersonId> member(String typed) {
    String wanted = typed.strip();
    List<PersonId> named =
        members.list().stream()
            .filter(Member::active)
            .filter(member -> member.username().equalsIgnoreCase(wanted))
            .map(Member::person)
            .toList();
    List<PersonId> found = named.isEmpty() && !wanted.isEmpty() ? members.byEmail(wanted) : named;
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static AccountLine line(
      ChatConnection connection,
      String account,
      String name,
      boolean gone,
      @Nullable ChatLink link,
      Map<PersonId, String> names) {
    String person = link == null ? null : names.get(link.linked().person());
    return new AccountLine(connection, account, name, gone, link, person);
  }
}
