package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.keys.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of this module's tables is ciphertext.
@Configuration(proxyBeanMethods = false)
class SandboxCiphertext {
  @Bean
  SealedColumn sandboxMessage() {
    return new SealedColumn("sandbox_message", "content", MessageTable.MESSAGE);
  }

  @Bean
  SealedColumn sandboxSign() {
    return new SealedColumn("sandbox_sign", "content", SignTable.SIGN);
  }

  @Bean
  SealedColumn sandboxForm() {
    return new SealedColumn("sandbox_form", "content", FormTable.FORM);
  }
}
