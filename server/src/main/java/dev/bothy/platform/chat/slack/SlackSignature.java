package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Whether a request comes from Slack: `v0=` and the hex HMAC-SHA256, under the app's signing
/// secret, of `v0:timestamp:raw body`
/// (docs.slack.dev/authentication/verifying-requests-from-slack).
///
/// Stricter than Slack's own SDKs, some of which accept a timestamp from the future: the time may
/// differ by five minutes in either direction. The comparison takes the same time wherever the
/// difference is.
enum SlackSignature {
  /// Signed with the secret, at about this time.
  GENUINE,
  /// Signed with the secret, but too long ago or in the future: perhaps somebody else's copy.
  WRONG_TIME,
  /// Not signed with the secret.
  FORGED;

  static final Duration TOLERANCE = Duration.ofSeconds(300);

  /// @param timestamp the header `X-Slack-Request-Timestamp`, seconds of the epoch
  /// @param signature the header `X-Slack-Signature`
  /// @param body the bytes as they came
  static SlackSignature check(
      String secret,
      @Nullable String timestamp,
      @Nullable String signature,
      byte[] body,
      Instant now) {
    // Without a secret (Socket Mode alone, or a connection that has ended) anybody could sign.
    if (secret.isEmpty()
        || timestamp == null
        || signature == null
        || !timestamp.matches("[0-9]{1,12}")) {
      return FORGED;
    }
    byte[] expected = sign(secret, timestamp, body).getBytes(US_ASCII);
    if (!MessageDigest.isEqual(expected, signature.getBytes(UTF_8))) {
      return FORGED;
    }
    Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
    return apart.compareTo(TOLERANCE) > 0 ? WRONG_TIME : GENUINE;
  }

  private static String sign(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      mac.update(("v0:" + timestamp + ":").getBytes(US_ASCII));
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
