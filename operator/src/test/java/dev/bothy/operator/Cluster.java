package dev.bothy.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bothy.chart.Chart;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothyStatus;
import dev.bothy.operator.testkit.ApiServer;
import dev.bothy.operator.testkit.ClockByHand;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A namespace of an API server with an operator in this process, which may there what the chart
/// lets it; what a cluster's controllers and kubelets do is done by the test, step by step.
final class Cluster implements AutoCloseable {
  static final String PASSED =
      "{\"checks\":[{\"name\":\"database\",\"result\":\"PASS\",\"message\":\"PostgreSQL 18.6\",\"fix\":\"\"}]}";

  /// The operator's: a Job that failed is not begun anew before the test has moved it.
  final ClockByHand clock = new ClockByHand();

  final KubernetesClient client;
  final String namespace;
  private final ApiServer api;
  private final Path token = Files.createTempFile("token", "");
  private BothyOperator operator;

  Cluster(ApiServer api) throws IOException {
    this.api = api;
    client = api.client();
    Definitions.apply(client);
    namespace = api.namespace();
    Files.writeString(token, "a ServiceAccount's token");
    // Pods are refused without it.
    for (String account : List.of("bothy-server", "bothy-drill")) {
      client
          .resource(
              new ServiceAccountBuilder()
                  .withNewMetadata()
                  .withName(account)
                  .withNamespace(namespace)
                  .endMetadata()
                  .build())
          .create();
    }
    // The Secrets that Examples name.
    allow(
        "own-services.yaml",
        Map.ofEntries(
            Map.entry("database.appPassword.name", "database"),
            Map.entry("database.migratePassword.name", "database"),
            Map.entry("signOn.clientSecret.name", "sign-on"),
            Map.entry("keys.localKey.name", "keys"),
            Map.entry("database.backupPassword.name", "database"),
            Map.entry("storage.kind", "S3"),
            Map.entry("storage.endpoint", "https://s3.example.com"),
            Map.entry("storage.bucket", "bothy-backups"),
            Map.entry("storage.region", "eu-central"),
            Map.entry("storage.accessKey.name", "storage"),
            Map.entry("storage.secretKey.name", "storage")));
    operator = operator("one");
    operator.run();
  }

  /// Gives the operator's ServiceAccount the rights that the chart gives it, and no others.
  ///
  /// @param example of the chart's
  void allow(String example, Map<String, Object> values) {
    for (JsonNode each : Chart.parse(Chart.text(Chart.EXAMPLES.resolve(example), values))) {
      boolean right =
          (each.path("kind").asText().equals("Role")
                  || each.path("kind").asText().equals("RoleBinding"))
              && each.at("/metadata/name").asText().equals("bothy-operator");
      if (right) {
        String manifest =
            each.toString()
                .replace("\"" + Chart.NAMESPACE + "\"", "\"" + namespace + "\"")
                // Several may be given side by side.
                .replace(
                    "\"kind\":\"Role\",\"name\":\"bothy-operator\"",
                    "\"kind\":\"Role\",\"name\":\"" + example + "\"")
                .replace(
                    "\"metadata\":{\"name\":\"bothy-operator\"",
                    "\"metadata\":{\"name\":\"" + example + "\"");
        client
            .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
            .inNamespace(namespace)
            .create();
      }
    }
  }

  /// As when its pod is replaced: the next one knows nothing.
  void replaceOperator() throws IOException {
    replaceOperator(() -> {});
  }

  /// The same, with something that happens while there is none.
  void replaceOperator(Runnable meanwhile) throws IOException {
    operator.close();
    meanwhile.run();
    operator = operator("next");
    operator.run();
  }

  BothyOperator operator(String pod) throws IOException {
    return new BothyOperator(
        new ConfigBuilder(api.config())
            .withImpersonateUsername("system:serviceaccount:" + namespace + ":bothy-operator")
            .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
            .build(),
        new BothyOperator.OperatorSettings(namespace, pod, 0, token),
        clock);
  }

  void secret(String name, Map<String, String> content) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(content)
                .build())
        .createOr(existing -> existing.update());
  }

  /// Those that [Examples#production] names.
  void secrets() {
    secret("database", Map.of("app", "one", "migrate", "two", "backup", "six"));
    secret("sign-on", Map.of("client-secret", "three"));
    secret("storage", Map.of("id", "four", "key", "five"));
    secret("keys", Map.of("local-key", Base64.getEncoder().encodeToString(new byte[32])));
  }

  Bothy create(Bothy bothy) {
    bothy.getMetadata().setNamespace(namespace);
    return client.resource(bothy).create();
  }

  Bothy bothy() {
    return Objects.requireNonNull(
        client.resources(Bothy.class).inNamespace(namespace).withName(Bothy.NAME).get());
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

  /// The Job of a purpose, once the operator has begun it.
  Job job(String component) {
    return Eventually.gives(
        Duration.ofSeconds(60),
        () ->
            client.batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
                .filter(job -> job.getMetadata().getName().startsWith("bothy-" + component + "-"))
                .filter(job -> job.getStatus() == null || job.getStatus().getConditions().isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + component + " Job runs")));
  }

  /// A pod of a Job, as a kubelet says how it is.
  Pod pod(Job job, PodStatus status) {
    String name = job.getMetadata().getName();
    return pod(
        name + "-" + System.nanoTime(),
        Map.of("batch.kubernetes.io/job-name", name),
        job.getSpec().getTemplate().getSpec(),
        status);
  }

  Pod pod(String name, Map<String, String> labels, PodSpec spec, PodStatus status) {
    Pod pod =
        client
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(namespace)
                    .withLabels(labels)
                    .endMetadata()
                    .withSpec(spec)
                    .build())
            .create();
    return client.resource(new PodBuilder(pod).withStatus(status).build()).patchStatus();
  }

  /// What a kubelet says while it cannot pull an image.
  static PodStatus cannotPull() {
    return new PodStatusBuilder()
        .addNewContainerStatus()
        .withName("bothy")
        .withImage("registry.example.com/bothy-server:1.2.3")
        .withImageID("")
        .withReady(false)
        .withRestartCount(0)
        .withNewState()
        .withNewWaiting("not found", "ImagePullBackOff")
        .endState()
        .endContainerStatus()
        .build();
  }

  /// Ends a Job as the job controller and a kubelet do.
  void end(Job job, boolean well, String report) {
    end(job, well ? 0 : 1, report);
  }

  /// The same with any exit code.
  void end(Job job, int code, String report) {
    boolean well = code == 0;
    pod(
        job,
        new PodStatusBuilder()
            .withPhase(well ? "Succeeded" : "Failed")
            .addNewContainerStatus()
            .withName("bothy")
            .withImage("x")
            .withImageID("x")
            .withReady(false)
            .withRestartCount(0)
            .withNewState()
            .withNewTerminated()
            .withExitCode(code)
            .withMessage(report)
            .endTerminated()
            .endState()
            .endContainerStatus()
            .build());
    ended(job, well, null, null);
  }

  /// Ends a Job as the job controller does after its deadline: its pods go.
  void overdue(Job job) {
    client
        .pods()
        .inNamespace(namespace)
        .withLabel("batch.kubernetes.io/job-name", job.getMetadata().getName())
        .withGracePeriod(0)
        .delete();
    ended(job, false, "DeadlineExceeded", "Job was active longer than specified deadline");
  }

  /// Takes a Job and its pods away, as somebody may.
  void take(Job job) {
    client.resource(job).withGracePeriod(0).delete();
    client
        .pods()
        .inNamespace(namespace)
        .withLabel("batch.kubernetes.io/job-name", job.getMetadata().getName())
        .withGracePeriod(0)
        .delete();
  }

  private void ended(Job job, boolean well, @Nullable String reason, @Nullable String message) {
    String now = clock.instant().toString();
    client
        .resource(
            new JobBuilder(job)
                .withNewStatus()
                .withStartTime(now)
                .withCompletionTime(well ? now : null)
                .withSucceeded(well ? 1 : null)
                .withFailed(well ? null : 1)
                .addNewCondition()
                .withType(well ? "SuccessCriteriaMet" : "FailureTarget")
                .withStatus("True")
                .withLastTransitionTime(now)
                .endCondition()
                .addNewCondition()
                .withType(well ? "Complete" : "Failed")
                .withStatus("True")
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(now)
                .endCondition()
                .endStatus()
                .build())
        .patchStatus();
  }

  Deployment deployment() {
    return Eventually.gives(
        Duration.ofSeconds(60),
        () ->
            Objects.requireNonNull(
                client.apps().deployments().inNamespace(namespace).withName("bothy").get(),
                "no Deployment yet"));
  }

  /// All replicas are up, as the deployment controller says it.
  void serve() {
    Deployment found = deployment();
    int replicas = found.getSpec().getReplicas();
    client
        .resource(
            new DeploymentBuilder(found)
                .withNewStatus()
                .withObservedGeneration(found.getMetadata().getGeneration())
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(replicas)
                .withAvailableReplicas(replicas)
                .endStatus()
                .build())
        .patchStatus();
  }

  /// The whole way to an installation that serves.
  void install(Bothy bothy) {
    secrets();
    create(bothy);
    end(job("preflight"), true, PASSED);
    end(job("migrate"), true, "");
    deployment();
    serve();
    Eventually.holds(() -> assertReady());
  }

  /// How often the operator has looked, errors included.
  double reconciliations() {
    return operator.metrics().reconciliations();
  }

  /// What the operator says of itself.
  double metric(String name) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.port() + "/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void assertReady() {
    if (status().phase() != BothyStatus.Phase.Ready) {
      throw new AssertionError("not ready: " + status());
    }
  }

  @Override
  public void close() throws IOException {
    operator.close();
    client.close();
    Files.delete(token);
  }
}
