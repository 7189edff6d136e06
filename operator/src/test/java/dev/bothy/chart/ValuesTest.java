package dev.bothy.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wrong values: refused before anything reaches the cluster, with the value's name.
class ValuesTest {
  private static final Path TRIAL = Chart.EXAMPLES.resolve("trial.yaml");
  private static final Path OWN = Chart.EXAMPLES.resolve("own-services.yaml");

  @ParameterizedTest(name = "{0}={1}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "EMPTY",
      textBlock =
          """
          # value                             | given                          | named in the message     | why
          firstOwnr                           | anna                           | firstOwnr                | unknown
          image.registy                       | example.com                    | registy                  | unknown, inside
          database.password                   | secret                         | password                 | unknown: a password is no value
          image.registry                      | EMPTY                          | image.registry           | missing
          publicAddress                       | EMPTY                          | publicAddress            | missing
          firstOwner                          | EMPTY                          | firstOwner               | missing
          region                              | EMPTY                          | region                   | missing
          signOn.issuer                       | EMPTY                          | signOn.issuer            | missing
          database.host                       | EMPTY                          | database.host            | missing
          database.appPassword.name           | EMPTY                          | database.appPassword     | missing
          database.vaultPath                  | database/creds/bothy-app       | database.appPassword     | given twice
          database.vaultPath                  | database/creds/bothy-app       | keys.provider            | of no use with a local file
          database.vaultPath                  | /database/creds                | database/vaultPath       | slashes around it
          database.migratePassword.name       | EMPTY                          | database.migratePassword | missing
          keys.localKey.name                  | EMPTY                          | keys.localKey            | missing
          replicas                            | two                            | replicas                 | a word
          replicas                            | 0                              | replicas                 | too few
          database.port                       | 70000                          | port                     | no port
          hsts.enabled                        | maybe                          | hsts/enabled             | neither true nor false
          publicAddress                       | http://bothy.example.com       | publicAddress            | plain http in production
          publicAddress                       | bothy.example.com              | publicAddress            | no scheme
          publicAddress                       | https://bothy.example.com/chat | publicAddress            | a path
          signOn.issuer                       | http://login.example.com/r/b   | signOn/issuer            | plain http
          signOn.issuer                       | https://login.example.com/r/b/ | signOn/issuer            | ends with a slash
          database.tls                        | Disable                        | database/tls             | unencrypted in production
          database.host                       | jdbc:postgresql://db/bothy     | database/host            | an address for a host
          vault.address                       | http://vault.example.com:8200  | vault/address            | plain http in production
          vault.address                       | https://vault.example.com:8200 | keys.provider            | of no use with a local file
          keys.provider                       | Vault                          | vault.address            | missing
          keys.provider                       | Vault                          | keys.localKey.name       | of no use with Vault
          keys.provider                       | Transit                        | keys/provider            | unknown word
          keys.otherProvider                  | LocalFile                      | keys.otherProvider       | no other one
          keys.otherProvider                  | Vault                          | vault.address            | missing
          keys.otherProvider                  | Transit                        | keys/otherProvider       | unknown word
          keys.transitPath                    | /transit/                      | keys/transitPath         | slashes around it
          vault.role                          | EMPTY                          | vault/role               | missing
          proxy.address                       | https://proxy.example.com      | proxy/address            | TLS to the proxy
          mail.host                           | relay.example.com:587          | mail/host                | a port in it
          mail.host                           | relay.example.com              | mail.from                | missing
          mail.from                           | bothy@example.com              | mail.host                | missing
          mail.from                           | Bothy                          | mail/from                | no address
          mail.security                       | None                           | mail/security            | unknown word
          storage.kind                        | Tape                           | storage/kind             | unknown word
          storage.kind                        | S3                             | storage.endpoint         | missing
          storage.kind                        | S3                             | storage.bucket           | missing
          storage.kind                        | S3                             | storage.region           | missing
          storage.kind                        | S3                             | storage.accessKey.name   | missing
          storage.kind                        | S3                             | storage.secretKey.name   | missing
          storage.kind                        | S3                             | database.backupPassword.name | missing
          storage.kind                        | Folder                         | storage.existingClaim    | missing
          storage.bucket                      | company-backups                | storage.kind             | a bucket without a kind
          storage.existingClaim               | bothy-backups                  | storage.kind             | a claim without a kind
          storage.objectLock.days             | 7                              | storage.objectLock.days  | a lock without a bucket
          storage.endpoint                    | http://s3.example.com          | must begin with https:// | plain http in production
          storage.endpoint                    | https://s3.example.com/bucket  | storage/endpoint         | a path
          storage.prefix                      | /bothy/                        | storage/prefix           | slashes around it
          backup.schedule.cron                | daily                          | schedule/cron            | no five fields
          backup.keep.daily                   | 0                              | keep/daily               | none at all
          trustedProxies[0]                   | 10.0.0.1                       | trustedProxies           | no range
          trustedProxies[0]                   | 10.0.0.0/40                    | trustedProxies           | no range
          networkPolicy.egress[0].cidr        | 10.0.0.0/8                     | ports                    | no ports
          image.registry                      | https://registry.example.com   | image/registry           | an address for a registry
          image.server.digest                 | sha256:123                     | digest                   | too short
          image.pullPolicy                    | Sometimes                      | pullPolicy               | unknown word
          workspace.slug                      | Main Team                      | slug                     | a space
          region                              | EU                             | region                   | capitals
          pod.resources.requests.memory       | plenty                         | memory                   | no quantity
          settings.spring\\.main\\.banner     | off                            | spring.main.banner       | not one of bothy's
          trial.keycloak.publicAddress        | https://login.example.com      | trial.keycloak           | of a trial, without one
          autoscaling.minReplicas             | 9                              | minReplicas              | more than the most
          """)
  void inProduction(String value, String given, String named, String why) {
    Map<String, Object> more = new HashMap<>();
    more.put(value, given == null ? "" : given);
    if (value.startsWith("autoscaling")) {
      more.put("autoscaling.enabled", "true");
    }
    assertThat(refusal(OWN, more)).as(why).contains(named);
  }

  @ParameterizedTest(name = "{0}={1}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "EMPTY",
      textBlock =
          """
          trial.keycloak.publicAddress  | EMPTY                     | trial.keycloak.publicAddress | missing
          trial.keycloak.publicAddress  | https://bothy.example.com | trial.keycloak.publicAddress | the same as Bothy's
          database.host                 | db.example.com            | database.host                | a service of one's own in a trial
          vault.address                 | https://vault.example.com | vault.address                | a service of one's own in a trial
          vault.namespace               | team                      | vault.namespace              | a service of one's own in a trial
          keys.localKey.name            | bothy-key                 | keys.localKey.name           | a service of one's own in a trial
          database.backupPassword.name  | bothy-database            | database.backupPassword.name | a service of one's own in a trial
          signOn.issuer                 | https://login/realms/x    | signOn.issuer                | a service of one's own in a trial
          trial.securityContext.runAsUser | 0                       | runAsUser                    | root
          trial.postgresql.storage.size | big                       | storage/size                 | no quantity
          trial.postgres.enabled        | true                      | postgres                     | unknown
          firstOwner                    | ${x}                      | firstOwner                   | a placeholder
          """)
  void inATrial(String value, String given, String named, String why) {
    assertThat(refusal(TRIAL, Map.of(value, given == null ? "" : given))).as(why).contains(named);
  }

  @Test
  void everythingThatIsMissingIsSaidAtOnceInWords() {
    String refusal =
        refusal(OWN, Map.of("publicAddress", "", "region", "", "keys.localKey.name", ""));
    assertThat(refusal)
        .contains(
            "publicAddress is missing: where browsers reach Bothy",
            "region is missing: where this installation runs",
            "keys.localKey.name is missing: the Secret with the key");
  }

  @Test
  void aStoreInARegionThatIsNotAllowedIsRefused() {
    Map<String, Object> store =
        Map.of(
            "storage.kind", "S3",
            "storage.endpoint", "https://s3.example.com",
            "storage.bucket", "company-backups",
            "storage.accessKey.name", "store",
            "storage.secretKey.name", "store",
            "database.backupPassword.name", "database",
            "storage.region", "us");
    assertThat(refusal(OWN, store)).contains("storage.region is us");
    Map<String, Object> allowed = new HashMap<>(store);
    allowed.put("allowedRegions[0]", "us");
    assertThat(Chart.text(OWN, allowed)).contains("kind: BackupSchedule");
  }

  @Test
  void plainHttpIsAllowedInATrial() {
    assertThat(Chart.manifests(Chart.EXAMPLES.resolve("trial-port-forward.yaml"))).isNotEmpty();
  }

  @Test
  void theSchemaKnowsEveryValueAndNoOther() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Chart.read(Chart.FOLDER.resolve("values.schema.json")));
    JsonNode values = Chart.parseFile(Chart.FOLDER.resolve("values.yaml"));
    compare("", values, schema, schema.path("definitions"));
  }

  private static void compare(String path, JsonNode values, JsonNode schema, JsonNode definitions) {
    JsonNode resolved =
        schema.has("$ref")
            ? definitions.path(schema.path("$ref").asText().replace("#/definitions/", ""))
            : schema;
    if (!values.isObject() || !resolved.has("properties")) {
      return;
    }
    assertThat(
            resolved.path("additionalProperties").isBoolean()
                && !resolved.path("additionalProperties").asBoolean())
        .as("%s takes no unknown keys", path)
        .isTrue();
    List<String> known = new ArrayList<>(names(resolved.path("properties")));
    // Helm passes it to every chart.
    known.remove("global");
    if (!known.equals(List.of("requests", "limits"))
        && !known.contains("runAsUser")
        && !known.contains("ephemeral-storage")) {
      assertThat(known).as(path).containsExactlyInAnyOrderElementsOf(names(values));
    }
    values
        .properties()
        .forEach(each ->
            compare(
                path + "/" + each.getKey(),
                each.getValue(),
                resolved.path("properties").path(each.getKey()),
                definitions));
  }

  private static List<String> names(JsonNode object) {
    return object.propertyStream().map(Map.Entry::getKey).toList();
  }

  private static String refusal(Path example, Map<String, Object> more) {
    Throwable refused = catchThrowable(() -> Chart.text(example, more));
    assertThat(refused).as("%s", more).isNotNull();
    return String.valueOf(refused.getMessage());
  }
}
