package dev.bothy.preflight;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/// For how long a certificate is good.
final class Expiry {
  private static final Duration SOON = Duration.ofDays(21);

  private Expiry() {}

  static Finding of(String check, String place, X509Certificate certificate, Clock clock) {
    Instant end = certificate.getNotAfter().toInstant();
    Duration left = Duration.between(clock.instant(), end);
    String day = end.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    if (left.isNegative()) {
      return Finding.fail(
          check,
          "the certificate of " + place + " expired on " + day,
          "Renew the certificate of " + place);
    }
    String message =
        "the certificate of "
            + place
            + " is good until "
            + day
            + ", for "
            + left.toDays()
            + " days";
    return left.compareTo(SOON) < 0
        ? Finding.warn(check, message, "Renew it, or look why its renewal did not run")
        : Finding.pass(check, message);
  }
}
