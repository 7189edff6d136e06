package dev.bothy.operator.testkit;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An API server with its etcd and nothing behind it: it validates, defaults, applies and watches
/// as in a cluster, but nobody runs a pod, ends a Job or collects garbage. One for all tests of a
/// run; a namespace for each.
///
/// The programs are those of `scripts/cluster build`.
public final class ApiServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TOKEN = "a-token-for-tests";
  private static final AtomicInteger NAMESPACES = new AtomicInteger();
  private static @Nullable ApiServer shared;

  private final Path folder;
  private final int etcdPort = freePort();
  private final int port = freePort();
  private final List<Process> processes = new ArrayList<>();
  private @Nullable Process server;

  private ApiServer(Path folder) {
    this.folder = folder;
  }

  /// The one that all tests share; ends with the JVM.
  public static synchronized ApiServer shared() {
    if (shared == null) {
      ApiServer started = start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      shared = started;
    }
    return shared;
  }

  /// One of the caller's own, to be stopped and started again.
  public static ApiServer start() {
    RealParts.require(
        Files.isExecutable(program("kube-apiserver")),
        "the operator against an API server",
        "run scripts/cluster build, which needs Go");
    try {
      ApiServer api = new ApiServer(Files.createTempDirectory("bothy-api"));
      api.keys();
      api.etcd();
      api.serve();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Config config() {
    return new ConfigBuilder()
        .withMasterUrl("https://127.0.0.1:" + port)
        .withOauthToken(TOKEN)
        .withTrustCerts(true)
        .withAutoConfigure(false)
        .build();
  }

  public KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  /// A namespace that no other test has.
  public String namespace() {
    String name = "test-" + NAMESPACES.incrementAndGet();
    try (KubernetesClient client = client()) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
    return name;
  }

  /// Begins to answer, again if it was stopped.
  public void serve() throws IOException {
    server =
        run(
            "kube-apiserver",
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            "--secure-port=" + port,
            "--cert-dir=" + folder.resolve("certificates"),
            "--service-cluster-ip-range=10.0.0.0/24",
            "--service-account-key-file=" + folder.resolve("accounts.pub"),
            "--service-account-signing-key-file=" + folder.resolve("accounts.key"),
            "--service-account-issuer=https://localhost",
            "--authorization-mode=RBAC",
            "--token-auth-file=" + folder.resolve("tokens.csv"));
    await();
  }

  /// Goes away; what it knew stays with etcd.
  public void stop() {
    end(server);
  }

  @Override
  public void close() {
    processes.forEach(ApiServer::end);
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void etcd() throws IOException {
    String address = "http://127.0.0.1:" + etcdPort;
    String peers = "http://127.0.0.1:" + freePort();
    run(
        "etcd",
        "--data-dir=" + folder.resolve("etcd"),
        "--unsafe-no-fsync",
        "--listen-client-urls=" + address,
        "--advertise-client-urls=" + address,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers);
  }

  private void await() {
    Instant end = Instant.now().plus(PATIENCE);
    try (KubernetesClient client = client()) {
      while (true) {
        try {
          client.raw("/readyz");
          if (client.namespaces().withName("default").get() != null) {
            return;
          }
        } catch (KubernetesClientException e) {
          if (Instant.now().isAfter(end)) {
            throw new IllegalStateException("The API server did not start; see " + folder, e);
          }
        }
        try {
          Thread.sleep(200);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private Process run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program(program).toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(program + ".log").toFile()))
            .start();
    processes.add(process);
    return process;
  }

  private static void end(@Nullable Process process) {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  private void keys() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      pem("accounts.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
      pem("accounts.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",admin,1,system:masters\n");
  }

  private void pem(String file, String kind, byte[] key) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(key)));
  }

  private static Path program(String name) {
    String home = System.getenv("CLUSTER_HOME");
    return (home == null
            ? Path.of(System.getProperty("user.home"), ".cache", "bothy", "cluster")
            : Path.of(home))
        .resolve("bin")
        .resolve(name);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
