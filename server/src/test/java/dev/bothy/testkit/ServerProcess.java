package dev.bothy.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A server as a process of its own, so that a test can kill it.
public final class ServerProcess implements AutoCloseable {
  /// Settings for a test that comes more often from one address than anybody would.
  public static final List<String> WITHOUT_LIMITS =
      List.of(
          "bothy.limits.api-global=1000000/1m",
          "bothy.limits.api-per-address=1000000/1m",
          "bothy.limits.api-per-route=1000000/1m",
          "bothy.limits.sign-in-failures-per-address=1000000/15m",
          "bothy.limits.sign-ins-per-address-and-account=1000000/5m");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final int port;
  private final Path log;

  private ServerProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /// Starts a server with these settings, each `name=value`, and waits until it is ready. It runs
  /// the product's classes alone, without those of the tests.
  public static ServerProcess start(int port, List<String> settings) {
    ServerProcess server = begin(port, settings);
    server.awaitReady();
    return server;
  }

  /// The same without waiting for it.
  public static ServerProcess begin(int port, List<String> settings) {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(entry -> !entry.contains("test-classes"))
            .collect(Collectors.joining(":"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                "dev.bothy.BothyServer",
                "--server.port=" + port,
                "--server.address=127.0.0.1"));
    settings.forEach(setting -> command.add("--" + setting));
    try {
      Path log = Files.createTempFile("bothy-server", ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new ServerProcess(process, port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until it takes requests.
  public void awaitReady() {
    await().atMost(Duration.ofMinutes(3)).until(this::readyOrEnded);
    if (!process.isAlive()) {
      throw new IllegalStateException("The server did not start:\n" + log());
    }
  }

  /// The status of a GET; 0 if nobody answers.
  public int status(String path) {
    try {
      return CLIENT
          .send(
              HttpRequest.newBuilder(address().resolve(path)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// What it has written so far.
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A port that nobody listens on now.
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens.
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// `kill -9`: nothing of it gets a chance to clean up.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Tells it to stop, as an orchestrator does, and does not wait.
  public void terminate() {
    process.destroy();
  }

  /// Stops it from running, without its knowing: as a machine does that is paused or swapped out.
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// Lets it run again.
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("kill -" + name + " did not work");
    }
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(Duration.ofSeconds(40))) {
      process.destroyForcibly().waitFor();
    }
    Files.deleteIfExists(log);
  }

  private boolean readyOrEnded() {
    return !process.isAlive() || status("/readyz") == 200;
  }
}
