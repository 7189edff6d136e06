package dev.bothy.platform.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// One limit, for one whom it counts.
///
/// @param tier what is limited, as metrics and answers name it, e.g. `api-address`
/// @param subject whom it counts for, e.g. an address; stored as part of a hash only
/// @param rate how much
public record Limit(String tier, String subject, Rate rate) {
  /// What the database knows it by. Another rate's time makes another key, since its slots are not
  /// these.
  byte[] hash() {
    String key = tier + "\n" + rate.time().toMillis() + "\n" + subject;
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
