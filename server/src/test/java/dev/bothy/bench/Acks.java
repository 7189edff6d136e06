package dev.bothy.bench;

import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.testkit.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `scripts/bench acks`: durable acknowledgements per second and how long one takes, of the
/// packaged server, of Bolt for JavaScript, and of the bare insert.
final class Acks implements AutoCloseable {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("connections", "1,32,64,256");
    DEFAULTS.put("rounds", "5");
    DEFAULTS.put("seconds", "4");
    DEFAULTS.put("warm-up", "40000");
    DEFAULTS.put("subjects", "stored,bothy,ignored,bolt,single,batched");
    DEFAULTS.put("conversations", "1000");
    DEFAULTS.put("pool", "20");
    DEFAULTS.put("java", "-Xms256m -Xmx512m -XX:+UseSerialGC");
    DEFAULTS.put("set", "");
    DEFAULTS.put("folder", "target/bench/postgres");
    DEFAULTS.put("profile", "no");
    DEFAULTS.put("report", "-");
  }

  /// Requests are made before the clock starts: at first half as many for each second as this, then
  /// three times as many as it has answered before.
  private static final int MOST_PER_SECOND = 12_000;

  private static final int LEAST_PER_SECOND = 500;

  private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(1);

  /// What one subject did in one round.
  private record Sample(
      double perSecond,
      Latencies latencies,
      int refused,
      double handledPerSecond,
      double processor) {}

  private record Cell(String subject, int connections) {}

  private final Options options;
  private final FakeSlack slack;
  private final BenchDatabase database;
  private final SlackScene scene;
  private final BenchServer server;
  private final String claim;
  private final int payloadBytes;
  private final Optional<NodePeer> bolt;
  private final int boltPort;
  private final Optional<Pgbench> pgbench;
  private final Map<Cell, List<Sample>> samples = new LinkedHashMap<>();
  private final Map<Cell, Double> fastest = new HashMap<>();

  private Acks(Options options) throws Exception {
    this.options = options;
    slack = FakeSlack.start(Clock.systemUTC());
    database = BenchDatabase.start(options.path("folder"));
    scene =
        SlackScene.set(
            Clock.systemUTC(),
            slack,
            database.settings(BenchDatabase.NAME),
            options.path("folder").resolve("key"),
            options.number("conversations"));
    server = startServer();
    claim = database.texts("select pg_get_functiondef('bothy.claim'::regproc)").getFirst();
    payloadBytes = payloadBytes();
    if (subjects().contains("bolt")) {
      database.execute(
          """
          create table public.bolt_delivery (
            delivery_id text primary key,
            payload bytea not null,
            received_at timestamptz not null default now()
          )\
          """);
      NodePeer.install();
      NodePeer peer =
          NodePeer.start(
              "acks.mjs",
              Map.of(
                  "DATABASE_URL", database.address(BenchDatabase.NAME),
                  "POOL", options.text("pool"),
                  "PAYLOAD_BYTES", String.valueOf(payloadBytes),
                  "SLACK_API_URL", slack.api().toString(),
                  "SLACK_BOT_TOKEN", slack.install("chat:write"),
                  "SLACK_SIGNING_SECRET", SlackScene.SIGNING_SECRET));
      bolt = Optional.of(peer);
      boltPort = peer.next().path("listening").asInt();
    } else {
      bolt = Optional.empty();
      boltPort = 0;
    }
    pgbench = Pgbench.find(Path.of("target/bench/pgbench").toAbsolutePath());
    database.execute(Pgbench.TABLE);
  }

  static void main(String[] arguments) {
    Program.run(() -> {
      try (Acks acks = new Acks(Options.read(arguments, DEFAULTS))) {
        acks.run();
      }
    });
  }

  private void run() throws Exception {
    warmUp();
    if (options.text("profile").equals("no")) {
      measure();
      report();
    } else {
      profile();
    }
  }

  private BenchServer startServer() throws Exception {
    Path application = BenchServer.application();
    Path feature = BenchServer.alone(BenchFeature.class, Path.of("target/bench"));
    List<String> java = new ArrayList<>(List.of(options.text("java").split(" ")));
    java.addAll(
        List.of(
            "-cp",
            application + "/*:" + application + "/lib/*:" + feature,
            "dev.bothy.BothyServer",
            "--spring.main.sources=" + BenchFeature.class.getName()));
    List<String> settings = new ArrayList<>(scene.settings());
    // One connection brings here what thousands bring elsewhere.
    settings.add("bothy.chat.connection-events-per-minute=100000000");
    settings.add("bothy.chat.workspace-events-per-minute=100000000");
    if (!options.text("set").isEmpty()) {
      settings.addAll(List.of(options.text("set").split(",")));
    }
    return BenchServer.start(
        java,
        ServerProcess.freePort(),
        settings,
        Path.of("target/bench/server.log").toAbsolutePath());
  }

  /// What the server stores of one message: so many bytes the others store as well.
  private int payloadBytes() throws Exception {
    List<byte[]> one = scene.messages(1, "bench", server.port(), scene.path("events"));
    database.execute("create table bench_size (bytes integer)", "truncate bench_size");
    database.execute(
        "create function bench_note_size() returns trigger language plpgsql security definer set"
            + " search_path = bothy as 'begin insert into bench_size values"
            + " (octet_length(new.payload)); return new; end'",
        "create trigger bench_note_size before insert on inbox_item for each row"
            + " execute function bench_note_size()");
    LoadClient.run(server.port(), 1, one, Duration.ofSeconds(10));
    int bytes = (int) database.number("select max(bytes) from bench_size");
    database.execute(
        "drop trigger bench_note_size on inbox_item",
        "drop function bench_note_size()",
        "drop table bench_size");
    return bytes;
  }

  private List<String> subjects() {
    return List.of(options.text("subjects").split(","));
  }

  /// Until each has answered so many requests that its compiler has nothing left to do, or a minute
  /// has passed.
  private void warmUp() throws Exception {
    int enough = options.number("warm-up");
    System.err.printf("Stored per message: %d bytes. Warming up.%n", payloadBytes);
    for (String subject : subjects()) {
      if (!subject.equals("single") && !subject.equals("batched")) {
        long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        int answered = 0;
        while (answered < enough && System.nanoTime() < end) {
          answered += run(subject, 64, 4).latencies().count();
        }
        System.err.printf("%s is warm after %d requests%n", subject, answered);
      }
    }
  }

  /// Each round measures everybody, in an order that begins with another one each time and runs
  /// backwards every second time.
  private void measure() throws Exception {
    for (int round = 0; round < options.number("rounds"); round++) {
      for (int connections : options.numbers("connections")) {
        List<String> order = new ArrayList<>(subjects());
        Collections.rotate(order, -round);
        if (round % 2 == 1) {
          Collections.reverse(order);
        }
        for (String subject : order) {
          Sample sample = run(subject, connections, options.number("seconds"));
          samples
              .computeIfAbsent(new Cell(subject, connections), _ -> new ArrayList<>())
              .add(sample);
          System.err.printf(
              "round %d, %d connections, %s: %s/s, p50 %s ms, p99 %s ms, %s handled/s, %s ms of"
                  + " processor each%s%n",
              round + 1,
              connections,
              subject,
              Series.number(sample.perSecond()),
              Series.number(sample.latencies().milliseconds(0.5)),
              Series.number(sample.latencies().milliseconds(0.99)),
              Series.number(sample.handledPerSecond()),
              Series.number(sample.processor()),
              sample.refused() == 0 ? "" : ", REFUSED " + sample.refused());
        }
      }
    }
  }

  private Sample run(String subject, int connections, int seconds) throws Exception {
    String address = database.address(BenchDatabase.NAME);
    int count = most(subject, connections, seconds);
    int ours = server.port();
    Sample sample =
        switch (subject) {
          case "stored" -> {
            holdBack();
            try {
              yield load(connections, seconds, ours, messages(count, "bench"));
            } finally {
              letGo();
            }
          }
          case "bothy" -> load(connections, seconds, ours, messages(count, "bench"));
          case "ignored" -> load(connections, seconds, ours, messages(count, "other"));
          case "command" ->
              load(connections, seconds, ours, scene.commands(count, ours, scene.path("commands")));
          case "bolt" ->
              load(
                  connections,
                  seconds,
                  boltPort,
                  scene.messages(count, "bench", boltPort, "/slack/events"));
          case "single" -> bare(bench().single(address, connections, seconds, payloadBytes));
          case "batched" ->
              bare(
                  bench()
                      .batched(
                          address,
                          Math.ceilDiv(connections, Pgbench.BATCH),
                          seconds,
                          payloadBytes));
          default -> throw new IllegalArgumentException("No subject " + subject);
        };
    fastest.merge(new Cell(subject, connections), sample.perSecond(), Math::max);
    clear();
    return sample;
  }

  /// Workers find nothing to claim, so that no more is done than the others do: Bolt and the bare
  /// insert only store.
  private void holdBack() throws SQLException {
    database.execute(claim.replaceFirst("\\nbegin\\n", "\nbegin\n  return;\n"));
  }

  private void letGo() throws SQLException {
    // What was stored meanwhile is dropped with the round.
    database.execute("truncate lane", claim);
  }

  /// Everybody begins with empty tables, and nobody's leftover work runs under another's clock. One
  /// table at a time: workers may hold locks on several.
  private void clear() throws SQLException {
    database.execute(
        "truncate lane",
        "truncate inbox_item",
        "truncate outbox_item",
        "truncate public.bare_delivery",
        "do $$ begin if to_regclass('public.bolt_delivery') is not null then"
            + " truncate public.bolt_delivery; end if; end $$",
        "checkpoint");
  }

  private List<byte[]> messages(int count, String word) {
    return scene.messages(count, word, server.port(), scene.path("events"));
  }

  private int most(String subject, int connections, int seconds) {
    double before = fastest.getOrDefault(new Cell(subject, connections), MOST_PER_SECOND / 6.0);
    return (int) Math.clamp(3 * before, LEAST_PER_SECOND, MOST_PER_SECOND) * Math.min(seconds, 10);
  }

  private Pgbench bench() {
    return pgbench.orElseThrow(
        () -> new IllegalStateException("No pgbench on PATH; name one by PGBENCH"));
  }

  private static Sample bare(Pgbench.Result result) {
    return new Sample(result.rows(), result.latencies(), 0, 0, 0);
  }

  private Sample load(int connections, int seconds, int port, List<byte[]> requests)
      throws IOException, SQLException {
    Duration before = processorTime(port);
    LoadClient.Result result =
        LoadClient.run(port, connections, requests, Duration.ofSeconds(seconds));
    long handled =
        port == server.port()
            ? database.number("select count(*) from inbox_item where state = 'done'")
            : 0;
    double processor =
        processorTime(port).minus(before).toNanos() / 1e6 / Math.max(1, result.latencies().count());
    double length = result.took().toNanos() / 1e9;
    return new Sample(
        result.perSecond(), result.latencies(), result.refused(), handled / length, processor);
  }

  private Duration processorTime(int port) {
    return port == server.port()
        ? server.processorTime()
        : bolt.map(NodePeer::processorTime).orElse(Duration.ZERO);
  }

  private void profile() throws Exception {
    for (int connections : options.numbers("connections")) {
      Profile profile = Profile.start(server.pid(), Path.of("target/bench/acks.jfr"));
      String subject = subjects().getFirst();
      Sample sample = run(subject, connections, options.number("seconds"));
      System.out.printf(
          "%s, %d connections: %s/s, %s ms of processor each%n",
          subject,
          connections,
          Series.number(sample.perSecond()),
          Series.number(sample.processor()));
      profile.stop().forEach(System.out::println);
    }
  }

  private void report() throws Exception {
    Report report = new Report();
    report.text(
        "%d rounds of %d s, %d conversations, %d bytes stored per event, server with `%s`%s; %s; Node.js %s; %s."
            .formatted(
                options.number("rounds"),
                options.number("seconds"),
                options.number("conversations"),
                payloadBytes,
                options.text("java"),
                options.text("set").isEmpty() ? "" : " and " + options.text("set"),
                Machine.describe(),
                Machine.version("node"),
                pgbench.isEmpty() ? "no pgbench" : pgbench.get().version()));
    List<List<String>> rows = new ArrayList<>();
    samples.forEach((cell, all) -> rows.add(row(cell, all)));
    report.table(
        List.of(
            "connections",
            "who",
            "acknowledged/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "processor ms each",
            "handled/s meanwhile",
            "stored is",
            "stored and handled is"),
        rows);
    report.finish(options.text("report"));
  }

  private List<String> row(Cell cell, List<Sample> all) {
    return List.of(
        String.valueOf(cell.connections()),
        switch (cell.subject()) {
          case "stored" -> "**Bothy**, stored";
          case "bothy" -> "**Bothy**, stored and handled";
          case "ignored" -> "Bothy, not wanted";
          case "command" -> "Bothy, `/rotation help`";
          case "bolt" -> "Bolt for JavaScript";
          case "single" -> "bare insert, singly";
          default -> "bare insert, " + Pgbench.BATCH + " a commit";
        },
        series(all, Sample::perSecond).text(),
        series(all, each -> each.latencies().milliseconds(0.5)).text(),
        series(all, each -> each.latencies().milliseconds(0.95)).text(),
        series(all, each -> each.latencies().milliseconds(0.99)).text(),
        all.getFirst().processor() == 0 ? "–" : series(all, Sample::processor).text(),
        cell.subject().equals("bothy") || cell.subject().equals("command")
            ? series(all, Sample::handledPerSecond).text()
            : "–",
        ratio("stored", cell),
        ratio("bothy", cell));
  }

  /// Of the rates of the same round, since the machine is not the same from round to round.
  private String ratio(String subject, Cell cell) {
    List<Sample> ours = samples.getOrDefault(new Cell(subject, cell.connections()), List.of());
    List<Sample> theirs = samples.getOrDefault(cell, List.of());
    if (cell.subject().equals(subject) || ours.isEmpty()) {
      return "";
    }
    Series ratios = new Series();
    for (int round = 0; round < theirs.size(); round++) {
      if (theirs.get(round).perSecond() > 0) {
        ratios.add(ours.get(round).perSecond() / theirs.get(round).perSecond());
      }
    }
    return ratios.isEmpty() ? "–" : ratios.text() + " ×";
  }

  private static Series series(
      List<Sample> all, java.util.function.ToDoubleFunction<Sample> value) {
    Series series = new Series();
    all.forEach(each -> series.add(value.applyAsDouble(each)));
    return series;
  }

  @Override
  public void close() throws Exception {
    if (bolt.isPresent()) {
      bolt.get().close();
    }
    server.close();
    database.close();
    slack.close();
  }
}
