package dev.bothy.operator;

import dev.bothy.operator.backup.BackupReconciler;
import dev.bothy.operator.backup.ScheduleReconciler;
import dev.bothy.operator.events.EventLog;
import dev.bothy.operator.installation.InstallationReconciler;
import dev.bothy.operator.installation.TrialServices;
import dev.bothy.operator.leader.Fence;
import dev.bothy.operator.leader.Leadership;
import dev.bothy.operator.operation.BackupMetrics;
import dev.bothy.operator.operation.DrillMetrics;
import dev.bothy.operator.operation.Endpoints;
import dev.bothy.operator.operation.OperatorMetrics;
import dev.bothy.operator.restore.DrillReconciler;
import dev.bothy.operator.restore.RestoreReconciler;
import dev.bothy.operator.restore.RestoreStandstill;
import dev.bothy.operator.restore.ServersHold;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The operator of one namespace. A second one stands by; which of them acts, [Leadership] decides,
/// and [Fence] sees to it.
///
/// It keeps running while the API server is away, and goes on when that is back.
public final class BothyOperator implements AutoCloseable {
  private static final String APPLY_DEFINITIONS = "apply-crds";
  private static final int WRONG_USE = 2;

  private final OperatorSettings settings;
  private final KubernetesClient leaseClient;
  private final KubernetesClient client;
  private final Leadership leadership;
  private final Endpoints endpoints;
  private final OperatorMetrics metrics;
  private final List<Reconciler<?>> reconcilers;
  private volatile @Nullable Operator operator;

  /// @param base how the cluster is reached
  BothyOperator(Config base, OperatorSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    Config config =
        new ConfigBuilder(base)
            .withNamespace(settings.namespace())
            .withRequestTimeout((int) Leadership.REQUEST.toMillis())
            .withConnectionTimeout((int) Leadership.REQUEST.toMillis())
            // Whoever asked decides whether to ask again.
            .withRequestRetryBackoffLimit(0)
            .build();
    String identity = settings.pod() + "_" + UUID.randomUUID();
    leaseClient = new KubernetesClientBuilder().withConfig(config).build();
    leadership =
        new Leadership(leaseClient, settings.namespace(), identity, clock, System::nanoTime);
    client = fenced(config, leadership::leads);
    metrics = new OperatorMetrics(leadership::leads);
    EventLog events = new EventLog(client, settings.pod(), clock);
    BackupMetrics backups = new BackupMetrics(metrics, leadership::leads);
    reconcilers =
        List.of(
            new InstallationReconciler(
                leadership::leads,
                metrics,
                events,
                new TrialServices(settings.token(), clock),
                new RestoreStandstill(clock),
                clock),
            new BackupReconciler(leadership::leads, metrics, backups, events, clock),
            new ScheduleReconciler(leadership::leads, metrics, backups, events, clock),
            new RestoreReconciler(leadership::leads, events, new ServersHold(), clock),
            new DrillReconciler(
                leadership::leads, new DrillMetrics(metrics, leadership::leads), events, clock));
    endpoints = new Endpoints(settings.port(), metrics, leadership::isAlive, this::isReady);
  }

  public static void main(String[] arguments) throws IOException {
    OperatorSettings settings = OperatorSettings.of(System.getenv());
    if (arguments.length == 1 && arguments[0].equals(APPLY_DEFINITIONS)) {
      Definitions.apply();
    } else if (arguments.length == 0) {
      new BothyOperator(new ConfigBuilder().build(), settings, Clock.systemUTC()).run();
    } else {
      System.err.println("Usage: bothy-operator [" + APPLY_DEFINITIONS + "]");
      System.exit(WRONG_USE);
    }
  }

  /// Returns when it runs; its threads go on.
  void run() {
    endpoints.start();
    leadership.start();
    Definitions.await(client);
    Operator started =
        new Operator(overrides ->
            overrides
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(1)
                .withConcurrentWorkflowExecutorThreads(1)
                .checkingCRDAndValidateLocalModel(false)
                .withStopOnInformerErrorDuringStartup(false)
                .withCacheSyncTimeout(Duration.ofMinutes(10))
                .withUseSSAToPatchPrimaryResource(true));
    reconcilers.forEach(reconciler -> register(started, reconciler));
    started.start();
    operator = started;
  }

  private <R extends HasMetadata> void register(Operator to, Reconciler<R> reconciler) {
    to.register(
        reconciler,
        overrides ->
            overrides
                .settingNamespace(settings.namespace())
                .withRetry(
                    new GenericRetry()
                        .setInitialInterval(1_000)
                        .setIntervalMultiplier(2)
                        .setMaxInterval(30_000)
                        .setMaxAttempts(-1)));
  }

  /// The lease is given back, so that another one leads at once.
  @Override
  public void close() {
    leadership.close();
    Operator started = operator;
    if (started != null) {
      started.stop();
    }
    endpoints.close();
    client.close();
    leaseClient.close();
  }

  OperatorMetrics metrics() {
    return metrics;
  }

  /// Where its metrics and probes are.
  int port() {
    return endpoints.port();
  }

  private boolean isReady() {
    return operator != null;
  }

  /// A client through which nothing is changed unless this operator leads.
  private static KubernetesClient fenced(Config config, BooleanSupplier leads) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(
            builder -> builder.addOrReplaceInterceptor("fence", new Fence(leads)))
        .build();
  }

  /// From the environment of the pod.
  ///
  /// @param namespace the only one that the operator looks at
  /// @param pod the name by which it shows in events
  /// @param token the file with the ServiceAccount's token
  record OperatorSettings(String namespace, String pod, int port, Path token) {
    private static final int PORT = 8081;
    private static final Path TOKEN =
        Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    static OperatorSettings of(Map<String, String> environment) {
      String namespace = environment.get("BOTHY_NAMESPACE");
      return new OperatorSettings(
          namespace == null ? "default" : namespace,
          environment.getOrDefault("BOTHY_POD", "bothy-operator"),
          PORT,
          TOKEN);
    }
  }
}
