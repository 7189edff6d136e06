package dev.bothy.bench;

import dev.bothy.BothyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Part of `scripts/bench backup`: how long an acknowledgement takes while a backup of the same
/// database runs, and while none does.
final class BackupBesideAcks implements AutoCloseable {
  private final Options options;
  private final SlackScene scene;
  private final BackupRun run;
  private final ConfigurableApplicationContext server;
  private final int port;
  private final List<Sample> samples = new ArrayList<>();
  private final AtomicInteger backups = new AtomicInteger();
  private long sent;

  private record Sample(boolean busy, PacedLoad.Result load) {
    double high() {
      return load.latencies().milliseconds(0.99);
    }
  }

  BackupBesideAcks(Options options, BenchDatabase database, SlackScene scene, BackupRun run)
      throws Exception {
    this.options = options;
    this.scene = scene;
    this.run = run;
    // Not run yet. The rows that were made look old, and this does not keep sweeps from them.
    database.execute("delete from lease");
    List<String> settings = new ArrayList<>(scene.settings());
    settings.addAll(
        List.of(
            "server.port=0",
            "server.address=127.0.0.1",
            "logging.level.root=warn",
            "spring.jmx.enabled=false",
            "bothy.chat.connection-events-per-minute=100000000",
            "bothy.chat.workspace-events-per-minute=100000000"));
    server =
        new SpringApplicationBuilder(BothyServer.class, BenchFeature.class)
            .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
    port = Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
  }

  void run(Report report) throws Exception {
    load(options.number("warm-up"));
    for (int round = 0; round < options.number("ack-rounds"); round++) {
      boolean first = round % 2 == 0;
      measure(round, first);
      measure(round, !first);
    }
    report(report);
  }

  private void measure(int round, boolean busy) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> backup =
        busy
            ? CompletableFuture.runAsync(() -> backUp(over))
            : CompletableFuture.completedFuture(null);
    PacedLoad.Result load = load(options.number("seconds"));
    over.set(true);
    backup.join();
    Sample sample = new Sample(busy, load);
    samples.add(sample);
    System.err.printf(
        "round %d, %s: p50 %s ms, p99 %s ms%s%n",
        round + 1,
        busy ? "backing up" : "quiet",
        Series.number(load.latencies().milliseconds(0.5)),
        Series.number(sample.high()),
        load.refused() == 0 ? "" : ", REFUSED " + load.refused());
  }

  private PacedLoad.Result load(int seconds) throws InterruptedException {
    long from = sent;
    PacedLoad.Result result =
        PacedLoad.run(
            options.number("per-second"),
            Duration.ofSeconds(seconds),
            number -> PacedLoad.of(scene, port, from + number, "bench message"));
    sent += (long) options.number("per-second") * seconds;
    return result;
  }

  /// One after the other until the round is over.
  private void backUp(AtomicBoolean over) {
    try {
      while (!over.get()) {
        run.backup("s3");
        backups.incrementAndGet();
      }
      run.empty("s3");
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private void report(Report report) throws Exception {
    report.text(
        "%d deliveries a second, %d rounds of %d s each; %d backups to the S3 server."
            .formatted(
                options.number("per-second"),
                options.number("ack-rounds"),
                options.number("seconds"),
                backups.get()));
    report.table(
        List.of("", "p50 ms", "p99 ms", "not acknowledged"),
        List.of(row("no backup runs", false), row("while a backup runs", true)));
    List<Sample> quiet = samples.stream().filter(sample -> !sample.busy()).toList();
    List<Sample> busy = samples.stream().filter(Sample::busy).toList();
    Series ratios = new Series();
    for (int round = 0; round < quiet.size(); round++) {
      ratios.add(busy.get(round).high() / quiet.get(round).high());
    }
    report.text(
        "The 99th percentile while a backup runs is %s times that without, of the same round."
            .formatted(ratios.text()));
  }

  private List<String> row(String name, boolean busy) {
    Series median = new Series();
    Series high = new Series();
    int refused = 0;
    for (Sample sample : samples) {
      if (sample.busy() == busy) {
        median.add(sample.load().latencies().milliseconds(0.5));
        high.add(sample.high());
        refused += sample.load().refused();
      }
    }
    return List.of(name, median.text(), high.text(), String.valueOf(refused));
  }

  @Override
  public void close() {
    server.close();
  }
}
