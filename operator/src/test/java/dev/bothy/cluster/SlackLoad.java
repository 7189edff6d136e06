package dev.bothy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bothy.operator.testkit.RealParts;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A stream of signed Slack requests against a release, from a Slack of the server's tests: their
/// program `dev.bothy.bench.ClusterLoad`, which this starts and talks with by lines.
final class SlackLoad implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SERVER = Path.of("../server").toAbsolutePath().normalize();
  private static final Path CLASSPATH = SERVER.resolve("target/drivers.classpath");
  private static final String PER_SECOND = "5";

  /// For its next word, and for deliveries: it starts, warms servers up and looks for effects on a
  /// busy machine.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path folder;
  private final Process process;

  /// What it said; empty when it has said its last.
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

  private final Writer commands;
  private final JsonNode settings;

  private SlackLoad(Path folder, Process process) throws IOException {
    this.folder = folder;
    this.process = process;
    Thread.ofPlatform().daemon().name("cluster-load").start(this::listen);
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.settings = JSON.readTree(awaitLine("SETTINGS "));
  }

  /// Connects a workspace of the release to that Slack.
  static SlackLoad connect(Release release) throws IOException {
    Node.requireOwn("the cluster under load while parts of it go");
    RealParts.require(
        Files.exists(CLASSPATH),
        "the cluster under load",
        "run scripts/build-images, which builds the server's tests");
    Path folder = Files.createTempDirectory("bothy-load");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            SERVER.resolve("target/test-classes")
                + File.pathSeparator
                + SERVER.resolve("target/classes")
                + File.pathSeparator
                + Files.readString(CLASSPATH).strip(),
            "dev.bothy.bench.ClusterLoad",
            "--database",
            "jdbc:postgresql://%s/bothy?sslmode=disable"
                .formatted(release.reach("bothy-trial-postgresql", 5432)),
            "--app-password-file",
            file(folder, "app", release.secret("app-password")),
            "--migrate-password-file",
            file(folder, "migrate", release.secret("migrate-password")),
            "--vault",
            "http://" + release.reach("bothy-trial-openbao", 8200),
            "--vault-token-file",
            file(folder, "token", release.serverToken()),
            "--slack-host",
            Node.HOST,
            "--per-second",
            PER_SECOND);
    Path log = Path.of("target", "cluster-load.log");
    Files.createDirectories(log.getParent());
    Process process =
        new ProcessBuilder(command).directory(SERVER.toFile()).redirectError(log.toFile()).start();
    return new SlackLoad(folder, process);
  }

  /// Values with which the release talks to that Slack.
  ///
  /// @param onPremises further hosts that it may call, since a list in values replaces another
  String values(String... onPremises) {
    ObjectNode values = JSON.createObjectNode();
    ObjectNode direct = values.putObject("settings");
    for (String name :
        List.of(
            "bothy.slack.api-address",
            "bothy.slack.authorize-address",
            "bothy.slack.limit-factor")) {
      direct.set(name, settings.path(name));
    }
    ObjectNode egress = values.putObject("egress");
    egress.set("destinations", settings.path("bothy.egress.destinations"));
    ArrayNode hosts = egress.putArray("onPremisesHosts");
    settings.path("bothy.egress.on-premises-hosts").forEach(hosts::add);
    List.of(onPremises).forEach(hosts::add);
    values.set("allowedRegions", settings.path("bothy.egress.allowed-regions"));
    return Serialization.asYaml(values);
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException e) {
      System.err.println("The load cannot be heard any more: " + e);
    } finally {
      lines.add(Optional.empty());
    }
  }

  void start(String address) throws IOException {
    say("start " + address);
    awaitLine("SENDING");
  }

  /// Waits until so many more were acknowledged.
  void awaitAnother(int count) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    long begin = acknowledged();
    // Each look waits for the next line.
    for (long now = begin; now < begin + count; now = acknowledged()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(
            "In %s only %d more deliveries were acknowledged, not %d; see target/cluster-load.log"
                .formatted(PATIENCE, now - begin, count));
      }
    }
  }

  /// Ends the stream, and gives what became of all of it.
  JsonNode stop() throws IOException {
    say("stop");
    return JSON.readTree(awaitLine("LEDGER "));
  }

  private long acknowledged() throws IOException {
    String progress = awaitLine("PROGRESS ");
    return number(progress, "acknowledged") + number(progress, "retried");
  }

  private static long number(String progress, String name) {
    return Long.parseLong(progress.replaceFirst(".*\\b" + name + "=(\\d+).*", "$1"));
  }

  private void say(String line) throws IOException {
    commands.write(line + "\n");
    commands.flush();
  }

  private String awaitLine(String start) {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      String line = nextLine(start, end);
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
    }
  }

  private String nextLine(String awaited, Instant end) {
    try {
      Optional<String> line =
          lines.poll(Duration.between(Instant.now(), end).toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new AssertionError(
            "The load has not said \"%s\" in %s; see target/cluster-load.log"
                .formatted(awaited.strip(), PATIENCE));
      }
      return line.orElseThrow(
          () -> new AssertionError("The load ended by itself; see target/cluster-load.log"));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String file(Path folder, String name, String content) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, content + "\n").toString();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    for (String name : List.of("app", "migrate", "token")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }
}
