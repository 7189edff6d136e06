package dev.bothy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bothy.operator.testkit.Eventually;
import dev.bothy.operator.testkit.RealParts;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A customer's PostgreSQL, Keycloak and OpenBao: in a namespace that is not Bothy's, behind TLS by
/// an authority that only the customer knows, and set up with what the chart hands out for it.
final class OwnServices implements AutoCloseable {
  static final String APP_PASSWORD = "the-servers";
  static final String MIGRATE_PASSWORD = "the-migrations";
  static final String CLIENT_SECRET = "the-clients";
  static final String OWNER_PASSWORD = "the-owners";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path HANDED_OUT = Path.of("../charts/bothy/own-services");
  private static final Path VALUES = Path.of("../charts/bothy/values.yaml");
  private static final Duration START = Duration.ofMinutes(8);
  private static final Duration COMMAND = Duration.ofMinutes(1);
  private static final String ADMIN_PASSWORD = "the-administrators";

  final String namespace = "services-" + Node.unique();
  final Path folder = Files.createTempDirectory("bothy-own-services");
  final OwnVault vault;
  private final KubernetesClient client;

  OwnServices(KubernetesClient client) throws IOException {
    this.client = client;
    RealParts.require(
        Files.isExecutable(Path.of("/usr/bin/psql")),
        "an installation on services of the customer's own",
        "install postgresql-client");
    certificates();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("tls")
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(
                    Map.of(
                        "tls.crt", read("tls.crt"),
                        "tls.key", read("tls.key"),
                        "ca.crt", authority()))
                .build())
        .create();
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("realm")
                .withNamespace(namespace)
                .endMetadata()
                .withData(Map.of("company-realm.json", realm()))
                .build())
        .create();
    List<HasMetadata> resources = resources();
    HasMetadata keycloak = resources.removeLast();
    resources.forEach(this::create);
    awaitReady("postgresql");
    psql("create database keycloak");
    create(keycloak);
    Commands.run(
            COMMAND,
            postgres(
                List.of(
                    "APP_PASSWORD=" + APP_PASSWORD,
                    "MIGRATE_PASSWORD=" + MIGRATE_PASSWORD,
                    "sh",
                    HANDED_OUT.resolve("database.sh").toString())))
        .orFail();
    awaitReady("openbao");
    vault = new OwnVault(client, this);
    awaitReady("keycloak");
  }

  private void create(HasMetadata resource) {
    client.resource(resource).inNamespace(namespace).create();
  }

  String host(String service) {
    return service + "." + namespace + ".svc";
  }

  /// Address and port at which this machine reaches it.
  String reach(String service, int port) {
    return Node.reach(client, namespace, service, port);
  }

  /// The certificate of the customer's authority, in PEM.
  String authority() throws IOException {
    return read("ca.crt");
  }

  /// What the database's administrator sees, as text.
  String psql(String statement) {
    return psql("postgres", statement);
  }

  /// The same in Bothy's own database.
  String psqlInBothy(String statement) {
    return psql("bothy", statement);
  }

  private String psql(String database, String statement) {
    return Commands.run(
            COMMAND,
            postgres(List.of("psql", "-X", "-q", "-A", "-t", "-d", database, "-c", statement)))
        .orFail()
        .strip();
  }

  private List<String> postgres(List<String> command) {
    String[] reached = reach("postgresql", 5432).split(":");
    List<String> all =
        new ArrayList<>(
            List.of(
                "env",
                "PGHOST=" + host("postgresql"),
                "PGHOSTADDR=" + reached[0],
                "PGPORT=" + reached[1],
                "PGUSER=postgres",
                "PGPASSWORD=" + ADMIN_PASSWORD,
                "PGSSLMODE=verify-full",
                "PGSSLROOTCERT=" + folder.resolve("ca.crt")));
    all.addAll(command);
    return all;
  }

  /// An authority, and one certificate for all names of the services and of both public hosts.
  private void certificates() throws IOException {
    Files.writeString(
        folder.resolve("names"),
        "subjectAltName=DNS:%s,DNS:%s,DNS:%s,DNS:%s,DNS:%s\n"
            .formatted(
                host("postgresql"),
                host("keycloak"),
                host("openbao"),
                Release.PUBLIC_HOST,
                Release.LOGIN_HOST));
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj /CN=customer"
            + " -addext keyUsage=critical,keyCertSign -keyout ca.key -out ca.crt");
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj /CN=services"
            + " -keyout tls.key -out tls.csr");
    openssl(
        "x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names"
            + " -out tls.crt");
    openssl("pkcs12 -export -in tls.crt -inkey tls.key -passout pass:changeit -out tls.p12");
  }

  private void openssl(String arguments) {
    List<String> command = new ArrayList<>(List.of("env", "--chdir=" + folder, "openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Commands.run(COMMAND, command).orFail();
  }

  /// The customer's realm with the client that is handed out imported, and one person.
  private static String realm() throws IOException {
    ObjectNode handedOut =
        (ObjectNode)
            JSON.readTree(
                Files.readString(HANDED_OUT.resolve("keycloak-client.json"))
                    .replace("bothy.example.com", Release.PUBLIC_HOST));
    handedOut.put("secret", CLIENT_SECRET);
    ObjectNode realm = JSON.createObjectNode();
    realm.put("realm", "company").put("enabled", true).put("sslRequired", "all");
    realm.putArray("clients").add(handedOut);
    ArrayNode users = realm.putArray("users");
    ObjectNode owner = users.addObject();
    owner
        .put("username", "anna")
        .put("email", Release.OWNER)
        .put("emailVerified", true)
        .put("enabled", true)
        .put("firstName", "Anna")
        .put("lastName", "Keller");
    owner.putArray("credentials").addObject().put("type", "password").put("value", OWNER_PASSWORD);
    return realm.toString();
  }

  private List<HasMetadata> resources() throws IOException {
    JsonNode trial = Serialization.yamlMapper().readTree(VALUES.toFile()).path("trial");
    String yaml;
    try (InputStream file = OwnServices.class.getResourceAsStream("own-services.yaml")) {
      yaml = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
    for (Map.Entry<String, String> value :
        Map.of(
                "registry",
                Release.REGISTRY,
                "postgresql",
                trial.at("/postgresql/image/tag").asText(),
                "keycloak",
                trial.at("/keycloak/image/tag").asText(),
                "openbao",
                trial.at("/openbao/image/tag").asText(),
                "namespace",
                namespace,
                "login",
                Release.LOGIN_HOST,
                "password",
                ADMIN_PASSWORD)
            .entrySet()) {
      yaml = yaml.replace("${" + value.getKey() + "}", value.getValue());
    }
    return new ArrayList<>(
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items());
  }

  private void awaitReady(String pod) {
    Eventually.holds(
        START,
        () -> {
          Pod found = client.pods().inNamespace(namespace).withName(pod).get();
          if (!Readiness.isPodReady(found)) {
            throw new AssertionError(pod + " is not ready: " + found.getStatus());
          }
        });
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Override
  public void close() {
    vault.close();
    client.namespaces().withName(namespace).delete();
    Commands.run(COMMAND, List.of("rm", "-rf", folder.toString()));
  }
}
