package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.calendar.hibob.HiBobClient.People;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds whose account belongs to which employee: the two have one address. Addresses are compared
/// in memory and dropped; they are in no table, no log and no audit entry.
@Component
class HiBobMatching {
  /// The rest is asked for at the next comparison.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Chat chat;
  private final ChatLinks links;
  private final Members members;
  private final Connections connections;
  private final Workspaces workspaces;
  private final Clock clock;

  HiBobMatching(
      Chat chat,
      ChatLinks links,
      Members members,
      Connections connections,
      Workspaces workspaces,
      Clock clock) {
    this.chat = chat;
    this.links = links;
    this.members = members;
    this.connections = connections;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What was found.
  ///
  /// @param matches of accounts that had none
  /// @param noAddress accounts that show no address, or were not asked for
  /// @param nobody accounts whose address no employee has
  record Found(List<HiBobMatch> matches, int noAddress, int nobody) {}

  /// An account that has no employee yet.
  ///
  /// @param address of the person it is linked to; null if it is nobody's, or they have none
  /// @param asks whether its network tells addresses
  private record Candidate(
      ConnectionId connection, String account, @Nullable String address, boolean asks) {
    @Override
    public String toString() {
      return "Candidate[" + account + "]";
    }
  }

  /// Called outside of any transaction.
  Found match(WorkspaceId workspace, People people, List<HiBobMatch> known) {
    List<Candidate> candidates =
        new ArrayList<>(workspaces.inWorkspace(workspace, () -> candidates(known)));
    // Those that time is not enough for are others each time.
    Collections.shuffle(candidates);
    Instant end = clock.instant().plus(PATIENCE);
    Set<ConnectionId> away = new HashSet<>();
    List<HiBobMatch> matches = new ArrayList<>();
    int noAddress = 0;
    int nobody = 0;
    for (Candidate each : candidates) {
      String employee = each.address() == null ? null : people.byAddress().get(each.address());
      boolean told = each.address() != null;
      if (employee == null
          && each.asks()
          && !away.contains(each.connection())
          && clock.instant().isBefore(end)) {
        try {
          Optional<String> address =
              chat.emailOf(each.connection(), each.account()).map(HiBobMatching::normal);
          told |= address.isPresent();
          employee = address.map(people.byAddress()::get).orElse(null);
        } catch (IOException e) {
          away.add(each.connection());
        }
      }
      if (employee != null) {
        matches.add(new HiBobMatch(each.connection(), each.account(), employee, false));
      } else if (told) {
        nobody++;
      } else {
        noAddress++;
      }
    }
    return new Found(matches, noAddress, nobody);
  }

  private List<Candidate> candidates(List<HiBobMatch> known) {
    Set<List<Object>> matched = new HashSet<>();
    known.forEach(match -> matched.add(List.of(match.connection(), match.account())));
    List<Candidate> candidates = new ArrayList<>();
    for (ChatConnection connection : connections.list()) {
      boolean asks = chat.capabilities(connection.id()).contains(Capability.EMAIL);
      for (Account account : chat.accounts(connection.id())) {
        if (!matched.contains(List.of(connection.id(), account.id()))) {
          candidates.add(
              new Candidate(
                  connection.id(), account.id(), linked(connection.id(), account.id()), asks));
        }
      }
    }
    return candidates;
  }

  private @Nullable String linked(ConnectionId connection, String account) {
    return links
        .personOf(connection, account)
        .flatMap(members::find)
        .map(Member::email)
        .map(HiBobMatching::normal)
        .orElse(null);
  }

  private static String normal(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }
}
