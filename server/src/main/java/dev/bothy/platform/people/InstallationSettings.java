package dev.bothy.platform.people;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// What is said once, at install.
///
/// @param publicAddress where browsers reach this server, e.g. `https://bothy.example.com`; null
///   means "as each request names it", which is right on one's own machine only
/// @param workspaceSlug the first workspace as addresses name it
/// @param workspaceName the first workspace as people read it
/// @param firstOwner user name or verified e-mail address of the person who is an owner of the
///   first workspace whatever their groups; null when the owners' group says it all
/// @param hsts whether browsers that came by https are told to come by https alone from now on
/// @param hstsIncludeSubdomains whether that holds for all names below this one too
@Validated
@ConfigurationProperties("bothy.installation")
public record InstallationSettings(
    @Nullable URI publicAddress,
    @DefaultValue("main")
        @Pattern(
            regexp = "[a-z0-9][a-z0-9-]{1,39}",
            message = "bothy.installation.workspace-slug must be 2 to 40 of a-z, 0-9 and -")
        String workspaceSlug,
    @DefaultValue("Main")
        @Size(
            min = 1,
            max = 80,
            message = "bothy.installation.workspace-name must have 1 to 80 characters")
        String workspaceName,
    @Nullable String firstOwner,
    @DefaultValue("true") boolean hsts,
    @DefaultValue("false") boolean hstsIncludeSubdomains) {

  @AssertTrue(
      message =
          "bothy.installation.public-address must be an http or https address without a path,"
              + " e.g. https://bothy.example.com")
  boolean isPublicAddressAnOrigin() {
    return publicAddress == null
        || (("http".equals(publicAddress.getScheme()) || "https".equals(publicAddress.getScheme()))
            && publicAddress.getHost() != null
            && publicAddress.getPath().isEmpty()
            && publicAddress.getQuery() == null
            && publicAddress.getFragment() == null);
  }

  /// Whether browsers reach this server by https.
  boolean isServedOverHttps() {
    return publicAddress != null && "https".equals(publicAddress.getScheme());
  }

  @Override
  public String toString() {
    return "InstallationSettings[publicAddress="
        + publicAddress
        + ", workspaceSlug="
        + workspaceSlug
        + "]";
  }
}
