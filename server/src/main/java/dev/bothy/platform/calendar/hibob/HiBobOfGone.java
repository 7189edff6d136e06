package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.chat.ConnectionGone;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Whose accounts were whose goes with their connection.
@Component
class HiBobOfGone {
  private final HiBobTable table;

  HiBobOfGone(HiBobTable table) {
    this.table = table;
  }

  @EventListener
  void on(ConnectionGone gone) {
    table.deleteMatches(gone.connection());
  }
}
