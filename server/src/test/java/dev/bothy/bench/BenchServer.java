package dev.bothy.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The packaged server as a process of its own.
final class BenchServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  /// It ended before it was ready.
  static final class Ended extends IllegalStateException {
    private static final long serialVersionUID = 1;

    Ended(String message) {
      super(message);
    }
  }

  private final Process process;
  private final int port;
  private final Duration launch;

  private BenchServer(Process process, int port, Duration launch) {
    this.process = process;
    this.port = port;
    this.launch = launch;
  }

  /// The server as a production image lays it out: `application/` with the jar and its libraries,
  /// unpacked from the executable jar that `scripts/bench` has built.
  static Path application() throws IOException, InterruptedException {
    Path target = Path.of("target").toAbsolutePath();
    Path executable;
    try (Stream<Path> files = Files.list(target)) {
      executable =
          files
              .filter(file -> file.getFileName().toString().endsWith("-boot.jar"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("No executable jar in " + target));
    }
    Path application = target.resolve("bench/application");
    Process unpacking =
        new ProcessBuilder(
                java(),
                "-Djarmode=tools",
                "-jar",
                executable.toString(),
                "extract",
                "--force",
                "--destination",
                application.toString())
            .redirectErrorStream(true)
            .redirectOutput(target.resolve("bench/extract.log").toFile())
            .start();
    if (unpacking.waitFor() != 0) {
      throw new IllegalStateException("Could not unpack " + executable);
    }
    return application;
  }

  /// What runs the product's classes, without those of the tests but for this one feature.
  static List<String> withFeature(Class<?> feature, Path folder) throws IOException {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(":"))
            .filter(entry -> !entry.contains("test-classes"))
            .collect(Collectors.joining(":"));
    return List.of(
        "-cp",
        classPath + ":" + alone(feature, folder),
        "dev.bothy.BothyServer",
        "--spring.main.sources=" + feature.getName());
  }

  /// Copies a class into a folder of its own, for a class path. It has no others inside.
  static Path alone(Class<?> feature, Path folder) throws IOException {
    String file = feature.getName().replace('.', '/') + ".class";
    Path root = folder.resolve("feature").toAbsolutePath();
    Path copy = root.resolve(file);
    Files.createDirectories(copy.resolveSibling("."));
    try (InputStream compiled = feature.getResourceAsStream("/" + file)) {
      Files.write(copy, Objects.requireNonNull(compiled, file).readAllBytes());
    }
    return root;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// Starts it and waits until it is ready.
  ///
  /// @param java the options of the virtual machine, and what it is to run
  /// @param settings each `name=value`
  static BenchServer start(List<String> java, int port, List<String> settings, Path log)
      throws IOException {
    return start(java(), java, port, settings, log);
  }

  /// @param launcher runs what `java` would
  static BenchServer start(
      String launcher, List<String> java, int port, List<String> settings, Path log)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(java);
    command.add("--server.port=" + port);
    command.add("--server.address=127.0.0.1");
    settings.forEach(setting -> command.add("--" + setting));
    Files.createDirectories(log.resolveSibling("."));
    long begin = System.nanoTime();
    // What this process started does not outlive it, however it ends.
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !process.isAlive() || isReady(port));
    Duration launch = Duration.ofNanos(System.nanoTime() - begin);
    if (!process.isAlive()) {
      throw new Ended("The server did not start, see " + log);
    }
    return new BenchServer(process, port, launch);
  }

  /// From the launch of the process to its being ready.
  Duration launch() {
    return launch;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /// How long processors have worked for it so far.
  Duration processorTime() {
    return processorTime(process);
  }

  static Duration processorTime(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// What of it is in memory, in MiB. Only Linux tells; 0 elsewhere.
  double residentMebibytes() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    }
  }

  /// `kill -9`.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    stop(Duration.ofSeconds(40));
  }

  /// Asks it to end, and kills it if it takes longer.
  void stop(Duration patience) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(patience)) {
      kill();
    }
  }

  private static boolean isReady(int port) {
    try {
      HttpURLConnection request =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
      request.setConnectTimeout(1_000);
      request.setReadTimeout(5_000);
      if (request.getResponseCode() != 200) {
        return false;
      }
      try (InputStream body = request.getInputStream()) {
        body.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
