package dev.bothy.platform.webhooks;

import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditLinked;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Forwards the audit log, to a SIEM for instance: each entry once it has its place in the chain.
@Component
class AuditWebhooks {
  static final String ENTRY = "audit.entry";

  private final Webhooks webhooks;

  AuditWebhooks(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @Configuration(proxyBeanMethods = false)
  static class Types {
    @Bean
    WebhookType auditEntry() {
      return new WebhookType(ENTRY, "The audit log has a new entry.");
    }
  }

  /// @param position its place in the workspace's chain
  /// @param hash of the chain up to here, in hex
  private record Linked(AuditEntry entry, long position, String hash) {}

  @EventListener
  void on(AuditLinked linked) {
    webhooks.publish(ENTRY, new Linked(linked.entry(), linked.position(), linked.hash()));
  }
}
