package dev.bothy.bench;

import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.testkit.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `scripts/bench start`: from the launch of the packaged server to its being ready, plain and with
/// an AOT cache, and what it keeps in memory.
final class Start implements AutoCloseable {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("rounds", "5");
    DEFAULTS.put("idle-seconds", "20");
    DEFAULTS.put("load-seconds", "10");
    DEFAULTS.put("folder", "target/bench/postgres");
    DEFAULTS.put("report", "-");
  }

  /// The ways to start it: a name and the options of the virtual machine.
  private static final Map<String, String> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put("plain", "");
    WAYS.put("small heap", "-Xmx256m -XX:+UseSerialGC");
  }

  private static final class Found {
    final Series launch = new Series();
    final Series idle = new Series();
    final Series loaded = new Series();
  }

  private final Options options;
  private final FakeSlack slack;
  private final BenchDatabase database;
  private final SlackScene scene;
  private final Path application;
  private final Map<String, Found> found = new LinkedHashMap<>();

  private Start(Options options) throws Exception {
    this.options = options;
    slack = FakeSlack.start(Clock.systemUTC());
    database = BenchDatabase.start(options.path("folder"));
    scene =
        SlackScene.set(
            Clock.systemUTC(),
            slack,
            database.settings(BenchDatabase.NAME),
            options.path("folder").resolve("key"),
            10);
    application = BenchServer.application();
  }

  static void main(String[] arguments) {
    Program.run(() -> {
      try (Start start = new Start(Options.read(arguments, DEFAULTS))) {
        start.measure();
        start.report();
      }
    });
  }

  private void measure() throws Exception {
    for (Map.Entry<String, String> way : WAYS.entrySet()) {
      train(way.getValue(), cache(way.getKey()));
    }
    for (int round = 0; round < options.number("rounds"); round++) {
      for (Map.Entry<String, String> way : WAYS.entrySet()) {
        start(way.getKey(), options(way.getValue()));
        List<String> withCache = options(way.getValue());
        // Strict: a cache that does not fit ends the start instead of being left aside.
        withCache.addAll(List.of("-XX:AOTCache=" + cache(way.getKey()), "-XX:AOTMode=on"));
        start(way.getKey() + ", AOT cache", withCache);
      }
    }
  }

  private Path cache(String way) {
    return application.resolve(way.replaceAll("[^a-z]+", "-") + ".aot");
  }

  private static List<String> options(String way) {
    return new ArrayList<>(
        List.of(way.split(" ")).stream().filter(each -> !each.isEmpty()).toList());
  }

  /// A run that starts, serves some requests, and stops: its classes and profiles are the cache.
  private void train(String way, Path cache) throws Exception {
    Files.deleteIfExists(cache);
    List<String> java = options(way);
    java.add("-XX:AOTCacheOutput=" + cache);
    try (BenchServer server = launch(java)) {
      scene.serve(server.port(), 5);
      // It writes the cache before it ends.
      server.stop(Duration.ofMinutes(10));
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("No cache was written, see " + log());
    }
    System.err.printf("%s: %d MiB%n", cache.getFileName(), Files.size(cache) >> 20);
  }

  private void start(String way, List<String> java) throws Exception {
    try (BenchServer server = launch(java)) {
      Found here = found.computeIfAbsent(way, _ -> new Found());
      here.launch.add(server.launch().toNanos() / 1e9);
      Thread.sleep(Duration.ofSeconds(options.number("idle-seconds")));
      here.idle.add(server.residentMebibytes());
      scene.serve(server.port(), options.number("load-seconds"));
      here.loaded.add(server.residentMebibytes());
      System.err.printf(
          "%s: ready in %s s, %s MiB idle, %s MiB after load%n",
          way, here.launch.text(), here.idle.text(), here.loaded.text());
    }
  }

  private BenchServer launch(List<String> java) throws Exception {
    List<String> whole = new ArrayList<>(java);
    whole.add("-jar");
    try (java.util.stream.Stream<Path> files = Files.list(application)) {
      whole.add(
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .findFirst()
              .orElseThrow()
              .toString());
    }
    return BenchServer.start(whole, ServerProcess.freePort(), scene.settings(), log());
  }

  private static Path log() {
    return Path.of("target/bench/start.log").toAbsolutePath();
  }

  private void report() throws Exception {
    Report report = new Report();
    report.text(
        "%d rounds; memory %d s after it was ready, and after %d s of load; %s."
            .formatted(
                options.number("rounds"),
                options.number("idle-seconds"),
                2 * options.number("load-seconds"),
                Machine.describe()));
    List<List<String>> rows = new ArrayList<>();
    found.forEach((way, here) -> {
      String plain = way.replace(", AOT cache", "");
      Found without = found.getOrDefault(plain, here);
      rows.add(
          List.of(
              way,
              here.launch.text(),
              plain.equals(way)
                  ? ""
                  : Series.number(100 * here.launch.median() / without.launch.median()) + " %",
              here.idle.text(),
              here.loaded.text()));
    });
    report.table(
        List.of("how", "ready after s", "of the same without", "MiB idle", "MiB after load"), rows);
    WAYS.forEach((way, java) ->
        report.text("`" + way + "`: `java " + (java.isEmpty() ? "" : java + " ") + "-jar …`"));
    report.finish(options.text("report"));
  }

  @Override
  public void close() throws Exception {
    database.close();
    slack.close();
  }
}
