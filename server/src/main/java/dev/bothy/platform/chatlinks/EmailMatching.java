package dev.bothy.platform.chatlinks;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// Links accounts to the one active member who has the address that the network has. The address is
/// asked for, compared in memory and dropped: it is in no table, no log and no audit entry.
///
/// Only where `bothy.chat-links.match-by-email` is on. Whoever was unlinked is not linked again.
/// Called outside of any transaction.
@Service
public class EmailMatching {
  private static final Logger LOG = LoggerFactory.getLogger(EmailMatching.class);

  /// How long a run that somebody waits for goes on.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ChatLinkSettings settings;
  private final ChatLinks links;
  private final ChatLinkTable table;
  private final Members members;
  private final Chat chat;
  private final Connections connections;
  private final Workspaces workspaces;
  private final RecentlyTried tried;
  private final Clock clock;

  EmailMatching(
      ChatLinkSettings settings,
      ChatLinks links,
      ChatLinkTable table,
      Members members,
      Chat chat,
      Connections connections,
      Workspaces workspaces,
      RecentlyTried tried,
      Clock clock) {
    this.settings = settings;
    this.links = links;
    this.table = table;
    this.members = members;
    this.chat = chat;
    this.connections = connections;
    this.workspaces = workspaces;
    this.tried = tried;
    this.clock = clock;
  }

  /// What came of a run over all accounts that are nobody's.
  ///
  /// @param noAddress of how many the network tells no address
  /// @param nobody of how many no active member has the address
  /// @param several of how many several members have it
  /// @param left how many were not asked for: time was up, or the network asked to wait; the next
  ///   run begins with them
  public record Run(int linked, int noAddress, int nobody, int several, int left) {}

  /// Whether addresses are compared at all.
  public boolean isOn() {
    return settings.matchByEmail();
  }

  /// Tries an account that did something, once a day at most while this process lives.
  void met(ChatConnection connection, String account) {
    if (isOn() && tried.isDue(connection.id(), account)) {
      MatchResult result = match(connection, account, new Actor.System());
      if (result == MatchResult.AWAY) {
        tried.forget(connection.id(), account);
      }
    }
  }

  /// Tries every account of the workspace that is nobody's, those first that were not tried for
  /// longest.
  ///
  /// @param actor who asked for it
  public Run matchAll(WorkspaceId workspace, Actor actor) {
    record Candidate(ChatConnection connection, String account) {}
    if (!isOn()) {
      return new Run(0, 0, 0, 0, 0);
    }
    List<Candidate> candidates = new ArrayList<>();
    workspaces.inWorkspace(
        workspace,
        () -> {
          Set<List<Object>> known = new HashSet<>();
          table
              .all()
              .forEach(
                  link -> known.add(List.of(link.linked().connection(), link.linked().account())));
          for (ChatConnection connection : connections.list()) {
            for (Account account : chat.accounts(connection.id())) {
              if (!known.contains(List.of(connection.id(), account.id()))) {
                candidates.add(new Candidate(connection, account.id()));
              }
            }
          }
        });
    candidates.sort(
        Comparator.comparing(each -> tried.triedAt(each.connection().id(), each.account())));
    Instant end = clock.instant().plus(PATIENCE);
    Map<MatchResult, Integer> counts = new EnumMap<>(MatchResult.class);
    int done = 0;
    for (Candidate each : candidates) {
      if (clock.instant().isAfter(end)) {
        break;
      }
      MatchResult result = match(each.connection(), each.account(), actor);
      if (result == MatchResult.AWAY) {
        break;
      }
      tried.note(each.connection().id(), each.account());
      counts.merge(result, 1, Integer::sum);
      done++;
    }
    return new Run(
        counts.getOrDefault(MatchResult.LINKED, 0),
        counts.getOrDefault(MatchResult.NO_ADDRESS, 0),
        counts.getOrDefault(MatchResult.NOBODY, 0),
        counts.getOrDefault(MatchResult.SEVERAL, 0),
        candidates.size() - done);
  }

  private MatchResult match(ChatConnection connection, String account, Actor actor) {
    boolean wanted =
        workspaces.inWorkspace(
            connection.workspace(),
            () ->
                table.mayMatch(connection.id(), account)
                    && chat.capabilities(connection.id()).contains(Capability.EMAIL));
    if (!wanted) {
      return MatchResult.NOT_WANTED;
    }
    Optional<String> email;
    try {
      email = chat.emailOf(connection.id(), account);
    } catch (IOException e) {
      LOG.info("{} tells no address now: {}", connection.network(), e.getMessage());
      return MatchResult.AWAY;
    }
    return email.isEmpty()
        ? MatchResult.NO_ADDRESS
        : workspaces.inWorkspace(
            connection.workspace(), () -> link(connection, account, email.get(), actor));
  }

  private MatchResult link(ChatConnection connection, String account, String email, Actor actor) {
    List<PersonId> found = members.byEmail(email);
    if (found.size() != 1) {
      return found.isEmpty() ? MatchResult.NOBODY : MatchResult.SEVERAL;
    }
    LinkedAccount linked = new LinkedAccount(connection.id(), account, found.getFirst());
    return links.link(linked, LinkedBy.EMAIL, actor) instanceof LinkOutcome.Linked
        ? MatchResult.LINKED
        : MatchResult.NOT_WANTED;
  }
}
