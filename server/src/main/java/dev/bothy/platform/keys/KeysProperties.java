package dev.bothy.platform.keys;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Which provider wraps the data keys (`bothy.keys.*`).
///
/// @param provider `local-file` or `vault`
/// @param otherProvider what this one wrapped is unwrapped as well, and wrapped anew by the
///   provider: the way from one to the other; null for none
/// @param localFile the file with the wrapping key, for the provider `local-file`
/// @param allowLocalFileInProduction in production a local file is refused unless this is true
/// @param transitPath where Vault's Transit engine is mounted, for the provider `vault`
/// @param softLife after it an unwrapped key is unwrapped again in the background
/// @param hardLife after it an unwrapped key is used no more
/// @param backupsKept for how long any backup of the database is kept: for so long after a key was
///   wrapped anew, the provider goes on unwrapping what its older versions wrapped
@ConfigurationProperties("bothy.keys")
@Validated
record KeysProperties(
    @DefaultValue(LOCAL_FILE)
        @Pattern(
            regexp = LOCAL_FILE + "|" + VAULT,
            message = "bothy.keys.provider must be local-file or vault")
        String provider,
    @Pattern(
            regexp = LOCAL_FILE + "|" + VAULT,
            message = "bothy.keys.other-provider must be local-file or vault, or left out")
        @Nullable String otherProvider,
    @Nullable Path localFile,
    @DefaultValue("false") boolean allowLocalFileInProduction,
    @DefaultValue("transit")
        @Pattern(
            regexp = "[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*",
            message =
                "bothy.keys.transit-path must be the path of a mount without slashes around it, e.g."
                    + " transit or team/transit")
        String transitPath,
    @DefaultValue("5m") @NotNull Duration softLife,
    @DefaultValue("60m") @NotNull Duration hardLife,
    @DefaultValue("400d") @NotNull Duration backupsKept) {
  static final String LOCAL_FILE = "local-file";
  static final String VAULT = "vault";

  @AssertTrue(
      message =
          "bothy.keys.local-file must name a file when bothy.keys.provider or"
              + " bothy.keys.other-provider is local-file; it is created if it is missing")
  boolean isLocalFileNamed() {
    return !uses(LOCAL_FILE) || localFile != null;
  }

  @AssertTrue(message = "bothy.keys.other-provider must be another one than bothy.keys.provider")
  boolean isOtherAnother() {
    return !provider.equals(otherProvider);
  }

  boolean uses(String which) {
    return provider.equals(which) || which.equals(otherProvider);
  }

  @AssertTrue(
      message =
          "bothy.keys.soft-life must be above zero and not above bothy.keys.hard-life, which must"
              + " not be above 24h")
  boolean isLifeOrdered() {
    return softLife.isPositive()
        && softLife.compareTo(hardLife) <= 0
        && hardLife.compareTo(Duration.ofHours(24)) <= 0;
  }

  @AssertTrue(message = "bothy.keys.backups-kept must not be negative, e.g. 400d")
  boolean isBackupsKeptPossible() {
    return !backupsKept.isNegative();
  }
}
