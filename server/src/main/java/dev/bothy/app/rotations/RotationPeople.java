package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Roster;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// What is known of a rotation's people through its connection.
@Component
class RotationPeople {
  private static final Logger LOG = LoggerFactory.getLogger(RotationPeople.class);

  /// What may be an account's id in any network.
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.-]{1,80}");

  private final Chat chat;
  private final Connections connections;
  private final Workspaces workspaces;

  RotationPeople(Chat chat, Connections connections, Workspaces workspaces) {
    this.chat = chat;
    this.connections = connections;
    this.workspaces = workspaces;
  }

  /// Whether the connection is still there: once it is removed nobody can be told anything.
  boolean reachable(ConnectionId connection) {
    return connections.ofCurrentWorkspace(connection).isPresent();
  }

  /// The account, as the network told of it.
  Optional<Account> account(ConnectionId connection, String account) {
    return chat.account(connection, account);
  }

  /// Why an account cannot take turns; empty when it can.
  Optional<String> problem(ConnectionId connection, String reference) {
    Optional<Account> account = account(connection, reference);
    if (account.isEmpty()) {
      return Optional.of("\"" + reference + "\" is nobody here");
    }
    if (account.get().bot()) {
      return Optional.of(account.get().name() + " is a bot");
    }
    return account.get().active()
        ? Optional.empty()
        : Optional.of(account.get().name() + " has left");
  }

  /// The names that people read; the account's id where the network knows it no more.
  Function<Participant, String> names(ConnectionId connection) {
    return person ->
        chat.account(connection, person.account()).map(Account::name).orElse(person.account());
  }

  /// The same for many, asked for at once when the first is wanted; others are asked for one by
  /// one.
  Function<Participant, String> names(ConnectionId connection, Collection<Participant> people) {
    Function<Participant, String> single = names(connection);
    Supplier<Map<String, Account>> known =
        SingletonSupplier.of(
            () -> chat.accounts(connection, people.stream().map(Participant::account).toList()));
    return person ->
        Optional.ofNullable(known.get().get(person.account()))
            .map(Account::name)
            .orElseGet(() -> single.apply(person));
  }

  /// Who cannot take a turn: whose account is not active. Where the network tells nothing of
  /// accounts nobody is gone; once the connection was removed everybody is.
  Set<Participant> gone(ConnectionId connection, Collection<Participant> people) {
    Map<String, Account> known =
        chat.accounts(connection, people.stream().map(Participant::account).toList());
    boolean allThere = known.size() == people.size();
    boolean unknownServe =
        allThere
            || reachable(connection) && !chat.capabilities(connection).contains(Capability.LOOKUP);
    return people.stream()
        .filter(person -> {
          Account account = known.get(person.account());
          return account == null ? !unknownServe : !account.active();
        })
        .collect(Collectors.toSet());
  }

  /// The person's time zone; UTC where nothing is known of them.
  ZoneId zone(ConnectionId connection, String account) {
    return chat.account(connection, account).map(Account::zone).orElse(ZoneId.of("UTC"));
  }

  /// The accounts that are meant; see [Rotations#accounts].
  List<String> resolve(WorkspaceId workspace, ConnectionId connection, List<String> typed) {
    List<Account> known = workspaces.inWorkspace(workspace, () -> chat.accounts(connection));
    List<String> meant = typed.stream().map(each -> named(known, each.strip())).toList();
    List<String> unknown =
        meant.stream()
            .distinct()
            .filter(each -> known.stream().noneMatch(account -> account.id().equals(each)))
            .filter(each -> ACCOUNT.matcher(each).matches())
            .limit(Roster.MOST_PEOPLE)
            .toList();
    try {
      if (!unknown.isEmpty()) {
        chat.refresh(connection, unknown);
      }
    } catch (UncheckedIOException e) {
      // Whoever the network would not tell of is refused by name, and can be tried again.
      LOG.warn("The network would not tell of accounts that somebody typed", e);
    }
    return meant;
  }

  private static String named(List<Account> known, String typed) {
    String bare = typed.startsWith("@") ? typed.substring(1) : typed;
    if (known.stream().anyMatch(account -> account.id().equals(bare))) {
      return bare;
    }
    List<Account> namesakes =
        known.stream().filter(account -> account.name().equalsIgnoreCase(bare)).toList();
    return namesakes.size() == 1 ? namesakes.getFirst().id() : bare;
  }
}
