package dev.bothy.platform.keycloak;

import dev.bothy.platform.keycloak.KeycloakRefused.Why;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.UserRepresentation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Users of a realm, one at a time. Each method may be repeated without harm, and throws
/// [KeycloakAway] if Keycloak cannot say and [KeycloakRefused] if it says no.
public final class KeycloakUsers {
  private static final Logger LOG = LoggerFactory.getLogger(KeycloakUsers.class);
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

  /// Brings a user to what is wanted of them, and leaves everything else about them alone. Access
  /// comes first, so that nothing about a name keeps a leaver in. Where the realm lets nobody
  /// change user names (Realm settings, Login, Edit username), theirs stays.
  public Bringing bring(String id, WantedUser wanted) {
    UserRepresentation user = find(id);
    if (user == null) {
      return Bringing.GONE;
    }
    boolean changed = false;
    if (Boolean.TRUE.equals(user.isEnabled()) != wanted.enabled()) {
      user.setEnabled(wanted.enabled());
      update(id, user);
      if (!wanted.enabled()) {
        connection.changing("sign a user out", ROLE, () -> users().get(id).logout());
      }
      changed = true;
    }
    WantedUser.Profile profile = wanted.profile();
    if (profile != null) {
      changed |= describe(id, user, profile);
    }
    return changed ? Bringing.CHANGED : Bringing.UNCHANGED;
  }

  private boolean describe(String id, UserRepresentation user, WantedUser.Profile profile) {
    boolean differs = describe(user, profile);
    String username = user.getUsername();
    if (!profile.username().equalsIgnoreCase(username)) {
      try {
        user.setUsername(profile.username());
        update(id, user);
        return true;
      } catch (KeycloakRefused refused) {
        if (refused.why() != Why.CONTENT) {
          throw refused;
        }
        LOG.info("The user name of {} stays as it is: {}", id, refused.getMessage());
        user.setUsername(username);
      }
    }
    if (differs) {
      update(id, user);
    }
    return differs;
  }

  private void update(String id, UserRepresentation user) {
    connection.changing("change a user", ROLE, () -> users().get(id).update(user));
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

  /// All but the user name.
  private static boolean describe(UserRepresentation user, WantedUser.Profile profile) {
    boolean differs = false;
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
