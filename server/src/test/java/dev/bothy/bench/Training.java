package dev.bothy.bench;

import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.testkit.ServerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `scripts/build-images` trains the server's AOT cache with: a run that starts, serves some
/// requests and stops, and a second one that fails unless it starts with the cache of the first.
final class Training implements AutoCloseable {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("java", "java");
    DEFAULTS.put("jar", "bothy-server.jar");
    DEFAULTS.put("folder", "target/training");
    DEFAULTS.put("database", "target/training/postgres");
    DEFAULTS.put("seconds", "5");
  }

  private final Options options;
  private final FakeSlack slack;
  private final BenchDatabase database;
  private final SlackScene scene;
  private final Path cache;

  private Training(Options options) throws Exception {
    this.options = options;
    slack = FakeSlack.start(Clock.systemUTC());
    database = BenchDatabase.start(options.path("database"));
    scene =
        SlackScene.set(
            Clock.systemUTC(),
            slack,
            database.settings(BenchDatabase.NAME),
            options.path("folder").resolve("key"),
            10);
    cache = options.path("folder").resolve("server.aot");
  }

  static void main(String[] arguments) {
    Program.run(() -> {
      try (Training training = new Training(Options.read(arguments, DEFAULTS))) {
        training.train();
        training.prove();
      }
    });
  }

  private void train() throws Exception {
    try (BenchServer server = start("training.log", "-XX:AOTCacheOutput=" + cache)) {
      visit(server.port());
      scene.serve(server.port(), options.number("seconds"));
      // It writes the cache before it ends.
      server.stop(Duration.ofMinutes(10));
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("No cache was written.");
    }
  }

  private void prove() throws Exception {
    try (BenchServer server = start("proof.log", "-XX:AOTCache=" + cache, "-XX:AOTMode=on")) {
      System.out.printf(
          "%d MiB, ready in %d ms%n", Files.size(cache) >> 20, server.launch().toMillis());
    }
  }

  private BenchServer start(String log, String... java) throws Exception {
    List<String> whole = new ArrayList<>(List.of(java));
    whole.addAll(List.of("-jar", options.text("jar")));
    Path file = options.path("folder").resolve(log);
    try {
      return BenchServer.start(
          options.text("java"), whole, ServerProcess.freePort(), scene.settings(), file);
    } catch (BenchServer.Ended ended) {
      System.out.println(Files.readString(file));
      throw ended;
    }
  }

  /// What a browser and a Prometheus ask for.
  private static void visit(int port) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int round = 0; round < 20; round++) {
        for (String path : List.of("/", "/signed-out", "/actuator/prometheus", "/nowhere")) {
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.discarding());
        }
      }
    }
  }

  @Override
  public void close() throws Exception {
    database.close();
    slack.close();
  }
}
