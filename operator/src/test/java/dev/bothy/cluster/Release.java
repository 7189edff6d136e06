package dev.bothy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothyStatus;
import dev.bothy.operator.testkit.Eventually;
import dev.bothy.operator.vault.DrivenVault;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A release of the chart in a namespace of its own, which Pod Security restricts.
final class Release {
  static final String PUBLIC_HOST = "bothy.test";
  static final String LOGIN_HOST = "login.test";
  static final String OWNER = "anna@example.com";

  /// Where the cluster pulls this checkout's images from.
  static final String REGISTRY =
      System.getenv().getOrDefault("BOTHY_TEST_REGISTRY", "localhost/bothy");

  private static final Duration READY = Duration.ofMinutes(10);

  /// A Helm that was built from its sources takes the cluster for a very old one when it only
  /// renders.
  private static final String KUBERNETES = "--kube-version=1.35.0";

  private static final Path CHART = Path.of("../charts/bothy");

  /// The five values that a trial asks for, and nothing else.
  private static final String TRIAL =
      """
      image: {registry: %s}
      publicAddress: http://%s
      firstOwner: %s
      trial:
        enabled: true
        keycloak: {publicAddress: "http://%s:8080"}
      """
          .formatted(REGISTRY, PUBLIC_HOST, OWNER, LOGIN_HOST);

  final KubernetesClient client;
  final String namespace;
  private final Path values;
  private final List<Path> files = new ArrayList<>();

  static Release trial(KubernetesClient client) {
    return new Release(client, "bothy-" + Node.unique(), TRIAL);
  }

  /// @param content the values, as YAML
  Release(KubernetesClient client, String namespace, String content) {
    this.client = client;
    this.namespace = namespace;
    try {
      values = Files.createTempFile("bothy-values", ".yaml");
      values.toFile().deleteOnExit();
      Files.writeString(values, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.add(values);
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
  }

  /// Helm of a major version, in this namespace.
  Commands.Result helm(int major, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Node.program("helm" + major));
    command.add("--kubeconfig=" + Node.kubeconfig());
    command.add("--namespace=" + namespace);
    command.addAll(List.of(arguments));
    return Commands.run(Duration.ofMinutes(5), command);
  }

  /// In this namespace.
  Commands.Result kubectl(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Node.program("kubectl"));
    command.add("--kubeconfig=" + Node.kubeconfig());
    command.add("--namespace=" + namespace);
    command.addAll(List.of(arguments));
    return Commands.run(Duration.ofMinutes(1), command);
  }

  void install(int helm) {
    helm(helm, "install", "bothy", CHART.toString(), "-f", values.toString()).orFail();
  }

  /// With more values, given as YAML, which upgrades keep.
  void install(int helm, String more) {
    List<String> arguments =
        new ArrayList<>(List.of("install", "bothy", CHART.toString(), "-f", values.toString()));
    arguments.addAll(List.of("-f", kept(more).toString()));
    helm(helm, arguments.toArray(String[]::new)).orFail();
  }

  /// An upgrade with more values, given as YAML, which later upgrades keep.
  void settle(String more) {
    kept(more);
    upgrade("{}");
  }

  private Path kept(String more) {
    try {
      Path file = Files.createTempFile("bothy-settled", ".yaml");
      file.toFile().deleteOnExit();
      Files.writeString(file, more);
      files.add(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An upgrade with more values, given as YAML, which the next one does not have.
  void upgrade(String more) {
    try {
      Path file = Files.createTempFile("bothy-more", ".yaml");
      Files.writeString(file, more);
      List<String> arguments = new ArrayList<>(List.of("upgrade", "bothy", CHART.toString()));
      for (Path each : files) {
        arguments.addAll(List.of("-f", each.toString()));
      }
      arguments.addAll(List.of("-f", file.toString()));
      helm(3, arguments.toArray(String[]::new)).orFail();
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the chart renders for a template of it.
  String template(String file, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "template",
                "bothy",
                CHART.toString(),
                KUBERNETES,
                "-f",
                values.toString(),
                "-s",
                file));
    arguments.addAll(List.of(more));
    return helm(3, arguments.toArray(String[]::new)).orFail();
  }

  static List<Path> examples() {
    try (Stream<Path> files = Files.list(CHART.resolve("examples"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the API server says against what the chart renders for an example, hooks included;
  /// nothing is changed. Kinds of the Prometheus operator are left out: their definitions are not
  /// here.
  String dryRun(Path example) {
    try {
      String rendered =
          helm(3, "template", "bothy", CHART.toString(), KUBERNETES, "-f", example.toString())
              .orFail();
      String ours =
          Stream.of(rendered.split("(?m)^---$"))
              .filter(manifest -> !manifest.contains("apiVersion: monitoring.coreos.com"))
              .collect(Collectors.joining("---\n"));
      Path file = Files.createTempFile("bothy-example", ".yaml");
      Files.writeString(file, ours);
      Commands.Result result = kubectl("create", "--dry-run=server", "--filename=" + file);
      Files.delete(file);
      return complaints(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is left of kubectl's answer without what is well; that the release's own things exist
  /// already is.
  static String complaints(Commands.Result result) {
    List<String> said = result.output().lines().filter(line -> !line.isBlank()).toList();
    List<String> bad =
        said.stream()
            .filter(line -> !line.endsWith("(server dry run)"))
            .filter(line -> !line.startsWith("Warning: "))
            .filter(line -> !isThere(line))
            .toList();
    boolean unexplained =
        result.code() != 0 && bad.isEmpty() && said.stream().noneMatch(Release::isThere);
    return unexplained
        ? "ended with %d: %s".formatted(result.code(), result.output())
        : String.join("\n", bad);
  }

  private static boolean isThere(String line) {
    return line.contains("(AlreadyExists)");
  }

  Bothy bothy() {
    return Objects.requireNonNull(
        client.resources(Bothy.class).inNamespace(namespace).withName(Bothy.NAME).get());
  }

  /// Changes the resource itself, past Helm: nothing but the servers is rolled for it.
  ///
  /// @param spec a JSON merge patch
  void patch(String spec) {
    client
        .resources(Bothy.class)
        .inNamespace(namespace)
        .withName(Bothy.NAME)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec + "}");
  }

  BothyStatus status() {
    return Objects.requireNonNull(bothy().getStatus(), "no status yet");
  }

  Condition condition(String type) {
    return status().conditions().stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst()
        .orElseThrow();
  }

  /// Waits until what was asked for last serves.
  void awaitReady() {
    Eventually.holds(
        READY,
        () -> {
          Bothy found = bothy();
          BothyStatus status = Objects.requireNonNull(found.getStatus(), "no status yet");
          if (status.phase() != BothyStatus.Phase.Ready
              || !found.getMetadata().getGeneration().equals(status.observedGeneration())) {
            throw new AssertionError("not ready: " + status);
          }
        });
  }

  /// Waits until so many servers are up, whatever the status says.
  void awaitServers(int count) {
    Eventually.holds(
        READY,
        () -> {
          Integer available =
              client
                  .apps()
                  .deployments()
                  .inNamespace(namespace)
                  .withName("bothy")
                  .get()
                  .getStatus()
                  .getAvailableReplicas();
          if (available == null || available != count) {
            throw new AssertionError("available servers: " + available);
          }
        });
  }

  List<Pod> pods(String component) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/component", component)
        .list()
        .getItems();
  }

  /// Address and port at which this machine reaches a Service's port.
  String reach(String service, int port) {
    return Node.reach(client, namespace, service, port);
  }

  /// A token of the servers' ServiceAccount, as the kubelet puts one into their pods.
  String serverToken() {
    return client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName("bothy-server")
        .tokenRequest()
        .getStatus()
        .getToken();
  }

  /// What lies at a path of the trial's OpenBao, as the servers may see it.
  Optional<JsonNode> openBao(String path) {
    try (DrivenVault vault = new DrivenVault("http://" + reach("bothy-trial-openbao", 8200))) {
      vault.login("bothy-server", serverToken());
      return vault.read(path);
    }
  }

  String secret(String key) {
    String value =
        client.secrets().inNamespace(namespace).withName("bothy-trial").get().getData().get(key);
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }
}
