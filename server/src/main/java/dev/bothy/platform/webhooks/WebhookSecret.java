package dev.bothy.platform.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What deliveries to an endpoint are signed with, after the Standard Webhooks specification
/// (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md, "Signature scheme"):
/// HMAC-SHA256 with 24 to 64 random bytes.
///
/// @param text as people and receivers' libraries know it: `whsec_` and the bytes in base64
record WebhookSecret(String text) {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  static WebhookSecret random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  /// The signature of a message, as it stands in the header `webhook-signature`, e.g. `v1,K5oZ…=`.
  ///
  /// @param id the header `webhook-id`
  /// @param timestamp the header `webhook-timestamp`, seconds since 1970
  String sign(String id, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 does not work in this Java runtime", e);
    }
  }

  @Override
  public String toString() {
    return "WebhookSecret(…)";
  }
}
