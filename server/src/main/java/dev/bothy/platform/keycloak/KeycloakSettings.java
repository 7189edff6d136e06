package dev.bothy.platform.keycloak;

import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// What Bothy may do in Keycloak's administration, and as whom.
///
/// @param adminAddress Keycloak as its administration is reached, without `/realms/…`; null when
///   that is where the realm is reached
/// @param adminRealm the realm that knows the login of the realm step; null is the realm itself for
///   a client and `master` for a user
/// @param adminClientId a client whose service account does the realm step
/// @param adminUsername or a user who does
/// @param backChannelAddress where Keycloak reaches this server, without a path; null when that is
///   the public address
/// @param groups whether the realm step sees to the groups that carry roles
/// @param events whether it sees to the realm's events
/// @param eventRetention how long events are kept where the realm says nothing
/// @param guard whether it sets the realm's guard against guessed passwords, which counts for all
///   who sign in there
/// @param acrLevels the level of authentication by the name that `required-acr` asks for
/// @param provisioning whether users of Keycloak are brought along with the members here
/// @param provisioningClientId the client that does that
@Validated
@ConfigurationProperties("bothy.keycloak")
public record KeycloakSettings(
    @Nullable URI adminAddress,
    @Nullable String adminRealm,
    @Nullable String adminClientId,
    @Nullable String adminClientSecret,
    @Nullable String adminUsername,
    @Nullable String adminPassword,
    @Nullable URI backChannelAddress,
    @DefaultValue("true") boolean groups,
    @DefaultValue("true") boolean events,
    @DefaultValue("90d") Duration eventRetention,
    @DefaultValue("false") boolean guard,
    @DefaultValue Map<String, Integer> acrLevels,
    @DefaultValue("false") boolean provisioning,
    @DefaultValue("bothy-users") String provisioningClientId,
    @Nullable String provisioningClientSecret) {

  public KeycloakSettings {
    acrLevels = new TreeMap<>(acrLevels);
  }

  @AssertTrue(message = "bothy.keycloak.event-retention must lie between 1d and 3650d")
  boolean isEventRetentionWithinBounds() {
    return eventRetention.compareTo(Duration.ofDays(1)) >= 0
        && eventRetention.compareTo(Duration.ofDays(3650)) <= 0;
  }

  @AssertTrue(
      message =
          "bothy.keycloak.provisioning-client-secret is missing: it is needed with"
              + " bothy.keycloak.provisioning=true")
  boolean isProvisioningClientKnown() {
    return !provisioning
        || (provisioningClientSecret != null && !provisioningClientSecret.isBlank());
  }

  @AssertTrue(
      message =
          "bothy.keycloak.admin-address must be an http or https address without query or final"
              + " slash, e.g. https://login-admin.example.com")
  boolean isAdminAddressAnAddress() {
    return adminAddress == null || isAddress(adminAddress);
  }

  @AssertTrue(
      message =
          "bothy.keycloak.back-channel-address must be an http or https address without a path,"
              + " e.g. http://bothy")
  boolean isBackChannelAddressAnOrigin() {
    return backChannelAddress == null
        || (isAddress(backChannelAddress) && backChannelAddress.getPath().isEmpty());
  }

  /// As whom the realm step is done; empty unless either a client or a user is given with its
  /// secret.
  ///
  /// @param realm the one that is brought up to date
  public Optional<KeycloakLogin> adminLogin(String realm) {
    Optional<KeycloakLogin> client = client(realm);
    Optional<KeycloakLogin> user = user();
    return client.isPresent() && user.isPresent() ? Optional.empty() : client.or(() -> user);
  }

  private Optional<KeycloakLogin> client(String realm) {
    String client = adminClientId;
    String secret = adminClientSecret;
    return client == null || secret == null || client.isBlank() || secret.isBlank()
        ? Optional.empty()
        : Optional.of(new KeycloakLogin.ServiceAccount(named(realm), client, secret));
  }

  private Optional<KeycloakLogin> user() {
    String user = adminUsername;
    String password = adminPassword;
    return user == null || password == null || user.isBlank() || password.isBlank()
        ? Optional.empty()
        : Optional.of(new KeycloakLogin.Administrator(named("master"), user, password));
  }

  private String named(String otherwise) {
    return adminRealm == null ? otherwise : adminRealm;
  }

  private static boolean isAddress(URI address) {
    return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        && address.getHost() != null
        && address.getQuery() == null
        && address.getFragment() == null
        && !address.getPath().endsWith("/");
  }

  /// Without what is secret.
  @Override
  public String toString() {
    return "KeycloakSettings[provisioning=" + provisioning + "]";
  }
}
