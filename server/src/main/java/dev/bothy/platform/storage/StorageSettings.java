package dev.bothy.platform.storage;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Where backups and the ledger go. `docs/how-to/store-backups.md` shows it for several makes.
///
/// @param folder with [Kind#FOLDER], absolute
/// @param endpoint with [Kind#S3]: `https://host` or `https://host:port`, without a path
/// @param prefix below which every object is, as in `bothy/` or `team/bothy`; empty for none
/// @param s3Region what requests are signed for
/// @param pathStyle whether the bucket stands in the path, and not before the host's name
/// @param objectLockDays for how long an object can be neither deleted nor replaced; 0 for not at
///   all
/// @param objectLockMode whether a special right lets somebody lift it
/// @param region where the data goes, in the words of `bothy.egress.allowed-regions`
@Validated
@ConfigurationProperties("bothy.storage")
record StorageSettings(
    @DefaultValue("none") Kind kind,
    @Nullable Path folder,
    @Nullable URI endpoint,
    @Nullable String bucket,
    @DefaultValue("") String prefix,
    @DefaultValue("us-east-1") String s3Region,
    @DefaultValue("true") boolean pathStyle,
    @Nullable String accessKey,
    @Nullable String secretKey,
    @DefaultValue("0")
        @Min(value = 0, message = "bothy.storage.object-lock-days must be 0 to 3650")
        @Max(value = 3650, message = "bothy.storage.object-lock-days must be 0 to 3650")
        int objectLockDays,
    @DefaultValue("compliance") LockMode objectLockMode,
    @Nullable String region) {
  private static final Pattern BUCKET =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");

  /// What keeps the objects.
  enum Kind {
    /// Nothing: there are no backups.
    NONE,
    /// A folder of a mounted volume or of this machine.
    FOLDER,
    /// A bucket of an S3-compatible server.
    S3
  }

  /// Who may lift an object lock before its time.
  enum LockMode {
    /// Nobody.
    COMPLIANCE,
    /// Who has `s3:BypassGovernanceRetention`.
    GOVERNANCE
  }

  @AssertTrue(
      message =
          "bothy.storage.folder must be an absolute path, such as /backups, where bothy.storage.kind"
              + " is folder")
  boolean isFolderNamed() {
    return kind != Kind.FOLDER || (folder != null && folder.isAbsolute());
  }

  @AssertTrue(
      message =
          "bothy.storage.endpoint must be an address like https://s3.example.com or"
              + " https://s3.example.com:9000, without user, path or query, where"
              + " bothy.storage.kind is s3")
  boolean isEndpointAnAddress() {
    return kind != Kind.S3
        || (endpoint != null
            && ("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
            && endpoint.getHost() != null
            && endpoint.getUserInfo() == null
            && (endpoint.getPath().isEmpty() || endpoint.getPath().equals("/"))
            && endpoint.getQuery() == null
            && endpoint.getFragment() == null);
  }

  @AssertTrue(
      message =
          "bothy.storage.bucket must be a bucket's name alone, 3 to 63 letters, digits, dots, hyphens"
              + " or underscores, where bothy.storage.kind is s3")
  boolean isBucketNamed() {
    return kind != Kind.S3 || (bucket != null && BUCKET.matcher(bucket).matches());
  }

  @AssertTrue(
      message =
          "bothy.storage.path-style must be true where the endpoint is an address of digits, or the"
              + " bucket's name has a dot, a capital or an underscore: it could not be part of a"
              + " host's name")
  boolean isStylePossible() {
    return kind != Kind.S3
        || pathStyle
        || endpoint == null
        || bucket == null
        || (bucket.matches("[a-z0-9-]+")
            && !String.valueOf(endpoint.getHost()).matches("[0-9.]+|\\[.*"));
  }

  @AssertTrue(
      message =
          "bothy.storage.prefix may have lower-case letters, digits, and . _ - within names that are"
              + " divided by /, e.g. bothy/production")
  boolean isPrefixAKey() {
    return shownPrefix().isEmpty() || ObjectKey.isOne(shownPrefix());
  }

  @AssertTrue(
      message =
          "bothy.storage.access-key and bothy.storage.secret-key are missing: requests to"
              + " bothy.storage.endpoint are signed with them")
  boolean isLoginThere() {
    return kind != Kind.S3 || (isFull(accessKey) && isFull(secretKey));
  }

  @AssertTrue(
      message =
          "bothy.storage.region is missing: say where bothy.storage.endpoint keeps the data, in the"
              + " words of bothy.egress.allowed-regions, e.g. eu-central")
  boolean isRegionNamed() {
    return kind != Kind.S3 || isFull(region);
  }

  @AssertTrue(message = "bothy.storage.object-lock-days goes with bothy.storage.kind=s3 alone")
  boolean isLockPossible() {
    return objectLockDays == 0 || kind == Kind.S3;
  }

  /// The prefix with one slash at its end; empty if there is none.
  String keyPrefix() {
    return shownPrefix().isEmpty() ? "" : shownPrefix() + "/";
  }

  /// The prefix without slashes around it.
  String shownPrefix() {
    return prefix.strip().replaceAll("^/+|/+$", "");
  }

  /// As the egress register has it: with virtual style the bucket is part of the host's name.
  String origin() {
    URI address = address();
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    String host = pathStyle ? address.getHost() : bucket + "." + address.getHost();
    return address.getScheme() + "://" + host + port;
  }

  /// The endpoint without a slash at its end.
  URI address() {
    return URI.create(String.valueOf(endpoint).replaceAll("/$", ""));
  }

  private static boolean isFull(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  /// Without what is secret.
  @Override
  public String toString() {
    return "StorageSettings[kind=" + kind + ", endpoint=" + endpoint + ", bucket=" + bucket + "]";
  }
}
