package dev.bothy.platform.chat.slack;

import dev.bothy.platform.keys.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of this module's tables is ciphertext.
@Configuration(proxyBeanMethods = false)
class SlackCiphertext {
  @Bean
  SealedColumn slackAppSecrets() {
    return new SealedColumn("slack_app", "secrets", SlackApps.SECRETS);
  }
}
