package dev.bothy.platform.chatlinks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/// What a link to confirm carries: 256 random bits, of which only the hash is kept.
///
/// @param value 43 characters of base64url
record LinkToken(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  static LinkToken random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new LinkToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// Anything else need not be looked up.
  boolean isWellFormed() {
    return FORM.matcher(value).matches();
  }

  /// A plain hash suffices: so many bits cannot be guessed.
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "LinkToken(…)";
  }
}
