package dev.bothy.platform.webhooks;

import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of webhooks is held about people. Bodies hold no text, but ids, and those of the audit log
/// addresses; they go with the text of messages all the same, so that no module has to be trusted
/// in that.
@Configuration(proxyBeanMethods = false)
class WebhookHoldings {
  @Bean
  Holdings webhooksHeld() {
    return new Holdings(
        "webhooks",
        List.of(
            HeldTable.of("webhook_endpoint", "Knows which machines are told what happens.")
                .onErasure(
                    new OnErasure.Kept(
                        "it is about a machine; what an admin wrote about it is sealed",
                        "a deleted endpoint leaves the bin"))
                .opens("details"),
            HeldTable.of("webhook_delivery", "Sends an event until it is taken, and shows it.")
                .onErasure(
                    new OnErasure.Kept(
                        "its body is sealed and has ids and no names; those of the audit log, which also have the address that somebody came from, go once they are sent or given up",
                        "the clocks of message text and of deliveries"))
                .kept(
                    Expiry.after(RetentionClock.DELIVERIES, "created_at"),
                    Expiry.after(RetentionClock.MESSAGE_TEXT, "created_at")
                        .sets("body = null", "body is not null"))));
  }
}
