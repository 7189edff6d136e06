package dev.bothy.platform.dataexport;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.mail.Mail;
import dev.bothy.platform.mail.MailTemplate;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.webhooks.WebhookType;
import dev.bothy.platform.webhooks.Webhooks;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/// Tells that an export is ready: whoever asked for it by mail, where there is a relay, and the
/// workspace's webhooks.
@Component
class ReadyExports {
  private static final String READY = "dataexport.ready";

  private final Mail mail;
  private final Webhooks webhooks;
  private final InstallationSettings installation;
  private final Workspaces workspaces;

  ReadyExports(
      Mail mail, Webhooks webhooks, InstallationSettings installation, Workspaces workspaces) {
    this.mail = mail;
    this.webhooks = webhooks;
    this.installation = installation;
    this.workspaces = workspaces;
  }

  @Configuration(proxyBeanMethods = false)
  static class Types {
    @Bean
    WebhookType exportReady() {
      return new WebhookType(READY, "An export can be downloaded by whoever asked for it.");
    }
  }

  private record Ready(UUID export, UUID requestedBy, @Nullable UUID about) {}

  void tell(DataExport export) {
    PersonId about = export.about();
    webhooks.publish(
        READY,
        new Ready(export.id(), export.requestedBy().value(), about == null ? null : about.value()));
    URI address = installation.publicAddress();
    if (export.expiresAt() != null && address != null) {
      Workspace workspace = workspaces.describeCurrent();
      mail.send(
          export.requestedBy(),
          new MailTemplate.ExportReady(
              workspace.name(),
              URI.create(address + "/w/" + workspace.slug() + "/exports"),
              export.expiresAt()));
    }
  }
}
