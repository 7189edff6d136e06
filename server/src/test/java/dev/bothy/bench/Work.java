package dev.bothy.bench;

import dev.bothy.BothyServer;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// `scripts/bench work`: events per second through claim, handler and completion, of our engine, of
/// Graphile Worker and of db-scheduler.
final class Work implements AutoCloseable {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("events", "20000");
    DEFAULTS.put("rounds", "5");
    DEFAULTS.put("lanes", "1000");
    DEFAULTS.put("workspaces", "1,10,100,1000");
    DEFAULTS.put("workers", "8");
    DEFAULTS.put("subjects", "workspaces,without-rls,graphile,graphile-batched,db-scheduler");
    DEFAULTS.put("set", "");
    DEFAULTS.put("folder", "target/bench/postgres");
    DEFAULTS.put("report", "-");
  }

  private static final int PAYLOAD_BYTES = 200;

  /// The number of workspaces at which ours is compared with the others.
  private static final int COMPARED = 10;

  private final Options options;
  private final BenchDatabase database;
  private final ConfigurableApplicationContext context;
  private final Inbox inbox;
  private final WorkHandler handler;
  private final List<WorkspaceId> workspaces = new ArrayList<>();
  private final WorkPeers scheduler;
  private final NodePeer graphile;
  private final Map<String, Series> rates = new LinkedHashMap<>();
  private long accepted;

  private Work(Options options) throws Exception {
    this.options = options;
    database = BenchDatabase.start(options.path("folder"));
    context = start();
    inbox = context.getBean(Inbox.class);
    handler = context.getBean(WorkHandler.class);
    Workspaces made = context.getBean(Workspaces.class);
    int most = options.numbers("workspaces").stream().mapToInt(Integer::intValue).max().orElse(1);
    for (int number = 0; number < Math.max(most, COMPARED); number++) {
      workspaces.add(made.create("bench-" + number, "Bench " + number).id());
    }
    makeEffects();
    scheduler = new WorkPeers(database, Clock.systemUTC(), options.number("workers"));
    NodePeer.install();
    graphile =
        NodePeer.start(
            "work.mjs",
            Map.of(
                "DATABASE_URL", database.address(BenchDatabase.NAME),
                "WORKERS", options.text("workers"),
                "PAYLOAD_BYTES", String.valueOf(PAYLOAD_BYTES)));
    graphile.next();
    database.execute("create table public.graphile_effect (id bigint primary key, note text)");
  }

  static void main(String[] arguments) {
    Program.run(() -> {
      try (Work work = new Work(Options.read(arguments, DEFAULTS))) {
        work.measure();
        work.report();
      }
    });
  }

  private ConfigurableApplicationContext start() {
    List<String> settings = new ArrayList<>(database.settings(BenchDatabase.NAME));
    settings.addAll(
        List.of(
            "server.port=0",
            "logging.level.root=warn",
            "bothy.work.workers=" + options.text("workers"),
            "bothy.installation.mode=embedded",
            "bothy.keys.local-file=" + options.path("folder").resolve("key"),
            "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
            "bothy.egress.region=test"));
    if (!options.text("set").isEmpty()) {
      settings.addAll(List.of(options.text("set").split(",")));
    }
    return new SpringApplicationBuilder(BothyServer.class, WorkHandler.class)
        .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
  }

  /// The table that handling inserts into: like every table of Bothy's.
  private void makeEffects() throws SQLException {
    try (Connection owner =
            DriverManager.getConnection(
                database.url(BenchDatabase.NAME), "bothy_migrate", BenchDatabase.PASSWORD);
        Statement statement = owner.createStatement()) {
      statement.execute(
          "create table bench_effect (workspace_id uuid not null, id uuid not null, note text,"
              + " primary key (workspace_id, id))");
      statement.execute("select protect_table('bench_effect')");
    }
  }

  /// The first round warms up and is not counted.
  private void measure() throws Exception {
    for (int round = 0; round <= options.number("rounds"); round++) {
      List<String> order = new ArrayList<>();
      for (String subject : options.text("subjects").split(",")) {
        if (subject.equals("workspaces")) {
          options.numbers("workspaces").forEach(count -> order.add("workspaces " + count));
        } else {
          order.add(subject);
        }
      }
      Collections.rotate(order, -round);
      if (round % 2 == 1) {
        Collections.reverse(order);
      }
      for (String subject : order) {
        double rate = options.number("events") / (run(subject).toNanos() / 1e9);
        System.err.printf(
            "%s, %s: %s/s%n",
            round == 0 ? "warm-up" : "round " + round, subject, Series.number(rate));
        if (round > 0) {
          rates.computeIfAbsent(subject, _ -> new Series()).add(rate);
        }
      }
    }
  }

  private Duration run(String subject) throws Exception {
    database.execute("checkpoint");
    return switch (subject) {
      case "without-rls" -> {
        rowLevelSecurity("no force", "disable");
        try {
          yield ours(COMPARED);
        } finally {
          rowLevelSecurity("force", "enable");
        }
      }
      case "graphile" -> graphile("default");
      case "graphile-batched" -> graphile("batched");
      case "db-scheduler" -> scheduler.run(options.number("events"), "x".repeat(PAYLOAD_BYTES));
      default -> ours(Integer.parseInt(subject.substring(subject.indexOf(' ') + 1)));
    };
  }

  private Duration ours(int inWorkspaces) throws Exception {
    int events = options.number("events");
    handler.close();
    load(events, inWorkspaces);
    database.execute("vacuum analyze inbox_item", "vacuum analyze lane");
    long begin = System.nanoTime();
    handler.open();
    while (handler.done() < events) {
      LockSupport.parkNanos(1_000_000);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    long effects = database.number("select count(*) from bench_effect");
    if (effects != events) {
      throw new IllegalStateException(effects + " effects of " + events + " events");
    }
    database.execute("truncate inbox_item, bench_effect");
    return took;
  }

  private void load(int events, int inWorkspaces) throws InterruptedException {
    UUID source = new UUID(0, 1);
    int lanes = options.number("lanes");
    byte[] payload = "x".repeat(PAYLOAD_BYTES).getBytes(StandardCharsets.US_ASCII);
    Semaphore atOnce = new Semaphore(500);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < events; number++) {
        int lane = number % lanes;
        Inbox.Delivery delivery =
            new Inbox.Delivery(
                workspaces.get(lane % inWorkspaces),
                source,
                "d" + accepted++,
                "lane " + lane,
                WorkHandler.KIND,
                payload);
        atOnce.acquire();
        callers.submit(() -> {
          try {
            if (!(inbox.accept(delivery) instanceof Inbox.Receipt.Stored)) {
              throw new IllegalStateException("Not stored");
            }
          } finally {
            atOnce.release();
          }
        });
      }
    }
  }

  private Duration graphile(String mode) throws Exception {
    graphile.say("load " + options.number("events"));
    graphile.next();
    graphile.say("run " + mode);
    double milliseconds = graphile.next().path("milliseconds").asDouble();
    database.execute("truncate public.graphile_effect");
    return Duration.ofNanos((long) (milliseconds * 1e6));
  }

  /// With row-level security off every statement is as it would be without it; nothing else
  /// changes.
  private void rowLevelSecurity(String force, String enable) throws SQLException {
    for (String table :
        database.texts(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace ="
                + " 'bothy'::regnamespace and exists (select from pg_policy where polrelid ="
                + " pg_class.oid)")) {
      database.execute(
          "alter table " + table + " " + enable + " row level security",
          "alter table " + table + " " + force + " row level security");
    }
  }

  private void report() throws Exception {
    Report report = new Report();
    report.text(
        "%d rounds of %,d events in %,d conversations, %d workers, one insert by each handler%s; %s; Node.js %s."
            .formatted(
                options.number("rounds"),
                options.number("events"),
                options.number("lanes"),
                options.number("workers"),
                options.text("set").isEmpty() ? "" : ", " + options.text("set"),
                Machine.describe(),
                Machine.version("node")));
    Series compared = rates.getOrDefault("workspaces " + COMPARED, new Series());
    List<List<String>> rows = new ArrayList<>();
    rates.forEach((subject, series) ->
        rows.add(
            List.of(
                name(subject),
                series.text(),
                Series.number(1e6 / series.median()),
                compared.isEmpty()
                    ? "–"
                    : Series.number(compared.median() / series.median()) + " ×")));
    report.table(
        List.of("who", "events/s", "µs each", "Bothy in " + COMPARED + " workspaces is"), rows);
    report.finish(options.text("report"));
  }

  private static String name(String subject) {
    return switch (subject) {
      case "without-rls" -> "Bothy, " + COMPARED + " workspaces, row-level security off";
      case "graphile" -> "Graphile Worker";
      case "graphile-batched" -> "Graphile Worker, local queue and batched completion";
      case "db-scheduler" -> "db-scheduler, lock and fetch";
      default -> "**Bothy**, " + subject;
    };
  }

  @Override
  public void close() throws Exception {
    graphile.close();
    scheduler.close();
    context.close();
    database.close();
  }
}
