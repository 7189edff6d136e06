package dev.bothy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is handed to the keepers of PostgreSQL, Keycloak and Vault, and what a trial makes instead.
class OwnServicesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Chart.FOLDER.resolve("own-services");

  @Test
  void theDatabasesRolesAreThoseOfTheServer() {
    assertThat(Chart.read(FOLDER.resolve("roles.sql")))
        .as("a copy, since the chart goes where the server's sources do not")
        .isEqualTo(Chart.read(Path.of("../server/src/main/resources/db/roles.sql")));
  }

  @Test
  void theTrialsRealmHoldsNoClientSinceTheRealmStepMakesIt() throws IOException {
    assertThat(realm("trial.yaml").has("clients")).isFalse();
    assertThat(JSON.readTree(Chart.read(FOLDER.resolve("keycloak-client.json"))).has("secret"))
        .as("Keycloak makes one")
        .isFalse();
  }

  @Test
  void theTrialsRealmKnowsTheFirstOwner() throws IOException {
    JsonNode realm = realm("trial-port-forward.yaml");
    assertThat(realm.at("/users/0/username").asText()).isEqualTo("anna");
    assertThat(realm.at("/users/0/email").asText()).isEqualTo("anna@trial.invalid");
    assertThat(realm.at("/users/0/groups/0").asText()).isEqualTo("/bothy-owners");
  }

  @Test
  void theTrialsRealmHoldsPlaceholdersWhereSecretsGo() throws IOException {
    JsonNode realm = realm("trial.yaml");
    assertThat(realm.at("/users/0/credentials/0/value").asText())
        .isEqualTo("${BOTHY_OWNER_PASSWORD}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"own-services/database.sh", "own-services/vault.sh", "files/trial/postgresql.sh"})
  void everyScriptIsOneThatAnyShellReads(String script) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-n", Chart.FOLDER.resolve(script).toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"database.sh", "vault.sh"})
  void everyScriptForPeopleExplainsItself(String script) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", FOLDER.resolve(script).toString(), "--help")
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    assertThat(output).startsWith("Usage: ");
  }

  private static JsonNode realm(String example) throws IOException {
    Manifest map =
        Chart.manifests(Chart.EXAMPLES.resolve(example)).stream()
            .filter(each ->
                each.kind().equals("ConfigMap") && each.name().equals("bothy-trial-keycloak"))
            .findFirst()
            .orElseThrow();
    return JSON.readTree(map.at("/data").path("realm.json").asText());
  }
}
