package dev.bothy.platform.mail;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A mail as the outbox keeps it, sealed, until it is sent.
///
/// @param notice the breach notice that it is part of; null if none
record Letter(String to, String subject, List<String> paragraphs, @Nullable UUID notice) {
  Letter {
    paragraphs = List.copyOf(paragraphs);
  }

  @Override
  public String toString() {
    return "Letter(…)";
  }
}
