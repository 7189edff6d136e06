package dev.bothy.platform.chatlinks;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// The accounts of chat networks and whose they are. Called within a transaction of the workspace;
/// every change is audited, and told to the account in private.
@Service
public class ChatLinks implements ChatActors {
  static final String LINKED = "chatlinks.linked";
  static final String UNLINKED = "chatlinks.unlinked";

  private final ChatLinkTable table;
  private final Members members;
  private final Chat chat;
  private final LinkMessages messages;
  private final Audit audit;
  private final Clock clock;

  ChatLinks(
      ChatLinkTable table,
      Members members,
      Chat chat,
      LinkMessages messages,
      Audit audit,
      Clock clock) {
    this.table = table;
    this.members = members;
    this.chat = chat;
    this.messages = messages;
    this.audit = audit;
    this.clock = clock;
  }

  /// Whose account it is; empty when it is nobody's that is known, or of somebody whose place has
  /// ended.
  public Optional<PersonId> personOf(ConnectionId connection, String account) {
    return table
        .find(connection, account)
        .filter(ChatLink::active)
        .map(link -> link.linked().person());
  }

  @Override
  public Actor actor(ConnectionId connection, String account) {
    return personOf(connection, account)
        .<Actor>map(Actor.Person::new)
        .orElseGet(() -> new Actor.Account(connection, account));
  }

  /// The accounts of somebody who has a place here, in the order in which they were linked.
  public List<LinkedAccount> accountsOf(PersonId person) {
    return table.of(person).stream().filter(ChatLink::active).map(ChatLink::linked).toList();
  }

  /// The accounts of somebody whose place has ended, while they can get it back.
  public List<LinkedAccount> accountsOfLeaver(PersonId person) {
    return table.of(person).stream().filter(link -> !link.active()).map(ChatLink::linked).toList();
  }

  /// The link of an account, also one that ended with its person's place.
  public Optional<ChatLink> find(ConnectionId connection, String account) {
    return table.find(connection, account);
  }

  /// Every link of the workspace, also those that ended with their person's place, in no order.
  public List<ChatLink> all() {
    return table.all();
  }

  /// Links an account to a person.
  ///
  /// @param actor who asked for it
  public LinkOutcome link(LinkedAccount linked, LinkedBy by, Actor actor) {
    table.lock(linked.person());
    Optional<Member> member = members.find(linked.person()).filter(Member::active);
    if (member.isEmpty()) {
      return new LinkOutcome.NoPlace();
    }
    Optional<Account> account =
        chat.account(linked.connection(), linked.account())
            .filter(each -> each.active() && !each.bot());
    if (account.isEmpty()) {
      return new LinkOutcome.NoAccount();
    }
    if (!table.insert(linked, by, clock.instant())) {
      boolean theirs =
          table
              .find(linked.connection(), linked.account())
              .filter(known -> known.linked().equals(linked))
              .isPresent();
      return theirs ? new LinkOutcome.Unchanged(linked) : new LinkOutcome.SomebodyElses();
    }
    table.accept(linked.connection(), linked.account());
    record(actor, LINKED, linked, Map.of("by", by.word()));
    messages.linked(linked, member.get().name(), by);
    return new LinkOutcome.Linked(linked);
  }

  /// Takes an account from the person it belongs to, also from one whose place has ended. Its
  /// e-mail address does not link it again.
  ///
  /// @return false when it was nobody's
  public boolean unlink(ConnectionId connection, String account, Actor actor) {
    Optional<ChatLink> before = table.delete(connection, account);
    before.ifPresent(link -> {
      table.decline(connection, account, clock.instant());
      record(actor, UNLINKED, link.linked(), Map.of("why", "asked"));
      messages.unlinked(link.linked());
    });
    return before.isPresent();
  }

  void record(Actor actor, String action, LinkedAccount linked, Map<String, String> details) {
    audit.record(
        actor,
        action,
        Subject.of("people.person", linked.person().value()),
        AccountWords.with(linked, details));
  }
}
