package dev.bothy.platform.scim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The token that a directory sends with each request: a prefix by which scanners for secrets know
/// it, and 256 random bits in base64url. A plain hash of it is enough, since those cannot be
/// guessed; it is looked up by that hash, so no comparison of ours takes longer for a token that is
/// nearly right.
final class BearerToken {
  static final String PREFIX = "bothy_scim_";

  private static final Pattern HEADER =
      Pattern.compile("(?i)Bearer +(" + PREFIX + "[A-Za-z0-9_-]{43})");
  private static final SecureRandom RANDOM = new SecureRandom();

  private BearerToken() {}

  static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The token of an `Authorization` header; null if that has none of ours.
  static @Nullable String of(@Nullable String header) {
    if (header == null) {
      return null;
    }
    Matcher matcher = HEADER.matcher(header.strip());
    return matcher.matches() ? matcher.group(1) : null;
  }

  static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
