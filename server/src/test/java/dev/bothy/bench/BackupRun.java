package dev.bothy.bench;

import dev.bothy.testkit.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Runs the commands `backup` and `restore` as a Job in a cluster does: the program as it is
/// packaged, in a process of its own, from its start to its end.
final class BackupRun {
  private static final Pattern PHASE = Pattern.compile("BOTHY-PROGRESS \\{\"phase\":\"(\\w+)\".*");

  private final Options options;
  private final SlackScene scene;
  private final S3Server s3;
  private final Path folder;
  private final Path program;
  private final List<String> java;

  /// @param seconds from the start of the process to its end
  /// @param residentMebibytes the most of it that was in memory; only Linux tells, 0 elsewhere
  /// @param phases seconds of each, in order; what comes before the first is none of them
  record Result(double seconds, double residentMebibytes, Map<String, Double> phases) {
    double phase(String name) {
      return phases.getOrDefault(name, 0.0);
    }
  }

  BackupRun(Options options, SlackScene scene, S3Server s3, Path folder)
      throws IOException, InterruptedException {
    this.options = options;
    this.scene = scene;
    this.s3 = s3;
    this.folder = folder;
    Path application = BenchServer.application();
    try (Stream<Path> files = Files.list(application)) {
      program = files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
    java = new ArrayList<>(List.of(options.text("java").split(" ")));
  }

  /// @param store `folder` or `s3`
  Result backup(String store) throws IOException, InterruptedException {
    return run(store, List.of("backup"), List.of());
  }

  /// @param database the settings of the one that gets it
  Result restore(String store, List<String> database) throws IOException, InterruptedException {
    return run(store, List.of("restore", "--backup=newest", "--safety-backup=false"), database);
  }

  /// What lies in a store, in bytes.
  long stored(String store) throws IOException {
    try (Stream<Path> files = Files.walk(place(store))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  void empty(String store) throws IOException {
    Path place = place(store);
    if (Files.exists(place)) {
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          if (!file.equals(place)) {
            Files.delete(file);
          }
        }
      }
    }
  }

  private Path place(String store) {
    return store.equals("s3") ? s3.folder().resolve(s3.bucket()) : folder.resolve("store");
  }

  private List<String> settings(String store) {
    return store.equals("s3")
        ? s3.settings("", "test")
        : List.of("bothy.storage.kind=folder", "bothy.storage.folder=" + place(store));
  }

  /// @param database settings that come after all others; none for the database that is measured
  private Result run(String store, List<String> arguments, List<String> database)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(BenchServer.java()));
    command.addAll(java);
    command.addAll(List.of("-jar", program.toString()));
    command.addAll(arguments);
    List<String> settings = new ArrayList<>(scene.settings());
    settings.addAll(settings(store));
    settings.add("bothy.backup.password=" + BenchDatabase.PASSWORD);
    settings.add("bothy.backup.parallel=" + options.text("parallel"));
    settings.addAll(database);
    settings.forEach(setting -> command.add("--" + setting));
    return measured(command);
  }

  private static Result measured(List<String> command) throws IOException, InterruptedException {
    List<String> said = new ArrayList<>();
    Map<String, Double> phases = new LinkedHashMap<>();
    long begin = System.nanoTime();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // As the operator has it.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    double[] most = {0};
    Thread watch =
        Thread.ofVirtual()
            .start(() -> {
              while (process.isAlive()) {
                most[0] = Math.max(most[0], resident(process.pid()));
                sleep();
              }
            });
    String phase = "";
    long since = begin;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher progress = PHASE.matcher(line);
        if (!progress.matches()) {
          said.add(line);
        } else if (!progress.group(1).equals(phase)) {
          long now = System.nanoTime();
          if (!phase.isEmpty()) {
            phases.merge(phase, (now - since) / 1e9, Double::sum);
          }
          phase = progress.group(1);
          since = now;
        }
      }
    }
    int ended = process.waitFor();
    long end = System.nanoTime();
    phases.merge(phase, (end - since) / 1e9, Double::sum);
    watch.join();
    if (ended != 0) {
      throw new IllegalStateException("It failed: " + String.join("\n", said));
    }
    return new Result((end - begin) / 1e9, most[0], phases);
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The most that was in memory so far, in MiB.
  private static double resident(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      // It has ended, or this is no Linux.
      return 0;
    }
  }
}
