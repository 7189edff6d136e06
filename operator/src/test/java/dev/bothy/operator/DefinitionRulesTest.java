package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.testkit.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the API server lets in, and what it says of the rest.
@Tag("real")
class DefinitionRulesTest {
  private static KubernetesClient client;
  private static String namespace;

  @BeforeAll
  static void start() throws IOException {
    client = ApiServer.shared().client();
    Definitions.apply(client);
    namespace = ApiServer.shared().namespace();
  }

  @AfterAll
  static void end() {
    if (client != null) {
      client.close();
    }
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: bothy                               | name: second                     | a namespace has one installation
          mode: Production                          | mode: Demo                       | spec.mode
          publicAddress: https://bothy.example.com  | publicAddress: http://b.example.com | in Production the public address must begin with https://
          publicAddress: https://bothy.example.com  | publicAddress: https://b.example.com/path | spec.publicAddress
          issuer: https://login.example.com/realms/bothy | issuer: http://login.example.com/realms/bothy | in Production the issuer must begin with https://
          issuer: https://login.example.com/realms/bothy | issuer: https://login.example.com/realms/bothy/ | spec.signOn.issuer
          host: db.example.com                      | host: "db.example.com/x"         | spec.database.host
          host: db.example.com                      | tls: Disable                     | spec.database.host
          region: eu-central                        | region: EU                       | spec.region
          region: eu-central                        | regionn: eu-central              | spec.region
          replicas: 2                               | replicas: 0                      | spec.replicas
          replicas: 2                               | replicas: two                    | spec.replicas
          replicas: 2                               | trial: {}                        | trial must be given when mode is Trial
          replicas: 2                               | settings: {server.port: "1"}     | settings may only name the server's own
          replicas: 2                               | trustedProxies: [everybody]      | spec.trustedProxies
          localKey: {name: keys, key: local-key}    | transitPath: transit             | localKey must be given when provider is LocalFile
          localKey: {name: keys, key: local-key}    | {localKey: {name: keys, key: local-key}, transitPath: transit} | transitPath is for the provider Vault alone
          localKey: {name: keys, key: local-key}    | provider: Vault                  | vault must be given when keys.provider or
          localKey: {name: keys, key: local-key}    | {provider: Vault, localKey: {name: keys, key: local-key}} | localKey must be left out when provider is Vault
          localKey: {name: keys, key: local-key}    | {localKey: {name: keys, key: local-key}, otherProvider: LocalFile} | otherProvider must be another one than provider
          localKey: {name: keys, key: local-key}    | {localKey: {name: keys, key: local-key}, otherProvider: Vault} | vault must be given when keys.provider or keys.otherProvider is Vault
          localKey: {name: keys, key: local-key}    | {provider: Vault, otherProvider: LocalFile} | given while otherProvider is LocalFile
          localKey: {name: keys, key: local-key}    | provider: Transit                | spec.keys.provider
          localKey: {name: keys, key: local-key}    | {provider: Vault, transitPath: /transit/} | spec.keys.transitPath
          replicas: 2                               | vault: {address: "https://vault:8200"} | vault must be given when keys.provider or keys.otherProvider is Vault, and only then
          replicas: 2                               | vault: {address: "http://vault:8200"} | in Production Vault's address must begin with https://
          replicas: 2                               | vault: {address: "https://vault:8200/v1"} | spec.vault.address
          replicas: 2                               | vault: {address: "https://vault:8200", role: "a/b"} | spec.vault.role
          appPassword: {name: database, key: app}   | vaultPath: database/creds/bothy-app | vaultPath needs the Vault of keys.provider
          appPassword: {name: database, key: app}   | port: 5432                       | one of appPassword and vaultPath must be given
          version: 1.2.3                            | version: latest                  | spec.version
          replicas: 2                               | storage: {kind: Folder, volumeClaim: backups} | backupPassword must be given with storage
          replicas: 2                               | storage: {kind: Folder}          | with kind Folder, volumeClaim must be given
          replicas: 2                               | storage: {kind: Folder, volumeClaim: backups, bucket: backups} | all but volumeClaim and fsGroup is for kind S3
          replicas: 2                               | storage: {kind: S3, endpoint: "https://s3.example.com", bucket: backups} | with kind S3, endpoint, bucket, region, accessKey and secretKey must be given
          replicas: 2                               | storage: {kind: S3, endpoint: "http://s3.example.com", bucket: backups} | in Production the store's endpoint must begin with https://
          replicas: 2                               | storage: {kind: S3, volumeClaim: backups} | volumeClaim and fsGroup are for kind Folder alone
          replicas: 2                               | storage: {kind: S3, objectLockMode: Compliance} | objectLockMode needs objectLockDays
          replicas: 2                               | storage: {kind: Tape}            | spec.storage.kind
          replicas: 2                               | backup: {keep: {daily: 0}}       | spec.backup.keep.daily
          """)
  void isRefusedWithTheFieldAndWhatIsAllowed(String line, String instead, String says) {
    String yaml = Examples.yaml().replace(line, instead);
    assertThat(yaml).isNotEqualTo(Examples.yaml());
    assertThatThrownBy(() -> client.load(stream(yaml)).inNamespace(namespace).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getMessage()).contains(says));
  }

  @Test
  void anUnencryptedDatabaseIsRefusedInProduction() {
    assertThatThrownBy(() ->
            client
                .resource(
                    Examples.with("host: db.example.com", "host: db.example.com\n    tls: Disable"))
                .inNamespace(namespace)
                .create())
        .hasMessageContaining("in Production the database must be reached by TLS");
  }

  @Test
  void whatWasLeftOutHasItsDefault() {
    Bothy made = client.resource(Examples.production()).inNamespace(namespace).create();
    assertThat(made.getSpec().database().port()).isEqualTo(5432);
    assertThat(made.getSpec().signOn().clientId()).isEqualTo("bothy");
    assertThat(made.getSpec().serviceAccountName()).isEqualTo("bothy-server");
  }

  private static java.io.InputStream stream(String yaml) {
    return new java.io.ByteArrayInputStream(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
