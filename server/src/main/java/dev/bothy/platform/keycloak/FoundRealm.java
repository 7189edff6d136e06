package dev.bothy.platform.keycloak;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/// A realm as it is, as far as Bothy has to do with it.
///
/// @param client null if it is not there
/// @param clientScopes the ids of the realm's client scopes by their names
/// @param groups those of the wanted groups that are there; empty when none is wanted
/// @param events what the realm keeps of sign-ins and changes
/// @param realm its own settings
/// @param provisioning what there is of the client that keeps people up to date
record FoundRealm(
    @Nullable ClientRepresentation client,
    Map<String, String> clientScopes,
    Seen<Set<String>> groups,
    Seen<RealmEventsConfigRepresentation> events,
    Seen<RealmRepresentation> realm,
    FoundProvisioning provisioning) {

  /// @param client null if it is not there
  /// @param roles those of `realm-management` that its service account has
  /// @param scope those of them that its tokens may carry
  record FoundProvisioning(
      @Nullable ClientRepresentation client, Set<String> roles, Set<String> scope) {
    static final FoundProvisioning NONE = new FoundProvisioning(null, Set.of(), Set.of());
  }
}
