package dev.bothy.app.rotations;

import dev.bothy.app.rotations.exchange.ImportedPerson;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// Finds the accounts of people in a file: by the e-mail address of a member and their linked
/// account, by the address that the network has of an account, and by name. Addresses are compared
/// and forgotten.
@Service
public class ImportMatches {
  private static final Logger LOG = LoggerFactory.getLogger(ImportMatches.class);

  /// How many accounts the network is asked for the address of, at most.
  private static final int MOST_ASKED = 200;

  private final Chat chat;
  private final ChatLinks links;
  private final Members members;
  private final Workspaces workspaces;

  ImportMatches(Chat chat, ChatLinks links, Members members, Workspaces workspaces) {
    this.chat = chat;
    this.links = links;
    this.members = members;
    this.workspaces = workspaces;
  }

  /// The accounts of those who were found; others are left out. Called outside of any transaction:
  /// it may ask the network.
  public Map<ImportedPerson, String> of(
      WorkspaceId workspace, ConnectionId connection, List<ImportedPerson> people) {
    Map<ImportedPerson, String> found = new HashMap<>();
    List<Account> accounts =
        workspaces.inWorkspace(
            workspace,
            () -> {
              List<Account> usable =
                  chat.accounts(connection).stream()
                      .filter(account -> account.active() && !account.bot())
                      .toList();
              for (ImportedPerson person : people) {
                linked(connection, person)
                    .filter(id -> usable.stream().anyMatch(each -> each.id().equals(id)))
                    .ifPresent(id -> found.put(person, id));
              }
              return usable;
            });
    for (ImportedPerson person : people) {
      List<Account> namesakes =
          accounts.stream()
              .filter(account -> account.name().equalsIgnoreCase(person.name().strip()))
              .toList();
      if (namesakes.size() == 1) {
        found.putIfAbsent(person, namesakes.getFirst().id());
      }
    }
    askForAddresses(connection, people, accounts, found);
    return found;
  }

  private Optional<String> linked(ConnectionId connection, ImportedPerson person) {
    return person.email() == null
        ? Optional.empty()
        : members.byEmail(person.email()).stream()
            .flatMap(member -> links.accountsOf(member).stream())
            .filter(link -> link.connection().equals(connection))
            .map(link -> link.account())
            .findFirst();
  }

  private void askForAddresses(
      ConnectionId connection,
      List<ImportedPerson> people,
      List<Account> accounts,
      Map<ImportedPerson, String> found) {
    List<ImportedPerson> missing =
        people.stream()
            .filter(person -> person.email() != null && !found.containsKey(person))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    try {
      for (Account account : accounts.stream().limit(MOST_ASKED).toList()) {
        Optional<String> email = chat.emailOf(connection, account.id());
        for (ImportedPerson person : missing) {
          if (email.isPresent() && email.get().equalsIgnoreCase(person.email())) {
            found.putIfAbsent(person, account.id());
          }
        }
      }
    } catch (IOException e) {
      // Whoever is not found by it is chosen by hand.
      LOG.warn("The network would not tell of addresses that a file is matched by", e);
    }
  }
}
