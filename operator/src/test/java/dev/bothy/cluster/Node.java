package dev.bothy.cluster;

import dev.bothy.operator.testkit.RealParts;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The cluster that `scripts/cluster up` made on this machine, with the images of
/// `scripts/build-images --trial` loaded.
final class Node {
  private static final Path HOME =
      System.getenv("CLUSTER_HOME") == null
          ? Path.of(System.getProperty("user.home"), ".cache", "bothy", "cluster")
          : Path.of(System.getenv("CLUSTER_HOME"));

  /// Where pods reach this machine.
  static final String HOST = "10.199.0.1";

  private Node() {}

  static void require() {
    RealParts.require(
        Files.exists(kubeconfig()),
        "the chart on a cluster",
        "run scripts/cluster up and load the images of scripts/build-images --trial");
  }

  static Path kubeconfig() {
    return HOME.resolve("node/pki/admin.kubeconfig");
  }

  static String program(String name) {
    return HOME.resolve("bin").resolve(name).toString();
  }

  static KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(new File(kubeconfig().toString())))
        .build();
  }

  /// Holds the API server as if its machine had stopped, or lets it go on.
  static void signalApiServer(String signal) {
    try (var pids = Files.lines(HOME.resolve("node/pids"))) {
      long pid =
          pids.filter(line -> line.endsWith(" kube-apiserver"))
              .map(line -> Long.parseLong(line.split(" ")[0]))
              .findFirst()
              .orElseThrow();
      Commands.run(
              java.time.Duration.ofSeconds(10), List.of("kill", "-" + signal, Long.toString(pid)))
          .orFail();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
