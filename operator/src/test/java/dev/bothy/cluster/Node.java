package dev.bothy.cluster;

import dev.bothy.operator.testkit.RealParts;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The cluster that KUBECONFIG names, else the one that `scripts/cluster up` made on this machine;
/// it has the images of `scripts/build-images --trial`.
final class Node {
  private static final Path HOME =
      System.getenv("CLUSTER_HOME") == null
          ? Path.of(System.getProperty("user.home"), ".cache", "bothy", "cluster")
          : Path.of(System.getenv("CLUSTER_HOME"));

  private static final Path OWN = HOME.resolve("node/pki/admin.kubeconfig");

  /// Where pods of the machine's own cluster reach this machine.
  static final String HOST = "10.199.0.1";

  private Node() {}

  static void require() {
    RealParts.require(
        Files.exists(kubeconfig()),
        "the chart on a cluster",
        "run scripts/cluster up and load the images of scripts/build-images --trial");
  }

  /// For names that no other run has.
  static String unique() {
    return Long.toString(System.nanoTime(), 36);
  }

  /// For what a cluster must let the machine do that it is on: speak to every pod, be spoken to,
  /// and hold its API server.
  static void requireOwn(String whatIsNotTested) {
    RealParts.require(
        isOwn(), whatIsNotTested, "unset KUBECONFIG, so that scripts/cluster makes a cluster here");
  }

  static boolean isOwn() {
    return kubeconfig().equals(OWN);
  }

  static Path kubeconfig() {
    String named = System.getenv("KUBECONFIG");
    return named == null || named.isEmpty() ? OWN : Path.of(named);
  }

  /// One that `scripts/cluster build` made, else the one on PATH, if it is of the major version
  /// that the name ends with.
  static String program(String name) {
    Path made = HOME.resolve("bin").resolve(name);
    if (Files.isExecutable(made)) {
      return made.toString();
    }
    String plain = name.replaceAll("\\d+$", "");
    RealParts.require(
        plain.equals(name) || version(plain).startsWith("v" + name.substring(plain.length()) + "."),
        "the chart with " + name,
        "run scripts/cluster build");
    return plain;
  }

  private static String version(String program) {
    try {
      return Commands.run(java.time.Duration.ofSeconds(30), List.of(program, "version", "--short"))
          .output();
    } catch (UncheckedIOException absent) {
      return "";
    }
  }

  static KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(new File(kubeconfig().toString())))
        .build();
  }

  /// Address and port at which this machine reaches a Service's port: the Service's own, or with a
  /// cluster that is elsewhere one that leads there for as long as the client is open.
  static String reach(KubernetesClient client, String namespace, String service, int port) {
    ServiceResource<Service> found = client.services().inNamespace(namespace).withName(service);
    return isOwn()
        ? found.get().getSpec().getClusterIP() + ":" + port
        : "127.0.0.1:" + found.portForward(port).getLocalPort();
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
