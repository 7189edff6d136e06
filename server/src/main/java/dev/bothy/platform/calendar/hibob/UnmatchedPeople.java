package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.calendar.hibob.HiBobClient.Answer;
import dev.bothy.platform.calendar.hibob.HiBobClient.People;
import dev.bothy.platform.calendar.hibob.Unmatched.Stranger;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Looks up who has no match, for an admin who makes matches by hand. HiBob is asked each time and
/// nothing of its answer is kept: employees without an account are nobody that Bothy has to know.
@Service
public class UnmatchedPeople {
  private final HiBobTable table;
  private final HiBobClient client;
  private final Connections connections;
  private final Chat chat;
  private final Workspaces workspaces;

  UnmatchedPeople(
      HiBobTable table,
      HiBobClient client,
      Connections connections,
      Chat chat,
      Workspaces workspaces) {
    this.table = table;
    this.client = client;
    this.connections = connections;
    this.chat = chat;
    this.workspaces = workspaces;
  }

  /// What is known here.
  ///
  /// @param credentials empty if they cannot be read any more
  private record Known(
      Optional<Credentials> credentials, Set<String> employees, List<Stranger> strangers) {}

  /// Asks HiBob. Called outside of any transaction.
  ///
  /// @throws dev.bothy.platform.people.NotAllowed unless the viewer is an admin
  public Unmatched find(Viewer admin) {
    admin.require(Role.ADMIN);
    Optional<Known> known =
        workspaces.inWorkspace(admin.workspace(), () -> table.find().map(each -> known(each)));
    if (known.isEmpty()) {
      return new Unmatched.NotConnected();
    }
    if (known.get().credentials().isEmpty()) {
      return new Unmatched.Failed(
          "The credentials cannot be read any more: their key was destroyed. Connect HiBob again.");
    }
    return switch (client.people(known.get().credentials().get())) {
      case Answer.Failed<People>(String problem, _) -> new Unmatched.Failed(problem);
      case Answer.Got<People>(People people) -> {
        List<String> employees =
            people.ids().stream()
                .filter(id -> !known.get().employees().contains(id))
                .sorted(Comparator.comparing(String::length).thenComparing(id -> id))
                .toList();
        List<String> named = employees.stream().limit(Unmatched.MOST).toList();
        yield new Unmatched.Found(named, employees.size() - named.size(), known.get().strangers());
      }
    };
  }

  private Known known(HiBobConnection connection) {
    List<HiBobMatch> matches = table.matches();
    Optional<Credentials> credentials;
    try {
      credentials = Optional.of(table.credentials(connection.id()));
    } catch (CannotOpen gone) {
      credentials = Optional.empty();
    }
    return new Known(
        credentials,
        matches.stream().map(HiBobMatch::employee).collect(Collectors.toSet()),
        strangers(matches));
  }

  private List<Stranger> strangers(List<HiBobMatch> matches) {
    Set<List<Object>> matched =
        matches.stream()
            .map(each -> List.<Object>of(each.connection(), each.account()))
            .collect(Collectors.toSet());
    List<Stranger> strangers = new ArrayList<>();
    for (ChatConnection connection : connections.list()) {
      for (Account account : chat.accounts(connection.id())) {
        if (!matched.contains(List.<Object>of(connection.id(), account.id()))) {
          strangers.add(new Stranger(connection.id(), account.id(), account.name()));
        }
      }
    }
    strangers.sort(Comparator.comparing(Stranger::name, String.CASE_INSENSITIVE_ORDER));
    return strangers;
  }
}
