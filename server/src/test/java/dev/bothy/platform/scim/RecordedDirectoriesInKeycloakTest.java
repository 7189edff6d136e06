package dev.bothy.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.keycloak.TestUsers;
import dev.bothy.platform.keycloak.WantedRealm;
import dev.bothy.testkit.TestKeycloak;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/// The same sequences where Bothy also brings a real Keycloak's users along: after each step that
/// Keycloak has for each user what Bothy has.
@TestPropertySource(
    properties = {
      "bothy.keycloak.provisioning=true",
      "bothy.keycloak.provisioning-client-id=bothy-recorded",
      "bothy.keycloak.provisioning-client-secret=secret-of-recorded"
    })
class RecordedDirectoriesInKeycloakTest extends RecordedDirectoriesTest {
  @LocalServerPort int server;
  private TestUsers users;

  @BeforeEach
  void keycloak() {
    users = new TestUsers(TestKeycloak.shared(server));
    users.allow(new WantedRealm.ProvisioningClient("bothy-recorded", "secret-of-recorded"));
  }

  @Override
  void alsoRequire(String step, JsonNode people) {
    for (Map.Entry<String, JsonNode> person : people.properties()) {
      // A realm that does not let user names be changed keeps the first one.
      String username = person.getKey().replace("lovelace_", "ada_");
      await(step + ": " + username)
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            Optional<TestUsers.User> user = users.find(username);
            assertThat(user.filter(TestUsers.User::enabled).isPresent())
                .isEqualTo(!person.getValue().isEmpty());
          });
    }
  }
}
