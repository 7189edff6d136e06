package dev.bothy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Part of `scripts/bench backup`: backup and restore of one size, Bothy's commands and
/// PostgreSQL's tools in turns, each round in the other order.
final class BackupRounds {
  private static final String PLAIN = "plain";
  private static final String UNCOMPRESSED = "uncompressed";
  private static final String RESTORED = "restored";

  private final Options options;
  private final BenchDatabase database;
  private final BackupRun run;
  private final PostgresTools tools;
  private final long bytes;
  private final Path dumped;
  private final List<String> subjects;
  private final List<Map<String, Taken>> rounds = new ArrayList<>();

  /// What one subject took in one round.
  ///
  /// @param restoreUnread the restore without reading again what it had loaded
  private record Taken(
      double backup,
      double restore,
      double restoreUnread,
      double backupMebibytes,
      double restoreMebibytes,
      double stored) {}

  /// @param bytes of the tables
  BackupRounds(
      Options options, BenchDatabase database, BackupRun run, PostgresTools tools, long bytes) {
    this.options = options;
    this.database = database;
    this.run = run;
    this.tools = tools;
    this.bytes = bytes;
    this.dumped = options.path("folder").resolve("dump");
    this.subjects = Arrays.asList(options.text("subjects").split(","));
  }

  void run(Report report) throws Exception {
    for (int round = 0; round < options.number("rounds"); round++) {
      Map<String, Taken> all = new LinkedHashMap<>();
      for (String subject : round % 2 == 0 ? subjects : subjects.reversed()) {
        Taken taken =
            subject.equals(PLAIN) || subject.equals(UNCOMPRESSED) ? tools(subject) : own(subject);
        all.put(subject, taken);
        System.err.printf(
            "round %d, %s: backup %s s, restore %s s (%s without reading again), %s and %s MiB%n",
            round + 1,
            subject,
            Series.number(taken.backup()),
            Series.number(taken.restore()),
            Series.number(taken.restoreUnread()),
            Series.number(taken.backupMebibytes()),
            Series.number(taken.restoreMebibytes()));
      }
      rounds.add(all);
    }
    report(report);
  }

  private Taken tools(String subject) throws Exception {
    int parallel = options.number("parallel");
    empty();
    // So that nobody writes what another has left.
    database.execute("checkpoint");
    long begin = System.nanoTime();
    tools.dump(
        database.address(BenchDatabase.NAME),
        dumped,
        parallel,
        subject.equals(UNCOMPRESSED) ? List.of("--compress=none") : List.of());
    double backup = seconds(begin);
    database.makeEmpty(RESTORED);
    database.execute("checkpoint");
    begin = System.nanoTime();
    tools.restore(database.address(RESTORED), dumped, parallel);
    double restore = seconds(begin);
    database.drop(RESTORED);
    double stored;
    try (Stream<Path> files = Files.list(dumped)) {
      stored = files.mapToLong(file -> file.toFile().length()).sum();
    }
    empty();
    return new Taken(backup, restore, restore, 0, 0, stored);
  }

  private Taken own(String store) throws Exception {
    run.empty(store);
    database.execute("checkpoint");
    BackupRun.Result backup = run.backup(store);
    database.make(RESTORED);
    database.execute("checkpoint");
    BackupRun.Result restore = run.restore(store, database.settings(RESTORED));
    database.drop(RESTORED);
    double stored = run.stored(store);
    run.empty(store);
    System.err.println("  backup " + backup.phases() + ", restore " + restore.phases());
    return new Taken(
        backup.seconds(),
        restore.seconds(),
        restore.seconds() - restore.phase("Verifying"),
        backup.residentMebibytes(),
        restore.residentMebibytes(),
        stored);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private void empty() throws IOException {
    if (Files.exists(dumped)) {
      try (Stream<Path> files = Files.walk(dumped)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /// A figure of each round.
  private interface Figure {
    double of(Map<String, Taken> round);
  }

  private Series series(Figure figure) {
    Series series = new Series();
    rounds.forEach(round -> series.add(figure.of(round)));
    return series;
  }

  /// How fast a subject is beside another, of the same round; empty where that was not measured.
  private String beside(String subject, String other, Figure2 figure) {
    return !subjects.contains(other) || subject.equals(other)
        ? ""
        : series(round -> figure.of(taken(round, other)) / figure.of(taken(round, subject))).text()
            + " ×";
  }

  private static Taken taken(Map<String, Taken> round, String subject) {
    return Objects.requireNonNull(round.get(subject));
  }

  /// A figure of a subject.
  private interface Figure2 {
    double of(Taken taken);
  }

  private void report(Report report) throws Exception {
    double megabytes = bytes / 1e6;
    report.text(
        "%s GB in tables, %d rounds, %s connections; %s; %s."
            .formatted(
                Series.number(bytes / 1e9),
                rounds.size(),
                options.text("parallel"),
                tools.version(),
                Machine.describe()));
    List<List<String>> rows = new ArrayList<>();
    for (String subject : subjects) {
      boolean own = !subject.equals(PLAIN) && !subject.equals(UNCOMPRESSED);
      rows.add(
          row(
              name(subject) + ", backup",
              subject,
              Taken::backup,
              megabytes,
              own ? series(round -> taken(round, subject).backupMebibytes()).text() : ""));
      rows.add(
          row(
              name(subject) + ", restore",
              subject,
              Taken::restore,
              megabytes,
              own ? series(round -> taken(round, subject).restoreMebibytes()).text() : ""));
      if (own) {
        rows.add(
            row(
                name(subject) + ", restore without reading it again",
                subject,
                Taken::restoreUnread,
                megabytes,
                ""));
      }
    }
    report.table(
        List.of("", "s", "MB/s", "as fast as pg_dump, pg_restore", "as without compression", "MiB"),
        rows);
    for (String subject : subjects) {
      report.text(
          "%s stores %s MB."
              .formatted(
                  name(subject), series(round -> taken(round, subject).stored() / 1e6).text()));
    }
  }

  private List<String> row(
      String name, String subject, Figure2 figure, double megabytes, String memory) {
    return List.of(
        name,
        series(round -> figure.of(taken(round, subject))).text(),
        series(round -> megabytes / figure.of(taken(round, subject))).text(),
        beside(subject, PLAIN, figure),
        beside(subject, UNCOMPRESSED, figure),
        memory);
  }

  private static String name(String subject) {
    return switch (subject) {
      case PLAIN -> "pg_dump and pg_restore";
      case UNCOMPRESSED -> "pg_dump and pg_restore, --compress=none";
      default -> "**Bothy**, " + subject;
    };
  }
}
