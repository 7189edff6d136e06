package dev.bothy.platform.webhooks;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.keys.SealedColumn;
import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the module tells the others of itself.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
class WebhookConfiguration {
  @Bean
  NavigationItem webhooksNavigation() {
    return new NavigationItem(870, "Webhooks", "/webhooks", "webhook", Set.of(Role.ADMIN));
  }

  @Bean
  SealedColumn webhookDetails() {
    return new SealedColumn("webhook_endpoint", "details", EndpointTable.DETAILS);
  }

  @Bean
  SealedColumn webhookSecret() {
    return new SealedColumn("webhook_endpoint", "secret", EndpointTable.SECRET);
  }

  @Bean
  SealedColumn webhookPreviousSecret() {
    return new SealedColumn("webhook_endpoint", "previous_secret", EndpointTable.PREVIOUS);
  }

  @Bean
  SealedColumn webhookBody() {
    return new SealedColumn("webhook_delivery", "body", DeliveryTable.BODY);
  }
}
