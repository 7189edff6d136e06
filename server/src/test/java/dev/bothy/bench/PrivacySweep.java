package dev.bothy.bench;

import dev.bothy.BothyServer;
import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.retention.Sweeps;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Part of `scripts/bench privacy`: how long an acknowledgement takes while the same server sweeps
/// rows whose time is over, and while it does not.
final class PrivacySweep implements AutoCloseable {
  /// Ends a part of the sweep where a round ends.
  private static final class RoundOver extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Options options;
  private final BenchDatabase database;
  private final SlackScene scene;
  private final ConfigurableApplicationContext server;
  private final int port;
  private final List<Sample> samples = new ArrayList<>();
  private final AtomicLong swept = new AtomicLong();
  private long sent;

  /// @param sweptPerSecond 0 where nothing was swept
  private record Sample(boolean sweeping, PacedLoad.Result load, double sweptPerSecond) {}

  PrivacySweep(Options options) throws Exception {
    this.options = options;
    FakeSlack slack = FakeSlack.start(Clock.systemUTC());
    database = BenchDatabase.start(options.path("folder"));
    scene =
        SlackScene.set(
            Clock.systemUTC(),
            slack,
            database.settings(BenchDatabase.NAME),
            options.path("folder").resolve("key"),
            200);
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
    expire();
    for (int round = 0; round < options.number("rounds"); round++) {
      boolean first = round % 2 == 0;
      measure(round, first);
      measure(round, !first);
    }
    long begin = System.nanoTime();
    long before = swept.get();
    CompletableFuture<Void> sweep = CompletableFuture.runAsync(() -> sweep(new AtomicBoolean()));
    List<PacedLoad.Result> meanwhile = new ArrayList<>();
    while (!sweep.isDone()) {
      meanwhile.add(load(options.number("seconds")));
    }
    sweep.join();
    double seconds = (System.nanoTime() - begin) / 1e9;
    long left =
        database.number(
            "select count(*) from inbox_item where settled_at < now() - interval '90 days'");
    report(report, swept.get() - before, seconds, meanwhile, left);
  }

  /// Rows that look as if they had been done a hundred days ago, in the order in which they came.
  private void expire() throws SQLException {
    int rows = options.number("rows");
    System.err.printf("Making %,d rows whose time is over.%n", rows);
    database.execute(
        "insert into inbox_item (workspace_id, id, source, delivery_id, kind, lane, state,"
            + " received_at, settled_at) select '%s', gen_random_uuid(), '%s', 'old-' || n, 'slack', 'lane ' || n %% 200, 'done', at, at from (select n, now() - interval '100 days' + n * interval '10 ms' as at from generate_series(1, %d) n) old"
                .formatted(scene.workspace(), scene.workspace(), rows),
        "analyze inbox_item",
        "checkpoint");
  }

  private void measure(int round, boolean sweeping) throws Exception {
    int seconds = options.number("seconds");
    long before = swept.get();
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> sweep =
        sweeping ? CompletableFuture.runAsync(() -> sweep(over)) : new CompletableFuture<>();
    PacedLoad.Result load = load(seconds);
    over.set(true);
    if (sweeping) {
      sweep.join();
    }
    Sample sample = new Sample(sweeping, load, (swept.get() - before) / (double) seconds);
    samples.add(sample);
    System.err.printf(
        "round %d, %s: p50 %s ms, p99 %s ms, %s rows/s%s%n",
        round + 1,
        sweeping ? "sweeping" : "quiet",
        Series.number(load.latencies().milliseconds(0.5)),
        Series.number(load.latencies().milliseconds(0.99)),
        Series.number(sample.sweptPerSecond()),
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

  private void sweep(AtomicBoolean over) {
    try {
      server
          .getBean(Sweeps.class)
          .of(
              scene.workspace(),
              (table, rows) -> {
                count(table, rows);
                if (over.get()) {
                  throw new RoundOver();
                }
              });
    } catch (RoundOver ended) {
      // The next round goes on with the rest.
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private void count(String table, int rows) {
    swept.addAndGet(rows);
  }

  private void report(
      Report report, long last, double seconds, List<PacedLoad.Result> meanwhile, long left)
      throws IOException {
    report.text(
        "%,d rows of `inbox_item` whose time is over, %d deliveries a second, %d rounds of %d s each; %s."
            .formatted(
                options.number("rows"),
                options.number("per-second"),
                options.number("rounds"),
                options.number("seconds"),
                Machine.describe()));
    report.table(
        List.of("", "p50 ms", "p99 ms", "rows swept/s", "not acknowledged"),
        List.of(row("nothing is swept", false), row("while rows are swept", true)));
    Series ratios = new Series();
    List<Sample> quiet = samples.stream().filter(sample -> !sample.sweeping()).toList();
    List<Sample> busy = samples.stream().filter(Sample::sweeping).toList();
    for (int round = 0; round < quiet.size(); round++) {
      ratios.add(
          busy.get(round).load().latencies().milliseconds(0.99)
              / quiet.get(round).load().latencies().milliseconds(0.99));
    }
    Series high = new Series();
    meanwhile.forEach(each -> high.add(each.latencies().milliseconds(0.99)));
    report.text(
        ("The 99th percentile while sweeping is %s times that without, of the same round. The last"
                + " %,d rows went in one sweep of about %s s beside the same deliveries: p99 of each %d s"
                + " %s ms, %d not acknowledged; %d rows were left.")
            .formatted(
                ratios.text(),
                last,
                Series.number(seconds),
                options.number("seconds"),
                high.text(),
                meanwhile.stream().mapToInt(PacedLoad.Result::refused).sum(),
                left));
  }

  private List<String> row(String name, boolean sweeping) {
    Series median = new Series();
    Series high = new Series();
    Series rate = new Series();
    int refused = 0;
    for (Sample sample : samples) {
      if (sample.sweeping() == sweeping) {
        median.add(sample.load().latencies().milliseconds(0.5));
        high.add(sample.load().latencies().milliseconds(0.99));
        rate.add(sample.sweptPerSecond());
        refused += sample.load().refused();
      }
    }
    return List.of(
        name, median.text(), high.text(), sweeping ? rate.text() : "–", String.valueOf(refused));
  }

  @Override
  public void close() throws Exception {
    server.close();
    database.close();
  }
}
