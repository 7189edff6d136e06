package dev.bothy.operator.jobs;

import dev.bothy.operator.api.Bothy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A Job of the server's image as it is to be made.
///
/// @param name the same for the same run, whoever asks and however often
/// @param purpose which secrets and volumes it gets
/// @param arguments of the container; empty are those of the purpose
/// @param configuration the ConfigMap with its settings
/// @param owner with whom it goes
/// @param annotations of the Job
/// @param labels of the Job besides its component's
/// @param deadline after which it is ended
/// @param pod changes the pod: further volumes, sidecars, resources. The server's container is the
///   one named [ServerPod#CONTAINER]
public record JobPlan(
    String name,
    Purpose purpose,
    List<String> arguments,
    String configuration,
    HasMetadata owner,
    Map<String, String> annotations,
    Map<String, String> labels,
    Duration deadline,
    UnaryOperator<PodSpec> pod) {

  public JobPlan {
    arguments = List.copyOf(arguments);
    annotations = Map.copyOf(annotations);
    labels = Map.copyOf(labels);
  }

  /// One with the configuration in force and nothing out of the ordinary.
  public static JobPlan of(String name, Purpose purpose, HasMetadata owner, Duration deadline) {
    return new JobPlan(
        name,
        purpose,
        List.of(),
        Names.CONFIGURATION,
        owner,
        Map.of(),
        Map.of(),
        deadline,
        UnaryOperator.identity());
  }

  /// The purpose's own arguments, and these behind them.
  public JobPlan withMoreArguments(Bothy bothy, List<String> more) {
    List<String> all = new ArrayList<>(purpose.arguments(bothy.getSpec()));
    all.addAll(more);
    return new JobPlan(
        name, purpose, all, configuration, owner, annotations, labels, deadline, pod);
  }

  public JobPlan withConfiguration(String configMap) {
    return new JobPlan(
        name, purpose, arguments, configMap, owner, annotations, labels, deadline, pod);
  }

  public JobPlan withAnnotations(Map<String, String> given) {
    return new JobPlan(
        name, purpose, arguments, configuration, owner, given, labels, deadline, pod);
  }

  public JobPlan withLabels(Map<String, String> given) {
    return new JobPlan(
        name, purpose, arguments, configuration, owner, annotations, given, deadline, pod);
  }

  public JobPlan withPod(UnaryOperator<PodSpec> change) {
    return new JobPlan(
        name, purpose, arguments, configuration, owner, annotations, labels, deadline, change);
  }

  Job job(Bothy bothy) {
    ServerPod server = new ServerPod(bothy.getSpec(), purpose, configuration);
    PodSpec spec = server.single();
    if (!arguments.isEmpty()) {
      spec.getContainers().getFirst().setArgs(arguments);
    }
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(bothy.getMetadata().getNamespace())
        .withLabels(Names.labels(purpose.component()))
        .addToLabels(labels)
        .addToAnnotations(annotations)
        .withOwnerReferences(Names.owner(owner))
        .endMetadata()
        .withNewSpec()
        // The operator tries again itself, and says why.
        .withBackoffLimit(0)
        .withActiveDeadlineSeconds(deadline.toSeconds())
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(server.labels())
        .addToLabels(labels)
        .endMetadata()
        .withSpec(pod.apply(spec))
        .endTemplate()
        .endSpec()
        .build();
  }
}
