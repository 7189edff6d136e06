package dev.bothy.platform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/// A client that IT imports is the one that the step would make.
class ImportedClientTest extends RealmStepCase {
  @Test
  void oneThatIsImportedInTheConsoleNeedsNoStep() throws JsonProcessingException {
    realm.clients().create(handedOut()).close();
    RealmPlan plan = step.plan(withSecret(null));
    assertThat(plan.isFulfilled()).as(texts(plan).toString()).isTrue();
    assertThat(texts(plan)).startsWith("= client bothy");
  }

  @Test
  void oneThatIsImportedWithItsRealmNeedsNoStep() throws JsonProcessingException {
    RealmRepresentation imported = new RealmRepresentation();
    imported.setRealm("imported-" + UUID.randomUUID());
    imported.setEnabled(true);
    imported.setClients(List.of(handedOut()));
    try (KeycloakConnection there = keycloak.connectTo(imported.getRealm())) {
      there.realms().create(imported);
      RealmPlan plan = new RealmStep(there).plan(withSecret(null));
      assertThat(plan.isFulfilled()).as(texts(plan).toString()).isTrue();
      there.realm().remove();
    }
  }

  private static ClientRepresentation handedOut() throws JsonProcessingException {
    return new ObjectMapper().readValue(ClientJson.of(WANTED.client()), ClientRepresentation.class);
  }
}
