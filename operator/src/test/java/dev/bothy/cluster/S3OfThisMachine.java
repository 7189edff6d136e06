package dev.bothy.cluster;

import dev.bothy.operator.testkit.Eventually;
import dev.bothy.operator.testkit.RealParts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A real S3 server (s3proxy) on this machine, outside of the cluster as a customer's is. Each
/// object is a file at its key below [#folder].
final class S3OfThisMachine implements AutoCloseable {
  static final String BUCKET = "bothy-backups";
  static final String ACCESS_KEY = "access-of-the-cluster-test";
  static final String SECRET_KEY = "secret-of-the-cluster-test";

  final Path folder = Files.createTempDirectory("bothy-cluster-s3");
  private final int port = freePort();
  private final Process process;

  S3OfThisMachine() throws IOException {
    Node.requireOwn("backups in an S3 store outside of the cluster");
    Path program = Path.of(System.getProperty("bothy.s3proxy.jar", "s3proxy.jar"));
    RealParts.require(
        Files.isRegularFile(program),
        "backups in S3-compatible storage on a cluster",
        "let Maven fetch s3proxy");
    Files.createDirectories(folder.resolve(BUCKET));
    Path settings =
        Files.writeString(
            Files.createTempFile("bothy-s3", ".properties"),
            """
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.endpoint=http://%s:%d
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=%s
            """
                .formatted(Node.HOST, port, ACCESS_KEY, SECRET_KEY, folder));
    Path log = Path.of("target", "cluster-s3.log");
    Files.createDirectories(log.getParent());
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                program.toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Eventually.holds(Duration.ofMinutes(1), this::requireAnswer);
  }

  String endpoint() {
    return "http://" + Node.HOST + ":" + port;
  }

  /// The files of the objects whose key begins with this.
  List<Path> objects(String prefix) throws IOException {
    Path bucket = folder.resolve(BUCKET);
    try (Stream<Path> files = Files.walk(bucket)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> bucket.relativize(file).toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private void requireAnswer() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Node.HOST, port), 1000);
    } catch (IOException e) {
      throw new AssertionError("s3proxy does not listen yet", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
