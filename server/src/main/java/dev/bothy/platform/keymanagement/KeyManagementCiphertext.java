package dev.bothy.platform.keymanagement;

import dev.bothy.platform.keys.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of this module's tables is ciphertext.
@Configuration(proxyBeanMethods = false)
class KeyManagementCiphertext {
  @Bean
  SealedColumn signingKey() {
    return new SealedColumn(
        "signing_key", "private_key", ReceiptSigner.SIGNING_KEY, SealedColumn.Sealer.INSTALLATION);
  }
}
