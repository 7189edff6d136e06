package dev.bothy.platform.chatlinks;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.ConnectionGone;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.MemberGone;
import dev.bothy.platform.people.MemberLeft;
import dev.bothy.platform.people.MemberReturned;
import dev.bothy.platform.people.PersonJoined;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Links end with the place they belong to and come back with it, and go with their connection, in
/// the transaction that ends the place or gives it back. Before the apps hear of it, so that they
/// find links as they now are.
@Component
class LinksOfLeavers {
  private static final int BEFORE_APPS = 0;

  private final ChatLinkTable table;
  private final ChatLinks links;
  private final Clock clock;

  LinksOfLeavers(ChatLinkTable table, ChatLinks links, Clock clock) {
    this.table = table;
    this.links = links;
    this.clock = clock;
  }

  @EventListener
  @Order(BEFORE_APPS)
  void on(MemberLeft left) {
    table.lock(left.person());
    record(ChatLinks.UNLINKED, "place-ended", table.end(left.person(), clock.instant()));
  }

  @EventListener
  @Order(BEFORE_APPS)
  void on(MemberReturned returned) {
    PersonId person = returned.person();
    table.lock(person);
    record(ChatLinks.LINKED, "place-given-back", table.giveBack(person));
  }

  @EventListener
  @Order(BEFORE_APPS)
  void on(MemberGone gone) {
    table.lock(gone.person());
    record(ChatLinks.UNLINKED, "grace-is-over", table.delete(gone.person()));
  }

  /// Without lines of their own: that the connection is gone has one, and there may be thousands.
  @EventListener
  void on(ConnectionGone gone) {
    table.delete(gone.connection());
  }

  @EventListener
  @Order(BEFORE_APPS)
  void on(PersonJoined joined) {
    table.lock(joined.into());
    table.move(joined.from(), joined.into());
  }

  private void record(String action, String why, List<LinkedAccount> changed) {
    changed.forEach(each -> links.record(new Actor.System(), action, each, Map.of("why", why)));
  }
}
