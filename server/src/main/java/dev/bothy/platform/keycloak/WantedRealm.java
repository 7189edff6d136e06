package dev.bothy.platform.keycloak;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What Bothy needs of a realm. All else in it is somebody else's and stays as it is.
///
/// @param client the one that people sign in through
/// @param groups the paths of the groups that carry roles, without the leading `/`; empty when the
///   realm's keeper looks after them
/// @param eventRetention how long events are kept where the realm keeps none, or keeps them for
///   ever; null leaves events alone
/// @param guard what to do about the realm's guard against guessed passwords
/// @param provisioning the client that keeps people up to date; null without
public record WantedRealm(
    SignOnClient client,
    Set<String> groups,
    @Nullable Duration eventRetention,
    Guard guard,
    @Nullable ProvisioningClient provisioning) {

  public WantedRealm {
    groups = new TreeSet<>(groups);
  }

  /// The realm's guard counts failed sign-ins by account and belongs to all who sign in there.
  public enum Guard {
    /// Switched on, at least as strict as Bothy needs it.
    SET,
    /// Looked at, and never changed.
    ADVISE
  }

  /// The client that people sign in through.
  ///
  /// @param secret null leaves it to Keycloak
  /// @param redirectUris where Keycloak may send a sign-in back to, exactly
  /// @param postLogoutUris where it may send people who have signed out, exactly
  /// @param backChannelLogout where it tells the server that a session has ended
  /// @param groupsClaim the claim of the ID token that lists a person's groups
  /// @param acrLevels the level of authentication by the name that policies ask for; empty leaves
  ///   that to the realm
  public record SignOnClient(
      String clientId,
      @Nullable String secret,
      List<String> redirectUris,
      List<String> postLogoutUris,
      URI backChannelLogout,
      String groupsClaim,
      Map<String, Integer> acrLevels) {
    public SignOnClient {
      redirectUris = List.copyOf(redirectUris);
      postLogoutUris = List.copyOf(postLogoutUris);
      acrLevels = new TreeMap<>(acrLevels);
    }

    /// Without the secret.
    @Override
    public String toString() {
      return "SignOnClient[" + clientId + ", " + redirectUris + "]";
    }
  }

  /// The client whose service account keeps people up to date.
  ///
  /// @param secret null leaves it to Keycloak
  public record ProvisioningClient(String clientId, @Nullable String secret) {
    /// Without the secret.
    @Override
    public String toString() {
      return "ProvisioningClient[" + clientId + "]";
    }
  }
}
