package dev.bothy.platform.storage;

import dev.bothy.platform.egress.EgressRefused;
import dev.bothy.platform.egress.ResponseTooLarge;
import dev.bothy.platform.storage.StorageException.Reason;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// Says what it means that an S3 server did not do it. The codes are those of docs.aws.amazon.com/
/// AmazonS3/latest/API/ErrorResponses.html, and what MinIO, Ceph and others have besides.
final class S3Failures {
  private static final Set<String> FULL =
      Set.of(
          "QuotaExceeded",
          "StorageFull",
          "InsufficientStorage",
          "XMinioStorageFull",
          "XMinioAdminBucketQuotaExceeded",
          "XAmzQuotaExceeded");
  private static final Set<String> OTHER_REGION =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "IncorrectEndpoint");

  /// The body or its checksum came to harm on the way.
  private static final Set<String> HARMED =
      Set.of("BadDigest", "IncompleteBody", "RequestTimeout", "XAmzContentSHA256Mismatch");

  /// Servers bear 15 minutes; an answer without words has nothing but its date to tell it by.
  private static final Duration SKEWED = Duration.ofMinutes(10);

  private static final String LOCKS =
      "Make the bucket with object lock, which it cannot get later, or set"
          + " bothy.storage.object-lock-days to 0.";

  private final StorageSettings settings;
  private final String place;
  private final Clock clock;

  S3Failures(StorageSettings settings, String place, Clock clock) {
    this.settings = settings;
    this.place = place;
    this.clock = clock;
  }

  /// @param deed what was tried, e.g. `read backups/1/key.json`
  StorageException of(String deed, SdkException e) {
    Found found =
        e instanceof AwsServiceException said ? answered(said) : unanswered(deepest(e, e));
    return new StorageException(
        found.reason, "Could not " + deed + " in " + place + ": " + found.why + ".", found.fix, e);
  }

  /// The connection ended in the middle of an answer.
  StorageException of(String deed, IOException e) {
    Found found = unanswered(e);
    return new StorageException(
        found.reason, "Could not " + deed + " in " + place + ": " + found.why + ".", found.fix, e);
  }

  /// One of an answer to several deletions.
  StorageException of(String deed, @Nullable String code, @Nullable String message) {
    Found found = answered(0, String.valueOf(code), String.valueOf(message));
    return new StorageException(
        found.reason,
        "Could not " + deed + " in " + place + ": " + found.why + ".",
        found.fix,
        null);
  }

  private record Found(Reason reason, String why, String fix) {}

  private Found answered(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String message =
        details == null || details.errorMessage() == null ? "" : details.errorMessage();
    if (e.statusCode() == 403 && code.isEmpty() && isSkewed(details)) {
      return skewed();
    }
    return answered(e.statusCode(), code, message);
  }

  private Found answered(int status, String code, String message) {
    String words = message.toLowerCase(Locale.ROOT);
    String said =
        (code.isEmpty() ? "status " + status : code)
            + (message.isBlank() ? "" : ": " + message.strip().replaceAll("[.\\s]+$", ""));
    if (code.equals("NoSuchBucket")) {
      return new Found(
          Reason.MISCONFIGURED,
          "there is no bucket " + settings.bucket(),
          "Make the bucket, or correct bothy.storage.bucket.");
    }
    if (code.equals("RequestTimeTooSkewed")) {
      return skewed();
    }
    if (FULL.contains(code) || status == 507 || words.contains("no space left")) {
      return new Found(
          Reason.FULL,
          "no space is left, or a quota is used up (" + said + ")",
          "Give the bucket more space, or keep fewer backups.");
    }
    if (words.contains("missing object lock configuration")
        || code.equals("ObjectLockConfigurationNotFoundError")) {
      return new Found(Reason.MISCONFIGURED, "the bucket has no object lock (" + said + ")", LOCKS);
    }
    if (code.equals("ObjectLocked") || words.contains("worm") || words.contains("object lock")) {
      return new Found(
          Reason.LOCKED,
          "an object lock forbids it (" + said + ")",
          "Wait until the lock's time is over.");
    }
    if (code.equals("NoSuchKey") || (status == 404 && code.isEmpty())) {
      return new Found(Reason.MISSING, "it is not there", "");
    }
    if (OTHER_REGION.contains(code) || status == 301) {
      return new Found(
          Reason.MISCONFIGURED,
          "the bucket is in another region than "
              + settings.s3Region()
              + ", for which the request was signed ("
              + said
              + ")",
          "Correct bothy.storage.s3-region and bothy.storage.endpoint.");
    }
    if (status == 401 || status == 403 || code.equals("AccessDenied")) {
      return new Found(Reason.REFUSED, refused(code, said), refusedFix(code));
    }
    if (HARMED.contains(code) || status == 408 || status == 429 || isBroken(status, code)) {
      return new Found(
          Reason.AWAY,
          "the server answers with errors (" + said + ")",
          "Look at the server; trying later may help.");
    }
    return new Found(
        Reason.MISCONFIGURED,
        "the server does not take the request (" + said + ")",
        "Look whether bothy.storage.* fits the server.");
  }

  private static boolean isBroken(int status, String code) {
    boolean cannot = status == 501 || code.equals("NotImplemented");
    return !cannot
        && (status >= 500
            || status == 0
            || code.equals("SlowDown")
            || code.equals("InternalError")
            || code.equals("ServiceUnavailable"));
  }

  private static String refused(String code, String said) {
    return switch (code) {
      case "InvalidAccessKeyId" -> "the server does not know the access key (" + said + ")";
      case "SignatureDoesNotMatch" ->
          "the secret key is another than the server has (" + said + ")";
      default -> "the server refuses it (" + said + ")";
    };
  }

  private static String refusedFix(String code) {
    return switch (code) {
      case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
          "Put the keys that the server gave you into bothy.storage.access-key and"
              + " bothy.storage.secret-key.";
      default ->
          "Look whether the keys are still valid, and give them the rights that"
              + " docs/how-to/store-backups.md lists.";
    };
  }

  private static Found skewed() {
    return new Found(
        Reason.CLOCK_SKEW,
        "this machine's clock and the server's are more than 15 minutes apart",
        "Let both machines keep their time by NTP (chrony or systemd-timesyncd).");
  }

  private boolean isSkewed(@Nullable AwsErrorDetails details) {
    return Optional.ofNullable(details)
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader("Date"))
        .flatMap(S3Failures::instant)
        .filter(theirs -> Duration.between(theirs, clock.instant()).abs().compareTo(SKEWED) > 0)
        .isPresent();
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Found unanswered(Throwable cause) {
    return switch (cause) {
      case EgressRefused refused ->
          new Found(Reason.MISCONFIGURED, words(refused.getMessage()), "");
      case ResponseTooLarge large -> new Found(Reason.MISCONFIGURED, words(large.getMessage()), "");
      case UnknownHostException _ ->
          new Found(
              Reason.AWAY,
              "its name leads nowhere",
              "Enter the name in your DNS, or correct bothy.storage.endpoint.");
      case SSLException tls when isAboutCertificate(tls) ->
          new Found(
              Reason.MISCONFIGURED,
              "its certificate is not believed (" + words(tls.getMessage()) + ")",
              "Add the authority that signed it to bothy.installation.ca-bundle, or give the server"
                  + " a certificate that names the host and is in date.");
      default ->
          new Found(
              Reason.AWAY,
              "it does not answer (" + words(cause.getMessage()) + ")",
              "Look whether the server runs, and whether a firewall or network policy lets this"
                  + " machine through.");
    };
  }

  private static boolean isAboutCertificate(SSLException e) {
    String said = words(e.getMessage()).toLowerCase(Locale.ROOT);
    return said.contains("certificate") || said.contains("certification path");
  }

  private static String words(@Nullable String message) {
    return message == null ? "no more is known" : message.strip().replaceAll("\\.$", "");
  }

  /// What was first wrong, in as far as it is one that has words of its own.
  private static Throwable deepest(Throwable each, Throwable best) {
    Throwable found = each instanceof IOException && !(best instanceof IOException) ? each : best;
    return each.getCause() == null ? found : deepest(each.getCause(), found);
  }
}
