package dev.bothy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bothy.operator.testkit.RealParts;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The OpenBao of [OwnServices], as its keeper has it: opened by hand, with the Kubernetes sign-in
/// set up for the cluster, and nothing of Bothy's until what the chart hands out is run.
final class OwnVault implements AutoCloseable {
  private static final Duration COMMAND = Duration.ofMinutes(1);
  private static final String SERVICE = "openbao";
  private static final String DATABASE_ADMIN_PASSWORD = "the-vaults";
  private static final Path HANDED_OUT = Path.of("../charts/bothy/own-services/vault.sh");

  private final KubernetesClient client;
  private final OwnServices services;
  private final Path folder;
  private final ClusterRoleBinding reviewer;
  private String token = "";

  /// @param services whose OpenBao is up
  OwnVault(KubernetesClient client, OwnServices services) throws IOException {
    this.client = client;
    this.services = services;
    folder = Files.createDirectory(services.folder.resolve("vault"));
    Files.createSymbolicLink(folder.resolve("bao"), Path.of(program()));
    reviewer =
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName(SERVICE + "-" + services.namespace)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "system:auth-delegator")
            .addNewSubject()
            .withKind("ServiceAccount")
            .withName(SERVICE)
            .withNamespace(services.namespace)
            .endSubject()
            .build();
    client.resource(reviewer).create();
    open();
    bao("auth", "enable", "kubernetes");
    bao("write", "auth/kubernetes/config", "kubernetes_host=https://kubernetes.default.svc:443");
  }

  /// OpenBao's own command line.
  private static String program() {
    Commands.Result found =
        Commands.run(Duration.ofMinutes(5), List.of("../scripts/vaults", SERVICE));
    RealParts.require(
        found.code() == 0,
        "keys in a Vault of the customer's own, on a cluster",
        "see what scripts/vaults openbao lacks: " + found.output().strip());
    return found.output().lines().toList().getLast();
  }

  private void open() throws IOException {
    String said = bao("operator", "init", "-key-shares=1", "-key-threshold=1", "-format=json");
    JsonNode keys = new ObjectMapper().readTree(said.substring(said.indexOf('{')));
    bao("operator", "unseal", keys.at("/unseal_keys_b64/0").asText());
    token = keys.path("root_token").asText();
  }

  /// As servers reach it.
  String address() {
    return "https://" + services.host(SERVICE) + ":8200";
  }

  /// What is handed out for whoever keeps Vault.
  ///
  /// @param settings more of its settings, each `NAME=value`
  void setUpFor(String namespace, String... settings) {
    List<String> command = new ArrayList<>(List.of(settings));
    command.addAll(List.of("NAMESPACE=" + namespace, "sh", HANDED_OUT.toString()));
    run(command);
  }

  /// The database engine gives out users of its own, as `docs/how-to/database-login-from-vault.md`
  /// has it.
  ///
  /// @return where they are read
  String giveDatabaseLogins() {
    services.psql("create role vault_admin login createrole");
    services.psql("grant bothy_app to vault_admin with admin option");
    services.psql("alter role vault_admin password '" + DATABASE_ADMIN_PASSWORD + "'");
    try {
      Files.writeString(
          folder.resolve("creation.sql"),
          """
          create role "{{name}}" login password '{{password}}' valid until '{{expiration}}' in role bothy_app;
          alter role "{{name}}" set search_path = bothy;
          """);
      Files.writeString(folder.resolve("revocation.sql"), "drop role if exists \"{{name}}\";\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bao("secrets", "enable", "database");
    bao(
        "write",
        "database/config/bothy",
        "plugin_name=postgresql-database-plugin",
        "allowed_roles=bothy-app",
        "connection_url=postgresql://{{username}}:{{password}}@%s:5432/bothy?sslmode=verify-full&sslrootcert=/tls/ca.crt"
            .formatted(services.host("postgresql")),
        "username=vault_admin",
        "password=" + DATABASE_ADMIN_PASSWORD);
    bao("write", "-force", "database/rotate-root/bothy");
    bao(
        "write",
        "database/roles/bothy-app",
        "db_name=bothy",
        "default_ttl=1h",
        "max_ttl=24h",
        "creation_statements=@" + folder.resolve("creation.sql"),
        "revocation_statements=@" + folder.resolve("revocation.sql"));
    return "database/creds/bothy-app";
  }

  /// Runs OpenBao's command line as its keeper.
  String bao(String... arguments) {
    List<String> command = new ArrayList<>(List.of("bao"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /// By the names that HashiCorp's has for its settings, which OpenBao's takes too.
  private String run(List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "env",
                "PATH=" + folder + ":" + System.getenv("PATH"),
                "VAULT_ADDR=https://" + services.reach(SERVICE, 8200),
                "VAULT_TLS_SERVER_NAME=" + services.host(SERVICE),
                "VAULT_CACERT=" + services.folder.resolve("ca.crt"),
                "VAULT_TOKEN=" + token));
    all.addAll(command);
    return Commands.run(COMMAND, all).orFail();
  }

  @Override
  public void close() {
    client.resource(reviewer).delete();
  }
}
