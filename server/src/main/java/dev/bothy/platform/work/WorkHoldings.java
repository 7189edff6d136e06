package dev.bothy.platform.work;

import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of work in hand is held about people.
@Configuration(proxyBeanMethods = false)
class WorkHoldings {
  /// What nobody could handle or send for as long as text is kept is given up. A worker that has it
  /// in hand loses it, as if its lease had ended.
  private static final String TOO_OLD =
      "state = 'dropped', payload = null, problem = 'TooOld', settled_at = clock_timestamp()";

  @Bean
  Holdings workHeld() {
    return new Holdings(
        "work",
        List.of(
            HeldTable.of("inbox_item", "Does what a network delivered, once.")
                .onErasure(
                    new OnErasure.Kept(
                        "its text is sealed and names nobody until it is handled",
                        "its work is done, or the clock of message text"))
                .kept(
                    Expiry.after(RetentionClock.DELIVERIES, "settled_at"),
                    Expiry.after(RetentionClock.MESSAGE_TEXT, "settled_at")
                        .sets("payload = null", "state = 'dead' and payload is not null"),
                    Expiry.after(RetentionClock.MESSAGE_TEXT, "received_at")
                        .sets(TOO_OLD, "state = 'waiting'"))
                .notExported(),
            HeldTable.of("outbox_item", "Sends a message once, and changes it afterwards.")
                .onErasure(
                    new OnErasure.Kept(
                        "its text is sealed, and whom it is for has no name, until it is sent",
                        "it is sent, or the clock of message text"))
                .kept(
                    Expiry.after(RetentionClock.MESSAGE_TEXT, "settled_at")
                        .sets(
                            "payload = null, lane = ''", "state = 'dead' and payload is not null"),
                    Expiry.after(RetentionClock.MESSAGE_TEXT, "added_at")
                        .sets(TOO_OLD + ", lane = ''", "state in ('waiting', 'sending')"))
                .notExported()));
  }
}
