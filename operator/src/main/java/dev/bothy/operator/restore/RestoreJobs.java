package dev.bothy.operator.restore;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.jobs.JobPlan;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.Progress;
import dev.bothy.operator.jobs.Purpose;
import dev.bothy.operator.jobs.ServerJobs;
import dev.bothy.operator.jobs.ServerSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The Jobs of one restore, by names that follow from it. They belong to the installation: a
/// restore that is deleted takes none of them along, since a half-loaded database must be loaded or
/// put back whoever wants it no longer.
final class RestoreJobs {
  static final String STEP = "bothy.dev/restore-step";

  private static final String CONFIGURATION = "bothy-config-restore";
  private static final String REPORT = "--report=/dev/termination-log";
  private static final int SHORT = 8;

  private final KubernetesClient client;
  private final Bothy bothy;
  private final String uid;
  private final ServerJobs jobs;

  /// @param uid of the restore
  RestoreJobs(KubernetesClient client, Bothy bothy, String uid) {
    this.client = client;
    this.bothy = bothy;
    this.uid = uid;
    this.jobs = new ServerJobs(client, bothy);
  }

  /// Begins it if it was not begun, and looks how far it is.
  ///
  /// @param attempt from 1
  /// @param arguments of the step, without where it reports
  ToolRun look(RestoreStep step, int attempt, List<String> arguments) {
    String name = name(step, attempt);
    return jobs.found(name)
        .map(state -> ToolRun.of(state, () -> progress(name)))
        .orElseGet(() -> ToolRun.of(jobs.state(begin(step, name, arguments)), () -> null));
  }

  /// Those of a step, finished ones too, in no order.
  List<Job> of(RestoreStep step) {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace())
        .withLabels(Map.of(Names.RESTORE, uid, STEP, step.word()))
        .list()
        .getItems();
  }

  private String name(RestoreStep step, int attempt) {
    return "bothy-restore-%s-%s-%d".formatted(step.word(), uid.substring(0, SHORT), attempt);
  }

  private @Nullable String progress(String name) {
    return jobs.progress(name).map(Progress::words).orElse(null);
  }

  private JobPlan begin(RestoreStep step, String name, List<String> arguments) {
    configure();
    List<String> all = new ArrayList<>(List.of(command(step), REPORT));
    all.addAll(arguments);
    return new JobPlan(
        name,
        purpose(step),
        all,
        CONFIGURATION,
        bothy,
        Map.of(),
        Map.of(Names.RESTORE, uid, STEP, step.word()),
        step.deadline(),
        UnaryOperator.identity());
  }

  private static String command(RestoreStep step) {
    return switch (step) {
      case CHECK, LOAD, UNDO -> "restore";
      case RELEASE -> "release";
    };
  }

  private static Purpose purpose(RestoreStep step) {
    return switch (step) {
      case CHECK, LOAD, UNDO -> Purpose.RESTORE;
      case RELEASE -> Purpose.RELEASE;
    };
  }

  /// What servers would come up with: the specification as it is now, whether it is in force or
  /// not. What is in force may name a store that is no more.
  private void configure() {
    ConfigMap wanted =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(CONFIGURATION)
            .withNamespace(namespace())
            .withLabels(Names.labels(Purpose.RESTORE.component()))
            .withOwnerReferences(Names.owner(bothy))
            .endMetadata()
            .withData(Map.of("application.yaml", ServerSettings.yaml(bothy.getSpec())))
            .build();
    client.resource(wanted).fieldManager(Names.OPERATOR).forceConflicts().serverSideApply();
  }

  private String namespace() {
    return bothy.getMetadata().getNamespace();
  }
}
