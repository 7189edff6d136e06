package dev.bothy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.testkit.RealParts;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One of the programs of `src/test/node/bench`, which tells what it has to say as lines of JSON.
final class NodePeer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path SOURCE = Path.of("src/test/node/bench");
  private static final Path WORK = Path.of("target/bench/node");

  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;

  private NodePeer(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
    this.input = process.outputWriter(UTF_8);
  }

  /// Installs the locked packages, unless that was done for this very lock file.
  static void install() throws IOException, InterruptedException {
    Path npm =
        RealParts.program("npm")
            .orElseThrow(() -> new IllegalStateException("Node.js 20 with npm is missing"));
    Files.createDirectories(WORK);
    for (String name : List.of("package.json", "package-lock.json", "acks.mjs", "work.mjs")) {
      Files.copy(SOURCE.resolve(name), WORK.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Path lock = WORK.resolve("package-lock.json");
    Path installed = WORK.resolve("node_modules/.installed-lock.json");
    if (Files.exists(installed) && Files.mismatch(lock, installed) == -1) {
      return;
    }
    Path log = WORK.resolve("npm.log").toAbsolutePath();
    Process process =
        new ProcessBuilder(npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(WORK.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("npm ci failed, see " + log);
    }
    Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
  }

  static NodePeer start(String script, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("node", script)
            .directory(WORK.toFile())
            .redirectError(WORK.resolve(script + ".log").toFile());
    builder.environment().put("NODE_ENV", "production");
    builder.environment().putAll(environment);
    return new NodePeer(builder.start());
  }

  /// The next line; an exception with what it said on standard error, if it has ended.
  JsonNode next() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IllegalStateException("A node program ended, see " + WORK.toAbsolutePath());
    }
    return JSON.readTree(line);
  }

  /// One line to its standard input.
  void say(String line) throws IOException {
    input.write(line);
    input.newLine();
    input.flush();
  }

  Duration processorTime() {
    return BenchServer.processorTime(process);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    input.close();
    if (!process.waitFor(Duration.ofSeconds(10))) {
      process.destroyForcibly().waitFor();
    }
  }
}
