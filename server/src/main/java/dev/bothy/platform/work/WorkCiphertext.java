package dev.bothy.platform.work;

import dev.bothy.platform.keys.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of this module's tables is ciphertext.
@Configuration(proxyBeanMethods = false)
class WorkCiphertext {
  @Bean
  SealedColumn inboxPayload() {
    return new SealedColumn(
        "inbox_item", "payload", DurableInbox.PAYLOAD, SealedColumn.Sealer.INSTALLATION);
  }

  @Bean
  SealedColumn outboxPayload() {
    return new SealedColumn("outbox_item", "payload", DurableOutbox.PAYLOAD);
  }
}
