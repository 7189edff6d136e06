package dev.bothy.platform.people;

import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Origin;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.workspace.Installation;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How people sign in: the realm of a Keycloak, and what its groups mean here.
///
/// @param issuer the realm's address as browsers reach it; also what its tokens name as issuer
/// @param internalIssuer the same realm as this server reaches it; null when that is the same
/// @param clientId this installation's client in the realm
/// @param clientSecret the client's secret; null for a public client, which PKCE alone protects
/// @param groupsClaim the claim of the ID token that lists a person's groups
/// @param ownerGroup who is in it is an owner of the installation's first workspace
/// @param adminGroup who is in it is an admin of the installation's first workspace
/// @param memberGroup who is in it is a member of the installation's first workspace
/// @param requiredAcr how strongly people must have proved who they are, as the `acr` claim names
///   it; any one of these will do, and the identity provider is asked for them. Empty takes all
/// @param sessionLifetime after this somebody signs in anew, however active they are
/// @param sessionIdle after this without any request somebody signs in anew
@Validated
@ConfigurationProperties("bothy.sign-on")
public record SignOnSettings(
    @NotNull(
            message =
                "bothy.sign-on.issuer is missing: give the realm's address as browsers reach it,"
                    + " e.g. https://login.example.com/realms/bothy")
        URI issuer,
    @Nullable URI internalIssuer,
    @DefaultValue("bothy") @NotBlank(message = "bothy.sign-on.client-id must not be empty")
        String clientId,
    @Nullable String clientSecret,
    @DefaultValue("groups") @NotBlank(message = "bothy.sign-on.groups-claim must not be empty")
        String groupsClaim,
    @DefaultValue("bothy-owners") @NotBlank(message = "bothy.sign-on.owner-group must not be empty")
        String ownerGroup,
    @DefaultValue("bothy-admins") @NotBlank(message = "bothy.sign-on.admin-group must not be empty")
        String adminGroup,
    @DefaultValue("bothy-members")
        @NotBlank(message = "bothy.sign-on.member-group must not be empty")
        String memberGroup,
    @DefaultValue
        List<@NotBlank(message = "bothy.sign-on.required-acr must not hold an empty value") String>
            requiredAcr,
    @DefaultValue("12h") Duration sessionLifetime,
    @DefaultValue("2h") Duration sessionIdle) {
  /// Owner of the identity provider's addresses in the egress register.
  public static final String IDENTITY_PROVIDER = "Identity provider";

  public SignOnSettings {
    requiredAcr = List.copyOf(requiredAcr);
  }

  /// Whether a sign-in of this strength is enough.
  boolean isStrongEnough(@Nullable String acr) {
    return requiredAcr.isEmpty() || (acr != null && requiredAcr.contains(acr));
  }

  @AssertTrue(
      message =
          "bothy.sign-on.issuer must be an http or https address without query or final slash,"
              + " e.g. https://login.example.com/realms/bothy")
  boolean isIssuerAnAddress() {
    // A missing one has a message of its own.
    return (Object) issuer == null || isRealm(issuer);
  }

  @AssertTrue(
      message =
          "bothy.sign-on.internal-issuer must be an http or https address without query or final"
              + " slash, e.g. http://keycloak:8080/realms/bothy")
  boolean isInternalIssuerAnAddress() {
    return internalIssuer == null || isRealm(internalIssuer);
  }

  @AssertTrue(message = "bothy.sign-on.session-lifetime must lie between 5m and 7d")
  boolean isSessionLifetimeWithinBounds() {
    return isWithin(sessionLifetime, Duration.ofMinutes(5), Duration.ofDays(7));
  }

  @AssertTrue(
      message = "bothy.sign-on.session-idle must lie between 5m and bothy.sign-on.session-lifetime")
  boolean isSessionIdleWithinBounds() {
    return isWithin(sessionIdle, Duration.ofMinutes(5), sessionLifetime);
  }

  /// A page of the realm as the browser reaches it, e.g. `auth`.
  String browserEndpoint(String name) {
    return issuer + "/protocol/openid-connect/" + name;
  }

  /// An endpoint of the realm as this server reaches it, e.g. `token`.
  public String serverEndpoint(String name) {
    return serverIssuer() + "/protocol/openid-connect/" + name;
  }

  /// The realm as this server reaches it.
  public URI serverIssuer() {
    return internalIssuer == null ? issuer : internalIssuer;
  }

  /// The identity provider's entry in the egress register.
  public Destination identityProvider() {
    return Destination.builtIn(
        Origin.of(serverIssuer()).toString(),
        IDENTITY_PROVIDER,
        "People sign in there.",
        Destination.OWN_REGION);
  }

  /// @throws StartRefused in production, if people or this server would reach it by plain http
  public void checkLinks(Installation installation) {
    if (installation.production()) {
      checkLink("bothy.sign-on.issuer", issuer);
      checkLink("bothy.sign-on.internal-issuer", serverIssuer());
    }
  }

  private static void checkLink(String setting, URI address) {
    if (!"https".equals(address.getScheme())) {
      throw new StartRefused(
          setting + " is a plain http address, which is refused in production: " + address,
          "Serve Keycloak by https and write its https address. bothy.installation.mode=trial"
              + " allows plain http, to try Bothy out.");
    }
  }

  @Override
  public String toString() {
    return "SignOnSettings[issuer=" + issuer + ", clientId=" + clientId + "]";
  }

  private static boolean isRealm(URI address) {
    return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        && address.getHost() != null
        && address.getQuery() == null
        && address.getFragment() == null
        && !address.getPath().endsWith("/");
  }

  private static boolean isWithin(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
