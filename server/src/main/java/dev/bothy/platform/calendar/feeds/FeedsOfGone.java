package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.chat.ConnectionGone;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Calendars go with the connection of their accounts; what they told goes by itself.
@Component
class FeedsOfGone {
  private final FeedTable table;

  FeedsOfGone(FeedTable table) {
    this.table = table;
  }

  @EventListener
  void on(ConnectionGone gone) {
    table.delete(gone.connection());
  }
}
