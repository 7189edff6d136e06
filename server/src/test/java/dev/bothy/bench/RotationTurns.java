package dev.bothy.bench;

import dev.bothy.BothyServer;
import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Roster;
import dev.bothy.app.rotations.plan.Timeline;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// `scripts/bench rotations`: how long it takes to compute a year of shifts, and to catch up after
/// an outage of a week, and how both grow with the number of rotations.
final class RotationTurns implements AutoCloseable {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("sizes", "100,1000,10000");
    DEFAULTS.put("members", "50");
    DEFAULTS.put("per-workspace", "100");
    DEFAULTS.put("rounds", "3");
    DEFAULTS.put("folder", "target/bench/postgres");
    DEFAULTS.put("report", "-");
  }

  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final Duration POLL = Duration.ofMillis(250);

  private final Options options;
  private final int members;
  private final BenchDatabase database;
  private final ConfigurableApplicationContext server;
  private int made;

  private RotationTurns(Options options) throws Exception {
    this.options = options;
    this.members = options.number("members");
    database = BenchDatabase.start(options.path("folder"));
    server = start();
  }

  static void main(String[] arguments) {
    Program.run(() -> {
      try (RotationTurns bench = new RotationTurns(Options.read(arguments, DEFAULTS))) {
        bench.run();
      }
    });
  }

  private void run() throws Exception {
    double unused = years(100);
    Report report = new Report();
    report.text(
        "%s; %d members each, daily; seconds, median (lowest–highest) of %d rounds"
            .formatted(Machine.describe(), members, options.number("rounds")));
    List<List<String>> rows = new ArrayList<>();
    for (int size : options.numbers("sizes")) {
      Series years = new Series();
      Series caughtUp = new Series();
      Series told = new Series();
      Series processor = new Series();
      for (int round = 0; round < options.number("rounds"); round++) {
        years.add(years(size));
        CatchUp result = catchUp(size);
        caughtUp.add(result.recorded());
        told.add(result.told());
        processor.add(result.processor().toNanos() / 1e6 / size);
        System.err.printf("%d: %s, %s, %s%n", size, years.text(), caughtUp.text(), told.text());
      }
      rows.add(
          List.of(
              Integer.toString(size),
              years.text(),
              Series.number(years.median() / size * 1e3),
              caughtUp.text(),
              Series.number(caughtUp.median() / size * 1e3),
              told.text(),
              processor.text()));
    }
    report.table(
        List.of(
            "rotations",
            "a year of shifts, on one processor",
            "ms each",
            "a week caught up",
            "ms each",
            "and everybody told",
            "processor ms each"),
        rows);
    report.finish(options.text("report"));
  }

  /// Seconds to compute a year of shifts of as many rotations.
  private double years(int size) {
    Instant from = Instant.parse("2026-01-01T09:00:00Z");
    Instant until = from.plus(Duration.ofDays(365));
    List<Participant> people =
        IntStream.range(0, members).mapToObj(number -> new Participant("U" + number)).toList();
    long begun = System.nanoTime();
    long shifts = 0;
    for (int number = 0; number < size; number++) {
      UUID id = new UUID(0, number);
      Layer layer =
          new Layer(
              id,
              Layer.PRIMARY,
              new HandoffTimes(
                  new Cadence.Daily(),
                  LocalDate.of(2026, 1, 1),
                  LocalTime.of(number % 24, 0),
                  ZoneId.of("Europe/Berlin")),
              Activity.ALWAYS,
              Order.QUEUE,
              AbsenceMode.SKIP,
              Roster.of(people));
      Plan plan =
          new Plan(
              List.of(layer),
              Map.of(id, new Cursor(from, people.getFirst(), 0, List.of(), Map.of())),
              List.of(),
              Map.of(),
              Set.of());
      shifts += Timeline.of(plan, from, until).size();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (shifts < 364L * size) {
      throw new IllegalStateException("Too few shifts: " + shifts);
    }
    return seconds;
  }

  /// Seconds from when all was overdue.
  ///
  /// @param recorded until every hand-off was recorded
  /// @param told until every message was sent, too
  /// @param processor how long processors worked for the server meanwhile, those for PostgreSQL
  ///   apart
  private record CatchUp(double recorded, double told, Duration processor) {}

  private CatchUp catchUp(int size) throws Exception {
    int each = options.number("per-workspace");
    List<String> statements = new ArrayList<>();
    for (int begin = 0; begin < size; begin += each) {
      statements.addAll(overdue(Math.min(each, size - begin)));
    }
    database.execute("begin;" + String.join(";", statements) + ";commit", "analyze");
    Duration before = processorTime();
    long begun = System.nanoTime();
    double recorded =
        until(
            begun,
            "select exists (select from bothy.rotation where settled_at < now() - interval '1"
                + " day')");
    double told =
        until(
            begun,
            "select exists (select from bothy.outbox_item where state in ('waiting', 'sending'))");
    Duration processor = processorTime().minus(before);
    long shifts = database.number("select count(*) from bothy.shift where missed");
    if (shifts < 6L * size) {
      throw new IllegalStateException("Too few missed shifts: " + shifts);
    }
    database.execute(
        "truncate bothy.rotation, bothy.scheduled_item, bothy.lane cascade",
        "vacuum analyze",
        "checkpoint");
    return new CatchUp(recorded, told, processor);
  }

  /// The rows of rotations in a workspace of their own, whose hand-offs have been due for a week.
  private List<String> overdue(int count) {
    Workspaces workspaces = server.getBean(Workspaces.class);
    String slug = "turns-" + made++;
    Workspace workspace = workspaces.create(slug, slug);
    UUID connection =
        workspaces
            .inWorkspace(workspace.id(), () -> server.getBean(SandboxRoom.class).open())
            .id()
            .value();
    String values = "'" + workspace.id() + "', ";
    String since = "now() - interval '7 days 1 hour'";
    return List.of(
        "create temp table kind on commit drop as select unnest(array['rotations.handoff',"
            + " 'rotations.telling']) kind",
        "insert into bothy.chat_account (workspace_id, connection_id, account, name, zone, active,"
            + " bot, looked_up_at) select "
            + values
            + "'"
            + connection
            + "', 'u' || n, 'Person ' || n, 'UTC', true, false, now() from generate_series(1, "
            + members
            + ") n on conflict do nothing",
        "insert into bothy.sandbox_person (workspace_id, id, connection_id, account, name, zone,"
            + " active) select "
            + values
            + "gen_random_uuid(), '"
            + connection
            + "', 'u' || n, 'Person ' || n, 'UTC', true from generate_series(1, "
            + members
            + ") n on conflict do nothing",
        "create temp table made on commit drop as select gen_random_uuid() id, gen_random_uuid()"
            + " shift, n from generate_series(1, "
            + count
            + ") n",
        "insert into bothy.sandbox_channel (workspace_id, id, connection_id, name, created_at) select "
            + values
            + "id, '"
            + connection
            + "', 'desk-' || n, now() from made",
        "insert into bothy.rotation (workspace_id, id, version, name, connection_id, conversation,"
            + " paused, waiting, settled_at, created_at) select "
            + values
            + "id, 0, 'Desk ' || n, '"
            + connection
            + "', 'desk-' || n, false, false, "
            + since
            + ", "
            + since
            + " from made",
        "insert into bothy.rotation_layer (workspace_id, rotation_id, layer_id, position, role,"
            + " cadence, weekdays, every, unit, first_day, handoff_time, zone, active_days, hours,"
            + " turn_order, absence_mode, turn_started_at, turn_place, turn_account) select "
            + values
            + "id, id, 0, 'Primary', 'daily', 0, 0, '', '2026-01-01', '09:00', 'Europe/Berlin', 127,"
            + " '', 'queue', 'skip', "
            + since
            + ", 0, 'u1' from made",
        "insert into bothy.rotation_participant (workspace_id, rotation_id, layer_id, place,"
            + " account, owed, served_seconds) select "
            + values
            + "id, id, p - 1, 'u' || p, 0, 0 from made, generate_series(1, "
            + members
            + ") p",
        "insert into bothy.shift (workspace_id, id, rotation_id, role, account, starts_at, ends_at,"
            + " turn_at, why, missed, version) select "
            + values
            + "shift, id, 'Primary', 'u1', "
            + since
            + ", now() - interval '6 days', "
            + since
            + ", 'turn', false, 0 from made",
        "insert into bothy.scheduled_item (workspace_id, kind, subject, due_at) select "
            + values
            + "kind, id, now() - interval '6 days' from made, kind",
        "insert into bothy.lane (workspace_id, queue, kind, name, ready_at) select "
            + values
            + "'schedule', kind, id::text, now() from made, kind",
        "drop table made, kind");
  }

  /// Asks over one connection, and not often: the asking would take from what is measured.
  private double until(long begun, String left) throws Exception {
    try (Connection connection = database.superuser();
        PreparedStatement question = connection.prepareStatement(left)) {
      while (holds(question)) {
        if (System.nanoTime() - begun > LONGEST.toNanos()) {
          throw new IllegalStateException("Not within " + LONGEST + ": " + left);
        }
        Thread.sleep(POLL);
      }
      return (System.nanoTime() - begun) / 1e9;
    }
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static boolean holds(PreparedStatement question) throws SQLException {
    try (ResultSet rows = question.executeQuery()) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  private ConfigurableApplicationContext start() {
    List<String> settings = new ArrayList<>(database.settings(BenchDatabase.NAME));
    settings.addAll(
        List.of(
            "server.port=0",
            "server.address=127.0.0.1",
            "logging.level.root=warn",
            "spring.jmx.enabled=false",
            "bothy.installation.mode=embedded",
            "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
            "bothy.egress.region=test",
            "bothy.keys.local-file=" + Path.of("target/bench/turns-keys").toAbsolutePath()));
    return new SpringApplicationBuilder(BothyServer.class)
        .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
  }

  @Override
  public void close() throws Exception {
    server.close();
    database.close();
  }
}
