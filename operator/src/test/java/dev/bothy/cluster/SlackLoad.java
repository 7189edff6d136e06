package dev.bothy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.List;

/// A stream of signed Slack requests against a release, from a Slack of the server's tests: their
/// program `dev.bothy.bench.ClusterLoad`, which this starts and talks with by lines.
final class SlackLoad implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SERVER = Path.of("../server").toAbsolutePath().normalize();
  private static final Path CLASSPATH = SERVER.resolve("target/drivers.classpath");
  private static final String PER_SECOND = "5";

  private final Path folder;
  private final Process process;
  private final BufferedReader lines;
  private final Writer commands;
  private final JsonNode settings;

  private SlackLoad(Path folder, Process process) throws IOException {
    this.folder = folder;
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
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
  String values() {
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
    egress.set("onPremisesHosts", settings.path("bothy.egress.on-premises-hosts"));
    values.set("allowedRegions", settings.path("bothy.egress.allowed-regions"));
    return Serialization.asYaml(values);
  }

  void start(String address) throws IOException {
    say("start " + address);
    awaitLine("SENDING");
  }

  /// Waits until so many more were acknowledged.
  void awaitAnother(int count) throws IOException {
    long begin = acknowledged();
    while (acknowledged() < begin + count) {
      // Each look waits for the next line.
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

  private String awaitLine(String start) throws IOException {
    while (true) {
      String line = lines.readLine();
      if (line == null) {
        throw new AssertionError("The load ended by itself; see target/cluster-load.log");
      }
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
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
