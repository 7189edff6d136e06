package dev.bothy.bench;

import dev.bothy.BothyServer;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.erasure.Erasure;
import dev.bothy.platform.erasure.Erasures;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Part of `scripts/bench privacy`: how long it takes to erase somebody who appears in a million
/// rows among those of others; until what identifies them is gone, and until all is.
final class PrivacyErasureBench implements AutoCloseable {
  static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("rows", "1000000");
    DEFAULTS.put("others", "1000000");
    DEFAULTS.put("rounds", "5");
    DEFAULTS.put("folder", "target/bench/postgres");
    DEFAULTS.put("report", "-");
  }

  private static final Duration LOOK = Duration.ofMillis(20);

  private final Options options;
  private final BenchDatabase database;
  private final ConfigurableApplicationContext server;
  private final Series identity = new Series();
  private final Series all = new Series();
  private final Series rate = new Series();

  PrivacyErasureBench(Options options) throws Exception {
    this.options = options;
    database = BenchDatabase.start(options.path("folder"));
    List<String> settings = new ArrayList<>(database.settings(BenchDatabase.NAME));
    settings.addAll(
        List.of(
            "server.port=0",
            "server.address=127.0.0.1",
            "logging.level.root=warn",
            "bothy.installation.mode=embedded",
            "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
            "bothy.egress.region=test",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*",
            "bothy.privacy.ledger=" + options.path("folder").resolve("ledger").toAbsolutePath(),
            "bothy.keys.local-file=" + options.path("folder").resolve("key").toAbsolutePath()));
    server =
        new SpringApplicationBuilder(BothyServer.class)
            .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
  }

  static void main(String[] arguments) {
    Program.run(() -> {
      try (PrivacyErasureBench bench = new PrivacyErasureBench(Options.read(arguments, DEFAULTS))) {
        bench.run();
      }
    });
  }

  void run() throws Exception {
    measure("warm-up", Math.min(20_000, options.number("rows")), false);
    for (int round = 1; round <= options.number("rounds"); round++) {
      measure("round-" + round, options.number("rows"), true);
    }
    report();
  }

  private void measure(String name, int rows, boolean counts) throws Exception {
    Workspaces workspaces = server.getBean(Workspaces.class);
    WorkspaceId workspace = workspaces.create(name, name).id();
    Members members = server.getBean(Members.class);
    Actor by = new Actor.System();
    PersonId person =
        workspaces.inWorkspace(
            workspace,
            () -> {
              PersonId made = members.provision(new Members.Profile(name, name, null), by);
              // Whom the directory still holds is not erased.
              members.deactivate(made, by, Ended.DIRECTORY);
              return made;
            });
    fill(workspace, person, rows);
    long begin = System.nanoTime();
    Erasures erasures = server.getBean(Erasures.class);
    Erasures.Outcome outcome =
        workspaces.inWorkspace(workspace, () -> erasures.ofPerson(person, null));
    if (!(outcome instanceof Erasures.Outcome.Begun(Erasure begun))) {
      throw new IllegalStateException("It was refused: " + outcome);
    }
    double identified = 0;
    Erasure erasure = begun;
    while (!erasure.isDone()) {
      Thread.sleep(LOOK);
      erasure = workspaces.inWorkspace(workspace, () -> erasures.find(begun.id())).orElseThrow();
      if (identified == 0
          && workspaces.inWorkspace(workspace, () -> members.find(person)).isEmpty()) {
        identified = seconds(begin);
      }
    }
    double took = seconds(begin);
    long left =
        database.number(
            "select count(*) from shift where workspace_id = '%s' and account = 'U-erased'"
                .formatted(workspace));
    if (left > 0) {
      throw new IllegalStateException(left + " rows are left");
    }
    System.err.printf("%s: %,d rows in %.1f s%n", name, rows, took);
    if (counts) {
      identity.add(identified == 0 ? took : identified);
      all.add(took);
      rate.add(rows / took);
    }
  }

  /// Theirs between those of others, as they come in over the years.
  private void fill(WorkspaceId workspace, PersonId person, int rows) throws SQLException {
    UUID rotation = UUID.randomUUID();
    UUID connection = UUID.randomUUID();
    int others = (int) ((long) rows * options.number("others") / options.number("rows"));
    database.execute(
        ("insert into rotation (workspace_id, id, version, name, connection_id, conversation,"
                + " cadence, weekdays, every, unit, first_day, handoff_time, zone, paused,"
                + " turn_place, created_at) values ('%s', '%s', 0, 'Desk', '%s', 'C1', 'daily', 0,"
                + " 0, '', '2026-01-01', '09:00', 'UTC', true, 0, now())")
            .formatted(workspace, rotation, connection),
        ("insert into chat_link (workspace_id, connection_id, account, person_id, linked_by,"
                + " linked_at) values ('%s', '%s', 'U-erased', '%s', 'ADMIN', now())")
            .formatted(workspace, connection, person),
        ("insert into shift (workspace_id, id, rotation_id, account, starts_at, ends_at, ended_at,"
                + " missed, version) select '%s', gen_random_uuid(), '%s', case when mod(n::bigint * 7919, %d) < %d"
                + " then 'U-erased' else 'U-' || n %% 50 end, at, at, at, false, 0 from (select n,"
                + " now() - n * interval '1 minute' as at from generate_series(1, %d) n) old")
            .formatted(workspace, rotation, rows + others, rows, rows + others),
        "analyze shift",
        "checkpoint");
  }

  private void report() throws Exception {
    Report report = new Report();
    report.text(
        "Somebody who appears in %,d rows of `shift`, beside %,d rows of others, %d rounds; %s."
            .formatted(
                options.number("rows"),
                options.number("others"),
                options.number("rounds"),
                Machine.describe()));
    report.table(
        List.of("", ""),
        List.of(
            List.of("what identifies them is gone after", identity.text() + " s"),
            List.of("all is gone, with a receipt, after", all.text() + " s"),
            List.of("rows a second", rate.text())));
    report.finish(options.text("report"));
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  @Override
  public void close() throws Exception {
    server.close();
    database.close();
  }
}
