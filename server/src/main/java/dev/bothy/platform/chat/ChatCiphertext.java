package dev.bothy.platform.chat;

import dev.bothy.platform.keys.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of this module's tables is ciphertext.
@Configuration(proxyBeanMethods = false)
class ChatCiphertext {
  @Bean
  SealedColumn connectionSecrets() {
    return new SealedColumn("chat_connection", "secrets", Connections.SECRETS);
  }
}
