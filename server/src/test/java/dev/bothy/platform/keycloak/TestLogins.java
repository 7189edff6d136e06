package dev.bothy.platform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.testkit.TestKeycloak;
import java.util.List;
import java.util.Set;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/// What an IT department makes in its realm, so that Bothy may do its part there.
public final class TestLogins {
  private static final String CLIENT = "it-department";
  private static final String SECRET = "secret-of-it";

  private TestLogins() {}

  /// A service account that has these roles of `realm-management` and no other.
  public static KeycloakLogin.ServiceAccount with(TestKeycloak keycloak, String... roles) {
    try (KeycloakConnection connection = keycloak.connect()) {
      RealmResource realm = connection.realm();
      ClientRepresentation it = new ClientRepresentation();
      it.setClientId(CLIENT);
      it.setSecret(SECRET);
      it.setServiceAccountsEnabled(true);
      it.setStandardFlowEnabled(false);
      realm.clients().create(it).close();
      String management = idOf(realm, "realm-management");
      List<RoleRepresentation> given =
          realm.clients().get(management).roles().list().stream()
              .filter(role -> Set.of(roles).contains(role.getName()))
              .toList();
      assertThat(given).hasSize(roles.length);
      realm
          .users()
          .get(realm.clients().get(idOf(realm, CLIENT)).getServiceAccountUser().getId())
          .roles()
          .clientLevel(management)
          .add(given);
    }
    return new KeycloakLogin.ServiceAccount(keycloak.realm().name(), CLIENT, SECRET);
  }

  /// Deletes a client, as somebody might who does not know what it is for.
  public static void deleteClient(TestKeycloak keycloak, String clientId) {
    try (KeycloakConnection connection = keycloak.connect()) {
      connection.realm().clients().get(idOf(connection.realm(), clientId)).remove();
    }
  }

  private static String idOf(RealmResource realm, String clientId) {
    return realm.clients().findByClientId(clientId).getFirst().getId();
  }
}
