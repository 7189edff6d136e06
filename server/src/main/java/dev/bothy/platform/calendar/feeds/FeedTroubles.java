package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.calendar.SourceTrouble;
import dev.bothy.platform.calendar.SourceTroubles;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Tells once that a calendar fails, and once that it is read again. Called within a transaction of
/// the workspace, with the calendar locked.
@Component
class FeedTroubles {
  private final FeedTable table;
  private final SourceTroubles troubles;
  private final Chat chat;

  FeedTroubles(FeedTable table, SourceTroubles troubles, Chat chat) {
    this.table = table;
    this.troubles = troubles;
    this.chat = chat;
  }

  /// @param before as it was before it was asked
  /// @param after as it is now
  void look(AbsenceFeed before, AbsenceFeed after, Instant now) {
    boolean told = table.isTold(after.id());
    Optional<SourceTrouble> trouble = of(after, now);
    if (trouble.isPresent() && !told) {
      troubles.tell(trouble.get());
      table.setTold(after.id(), now);
    } else if (told && after.state().failingSince() == null) {
      of(before, now).ifPresent(troubles::tellThatItIsOver);
      table.setTold(after.id(), null);
    }
  }

  /// Empty unless somebody has to look after it.
  Optional<SourceTrouble> of(AbsenceFeed feed, Instant now) {
    Instant since = feed.state().failingSince();
    if (since == null || !feed.state().isFailingForLong(now)) {
      return Optional.empty();
    }
    String name =
        chat.account(feed.connection(), feed.account()).map(Account::name).orElse(feed.account());
    return Optional.of(
        new SourceTrouble(
            feed.id(),
            "The calendar of " + name + " at " + feed.label(),
            new SourceTrouble.Whose(feed.connection(), feed.account()),
            since,
            Objects.requireNonNullElse(feed.state().problem(), ""),
            "/absences/feeds"));
  }
}
