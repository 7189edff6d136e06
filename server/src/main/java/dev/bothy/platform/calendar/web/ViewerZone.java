package dev.bothy.platform.calendar.web;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.people.Viewer;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// On whose clock somebody looks at a page: their own, as the network tells it of their account;
/// where no account is theirs that of more than half of the people here; and else UTC. Called
/// within a transaction of the workspace.
@Component
class ViewerZone {
  private final ChatLinks links;
  private final Connections connections;
  private final Chat chat;

  ViewerZone(ChatLinks links, Connections connections, Chat chat) {
    this.links = links;
    this.connections = connections;
    this.chat = chat;
  }

  ZoneId of(Viewer viewer) {
    return links.accountsOf(viewer.person()).stream()
        .flatMap(own -> chat.account(own.connection(), own.account()).stream())
        .map(Account::zone)
        .findFirst()
        .or(this::ofMost)
        .orElse(ZoneId.of("UTC"));
  }

  private Optional<ZoneId> ofMost() {
    Map<ZoneId, Integer> people = new HashMap<>();
    int all = 0;
    for (ChatConnection connection : connections.list()) {
      for (Account account : chat.accounts(connection.id())) {
        people.merge(account.zone(), 1, Integer::sum);
        all++;
      }
    }
    int half = all / 2;
    return people.entrySet().stream()
        .filter(each -> each.getValue() > half)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
