package dev.bothy.platform.keycloak;

import dev.bothy.platform.keycloak.KeycloakRefused.Why;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.UserRepresentation;

/// Users of a realm, one at a time. Each method may be repeated without harm, and throws
/// [KeycloakAway] if Keycloak cannot say and [KeycloakRefused] if it says no.
public final class KeycloakUsers {
  private static final String ROLE = "manage-users";

  private final KeycloakConnection connection;

  public KeycloakUsers(KeycloakConnection connection) {
    this.connection = connection;
  }

  /// What came of making a user.
  public sealed interface Making {
    /// @param id the user's id, which tokens name as their subject
    record Made(String id) implements Making {}

    /// Another user has the user name or the address.
    record Taken(String why) implements Making {}
  }

  /// What came of bringing a user to what is wanted.
  public enum Bringing {
    /// They were so already.
    UNCHANGED,
    /// They are so now. Who was disabled has no session left.
    CHANGED,
    /// There is no user of that id.
    GONE
  }

  /// The id of the user with just this user name.
  public Optional<String> idOf(String username) {
    return connection
        .calling("look for a user by name", ROLE, () -> users().searchByUsername(username, true))
        .stream()
        .findFirst()
        .map(UserRepresentation::getId);
  }

  /// Makes a user without any credential: how they prove who they are is the realm's affair. Their
  /// address counts as unverified, since a directory's word is not theirs.
  public Making make(WantedUser.Profile profile, boolean enabled) {
    UserRepresentation user = new UserRepresentation();
    user.setUsername(profile.username());
    user.setEnabled(enabled);
    describe(user, profile);
    try {
      return new Making.Made(connection.making("make a user", ROLE, () -> users().create(user)));
    } catch (KeycloakRefused refused) {
      if (refused.why() == Why.TAKEN) {
        return new Making.Taken(String.valueOf(refused.getMessage()));
      }
      throw refused;
    }
  }

  /// Brings a user to what is wanted of them, and leaves everything else about them alone.
  public Bringing bring(String id, WantedUser wanted) {
    UserRepresentation user = find(id);
    if (user == null) {
      return Bringing.GONE;
    }
    boolean wasEnabled = Boolean.TRUE.equals(user.isEnabled());
    boolean differs = wasEnabled != wanted.enabled();
    user.setEnabled(wanted.enabled());
    WantedUser.Profile profile = wanted.profile();
    if (profile != null) {
      differs |= describe(user, profile);
    }
    if (!differs) {
      return Bringing.UNCHANGED;
    }
    connection.changing("change a user", ROLE, () -> users().get(id).update(user));
    if (!wanted.enabled()) {
      connection.changing("sign a user out", ROLE, () -> users().get(id).logout());
    }
    return Bringing.CHANGED;
  }

  private @Nullable UserRepresentation find(String id) {
    try {
      return connection.calling("read a user", ROLE, () -> users().get(id).toRepresentation());
    } catch (KeycloakRefused refused) {
      if (refused.why() == Why.MISSING) {
        return null;
      }
      throw refused;
    }
  }

  private static boolean describe(UserRepresentation user, WantedUser.Profile profile) {
    boolean differs = !profile.username().equalsIgnoreCase(user.getUsername());
    user.setUsername(profile.username());
    String email = profile.email();
    if (email != null && !email.equalsIgnoreCase(user.getEmail())) {
      differs = true;
      user.setEmail(email);
      user.setEmailVerified(false);
    }
    String name =
        (Objects.requireNonNullElse(user.getFirstName(), "")
                + " "
                + Objects.requireNonNullElse(user.getLastName(), ""))
            .strip();
    if (!name.equals(profile.name().strip())) {
      differs = true;
      user.setFirstName(profile.firstName());
      user.setLastName(profile.lastName());
    }
    return differs;
  }

  private UsersResource users() {
    return connection.realm().users();
  }
}
