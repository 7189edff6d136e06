package dev.bothy.bench;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.erasure.Erasure;
import dev.bothy.platform.erasure.Erasures;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Part of `scripts/bench privacy`: how long it takes to erase somebody who appears in a million
/// rows among those of others; until what identifies them is gone, and until all is.
final class PrivacyErasure {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Options options;
  private final PrivacyServer server;
  private final Series identity = new Series();
  private final Series all = new Series();
  private final Series rate = new Series();

  PrivacyErasure(Options options, PrivacyServer server) {
    this.options = options;
    this.server = server;
  }

  void run(Report report) throws Exception {
    measure("erase-warm-up", Math.min(20_000, options.number("person-rows")), false);
    for (int round = 1; round <= options.number("large-rounds"); round++) {
      measure("erase-" + round, options.number("person-rows"), true);
    }
    report(report);
  }

  private void measure(String name, int rows, boolean counts) throws Exception {
    Workspaces workspaces = server.bean(Workspaces.class);
    WorkspaceId workspace = workspaces.create(name, name).id();
    Members members = server.bean(Members.class);
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
    Erasures erasures = server.bean(Erasures.class);
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
        server
            .database()
            .number(
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
    UUID connection = UUID.randomUUID();
    int others = (int) ((long) rows * options.number("other-rows") / options.number("person-rows"));
    UUID rotation = server.rotation(workspace, connection);
    server
        .database()
        .execute(
            ("insert into chat_link (workspace_id, connection_id, account, person_id, linked_by,"
                    + " linked_at) values ('%s', '%s', 'U-erased', '%s', 'ADMIN', now())")
                .formatted(workspace, connection, person));
    server.shifts(
        workspace,
        rotation,
        rows + others,
        "case when mod(n::bigint * 7919, %d) < %d then 'U-erased' else 'U-' || n %% 50 end"
            .formatted(rows + others, rows));
  }

  private void report(Report report) throws IOException {
    report.text(
        "Erasing somebody who appears in %,d rows of `shift`, beside %,d rows of others, %d rounds; %s."
            .formatted(
                options.number("person-rows"),
                options.number("other-rows"),
                options.number("large-rounds"),
                Machine.describe()));
    report.table(
        List.of("", ""),
        List.of(
            List.of("what identifies them is gone after", identity.text() + " s"),
            List.of("all is gone, with a receipt, after", all.text() + " s"),
            List.of("rows a second", rate.text())));
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
