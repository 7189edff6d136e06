package dev.bothy.app.rotations;

import dev.bothy.platform.keys.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of this module's tables is ciphertext.
@Configuration(proxyBeanMethods = false)
class RotationCiphertext {
  @Bean
  SealedColumn handoffNote() {
    return new SealedColumn("handoff_note", "note", HandoffNotes.NOTE);
  }
}
