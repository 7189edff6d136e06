package dev.bothy.platform.keycloak;

import dev.bothy.platform.keycloak.FoundRealm.FoundProvisioning;
import dev.bothy.platform.keycloak.KeycloakRefused.Why;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/// Looks at a realm. What the login may not see is told as that; the client alone has to be seen.
final class RealmReader {
  private final KeycloakConnection connection;
  private final RealmResource realm;

  RealmReader(KeycloakConnection connection) {
    this.connection = connection;
    this.realm = connection.realm();
  }

  FoundRealm read(WantedRealm wanted) {
    Seen<RealmRepresentation> itself = itself();
    return new FoundRealm(
        client(wanted.client().clientId()),
        scopes(),
        seen(() -> groups(wanted.groups())),
        wanted.eventRetention() == null
            ? new Seen.Hidden<>("not asked for")
            : seen(() ->
                connection.calling(
                    "read the realm's event settings", "view-events", realm::getRealmEventsConfig)),
        itself,
        wanted.provisioning() == null
            ? FoundProvisioning.NONE
            : provisioning(wanted.provisioning().clientId()));
  }

  /// A login without the role gets an answer as well, of the name alone.
  private Seen<RealmRepresentation> itself() {
    RealmRepresentation found;
    try {
      found =
          connection.calling("read the realm's settings", "view-realm", realm::toRepresentation);
    } catch (KeycloakRefused refused) {
      if (refused.why() == Why.MISSING) {
        throw new KeycloakRefused(
            Why.MISSING,
            "Keycloak has no realm "
                + connection.realmName()
                + ": make it there, or correct its name in bothy.sign-on.issuer");
      }
      if (refused.why() == Why.RIGHT) {
        return new Seen.Hidden<>(String.valueOf(refused.getMessage()));
      }
      throw refused;
    }
    return found.isEnabled() == null
        ? new Seen.Hidden<>(
            "Keycloak does not show the realm's settings: it takes the role view-realm of "
                + connection.managementClient())
        : new Seen.Is<>(found);
  }

  @Nullable ClientRepresentation client(String clientId) {
    return connection
        .calling(
            "read the client " + clientId,
            "view-clients",
            () -> realm.clients().findByClientId(clientId))
        .stream()
        .findFirst()
        .orElse(null);
  }

  private Map<String, String> scopes() {
    return connection
        .calling("read the client scopes", "view-clients", () -> realm.clientScopes().findAll())
        .stream()
        .collect(
            Collectors.toMap(ClientScopeRepresentation::getName, ClientScopeRepresentation::getId));
  }

  private Set<String> groups(Set<String> wanted) {
    Set<String> found = new TreeSet<>();
    for (String group : wanted) {
      try {
        connection.calling(
            "read the group " + group, "view-users", () -> realm.getGroupByPath(group));
        found.add(group);
      } catch (KeycloakRefused refused) {
        if (refused.why() != Why.MISSING) {
          throw refused;
        }
      }
    }
    return found;
  }

  private FoundProvisioning provisioning(String clientId) {
    ClientRepresentation client = client(clientId);
    if (client == null) {
      return FoundProvisioning.NONE;
    }
    String management = managementId();
    ClientResource itself = realm.clients().get(client.getId());
    Set<String> roles =
        Boolean.TRUE.equals(client.isServiceAccountsEnabled())
            ? names(
                connection.calling(
                    "read the roles of the service account of " + clientId,
                    "view-users",
                    () ->
                        realm
                            .users()
                            .get(itself.getServiceAccountUser().getId())
                            .roles()
                            .clientLevel(management)
                            .listAll()))
            : Set.of();
    Set<String> scope =
        names(
            connection.calling(
                "read the roles in the tokens of " + clientId,
                "view-clients",
                () -> itself.getScopeMappings().clientLevel(management).listAll()));
    return new FoundProvisioning(client, roles, scope);
  }

  /// The id of the client whose roles administrate the realm.
  String managementId() {
    ClientRepresentation management = client(connection.managementClient());
    if (management == null) {
      throw new KeycloakRefused(
          Why.CONTENT,
          "The realm has lost its client "
              + connection.managementClient()
              + ", which Keycloak makes with each realm");
    }
    return management.getId();
  }

  static Set<String> names(List<RoleRepresentation> roles) {
    return roles.stream().map(RoleRepresentation::getName).collect(Collectors.toSet());
  }

  private static <T> Seen<T> seen(Supplier<T> look) {
    try {
      return new Seen.Is<>(look.get());
    } catch (KeycloakRefused refused) {
      if (refused.why() == Why.RIGHT) {
        return new Seen.Hidden<>(String.valueOf(refused.getMessage()));
      }
      throw refused;
    }
  }
}
