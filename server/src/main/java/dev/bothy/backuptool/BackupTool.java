package dev.bothy.backuptool;

import dev.bothy.command.BackupCommand;
import dev.bothy.platform.backup.BackupFailure;
import dev.bothy.platform.backup.BackupId;
import dev.bothy.platform.backup.BackupReader;
import dev.bothy.platform.backup.BackupWriter;
import dev.bothy.platform.backup.Backups;
import dev.bothy.platform.backup.Evidence;
import dev.bothy.platform.backup.Manifest;
import dev.bothy.platform.backup.Restoration;
import dev.bothy.platform.backup.Verification;
import dev.bothy.platform.backup.Words;
import dev.bothy.platform.recovery.RecoveryMark;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs the commands.
public final class BackupTool {
  private final Toolbox tools;
  private final List<String> settings;
  private final Clock clock;
  private final PrintStream out;
  private @Nullable Manifest about;

  private BackupTool(Toolbox tools, List<String> settings, Clock clock, PrintStream out) {
    this.tools = tools;
    this.settings = settings;
    this.clock = clock;
    this.out = out;
  }

  /// @param out gets lines for people and, beginning with `BOTHY-PROGRESS`, for programs
  /// @return what the program ends with: 0 done, 1 failed, 3 refused
  public static int run(BackupCommand.OfStore command, Clock clock, PrintStream out) {
    return switch (command) {
      case BackupCommand.Backup backup ->
          run(backup.report(), backup.settings(), clock, out, tool -> tool.backup(backup.name()));
      case BackupCommand.ListAll all ->
          run(all.report(), all.settings(), clock, out, BackupTool::list);
      case BackupCommand.Verify verify ->
          run(verify.report(), verify.settings(), clock, out, tool -> tool.verify(verify.backup()));
      case BackupCommand.Restore restore ->
          run(restore.report(), restore.settings(), clock, out, tool -> tool.restore(restore));
      case BackupCommand.Undo undo ->
          run(undo.report(), undo.settings(), clock, out, BackupTool::undo);
    };
  }

  private static int run(
      @Nullable Path report,
      List<String> settings,
      Clock clock,
      PrintStream out,
      Function<BackupTool, ToolReport> work) {
    ToolReport ended;
    try (Toolbox tools = Toolbox.open(settings, clock)) {
      BackupTool tool = new BackupTool(tools, settings, clock, out);
      try {
        ended = work.apply(tool);
      } catch (RuntimeException e) {
        ended = ToolReport.failed(BackupFailure.of(e), tool.about);
      }
    } catch (RuntimeException e) {
      ended = ToolReport.failed(BackupFailure.of(e), null);
    }
    return ended.leave(report, out);
  }

  private ToolReport backup(@Nullable String name) {
    Manifest manifest = write(name);
    String complete =
        "The backup %s is complete: %d rows of %d tables, %s, stored as %s in %s"
            .formatted(
                manifest.id(),
                manifest.rows(),
                manifest.tables().size(),
                Words.bytes(manifest.bytes()),
                Words.bytes(manifest.storedBytes()),
                tools.store().describe());
    try {
      Backups.Pruned pruned =
          tools.backups().prune(manifest.installation(), tools.retention(), manifest.takenAt());
      return ToolReport.done(
          complete + "; %d older ones removed".formatted(pruned.removed().size()),
          manifest,
          pruned);
    } catch (BackupFailure e) {
      // It is there all the same, and the next one removes what this one did not.
      return ToolReport.done(
          complete + ". Older ones could not be looked at: " + e.getMessage(), manifest);
    }
  }

  private Manifest write(@Nullable String name) {
    Manifest manifest =
        new BackupWriter(tools.store(), tools.keys(), tools.asReader(), tools.settings().parallel())
            .write(name, Documents.of(tools.environment(), settings), new ProgressLines(out));
    about = manifest;
    return manifest;
  }

  private ToolReport list() {
    List<Backups.Entry> all = tools.backups().newestFirst(tools.retention());
    for (Backups.Entry entry : all) {
      Manifest manifest = entry.manifest();
      Instant verifiedAt = entry.verifiedAt();
      out.printf(
          "%s  %s  %s in %s  %s  %s%s%n",
          manifest.id(),
          manifest.takenAt().truncatedTo(ChronoUnit.SECONDS),
          Words.bytes(manifest.bytes()),
          Words.bytes(manifest.storedBytes()),
          entry.classes().stream().map(Enum::name).sorted().collect(Collectors.joining(",")),
          verifiedAt == null
              ? "not verified yet"
              : "verified " + verifiedAt.truncatedTo(ChronoUnit.SECONDS),
          manifest.name() == null ? "" : "  " + manifest.name());
    }
    return ToolReport.done(
        all.isEmpty()
            ? "There is no backup in %s yet: the command backup makes one"
                .formatted(tools.store().describe())
            : "%d backups in %s".formatted(all.size(), tools.store().describe()),
        all.isEmpty() ? null : all.getFirst().manifest());
  }

  private ToolReport verify(String wanted) {
    BackupId id = tools.backups().pick(wanted);
    Instant startedAt = clock.instant();
    BackupFailure failure = null;
    Manifest manifest = null;
    try {
      BackupReader reader = BackupReader.open(tools.store(), tools.keys(), id);
      manifest = reader.manifest();
      about = manifest;
      Verification.verify(reader, tools.settings().parallel(), new ProgressLines(out));
    } catch (BackupFailure e) {
      failure = e;
    }
    if (manifest == null) {
      throw Objects.requireNonNull(failure);
    }
    Instant endedAt = clock.instant();
    String found =
        failure == null
            ? "Every object of %s is whole: %d rows of %d tables"
                .formatted(id, manifest.rows(), manifest.tables().size())
            : String.valueOf(failure.getMessage());
    if (failure == null || !failure.reason().mayPass()) {
      tools
          .backups()
          .keep(
              new Evidence(
                  evidenceId(),
                  Evidence.VERIFY,
                  id.value(),
                  manifest.installation(),
                  startedAt,
                  endedAt,
                  failure == null,
                  List.of(
                      new Evidence.Check(
                          "Objects",
                          failure == null ? Evidence.Check.PASS : Evidence.Check.FAIL,
                          found,
                          Duration.between(startedAt, endedAt).toMillis()))));
    }
    if (failure != null) {
      throw failure;
    }
    return ToolReport.done(found, manifest);
  }

  /// Begins with its time, so that by name is by time.
  private String evidenceId() {
    return BackupId.at(clock.instant()).value();
  }

  private ToolReport restore(BackupCommand.Restore command) {
    Backups backups = tools.backups();
    BackupId id =
        command.at() == null ? backups.pick(command.backup()) : backups.pick(command.at());
    BackupReader reader = BackupReader.open(tools.store(), tools.keys(), id);
    about = reader.manifest();
    Restoration restoration = tools.restoration(new ProgressLines(out));
    restoration.check(reader, tools.keys(), command.installation(), command.acceptMissingKeys());
    Manifest manifest = reader.manifest();
    if (command.check()) {
      return ToolReport.done(
          "The backup %s of %s, made by version %s, can be restored: %d rows of %d tables, %s"
              .formatted(
                  id,
                  manifest.takenAt().truncatedTo(ChronoUnit.SECONDS),
                  manifest.version(),
                  manifest.rows(),
                  manifest.tables().size(),
                  Words.bytes(manifest.bytes())),
          manifest);
    }
    if (command.safetyBackup() && restoration.isUnfinished()) {
      out.println(
          "An earlier restore was not finished: what was there before it is put back first");
      restoration.undo();
    }
    if (command.safetyBackup() && restoration.isInUse()) {
      out.println("What is in the database now is backed up first");
      Manifest safety = write("before-restore-of-" + id);
      out.printf("The backup %s has what was there before%n", safety.id());
      about = manifest;
    }
    restoration.restore(
        reader,
        connection ->
            RecoveryMark.insert(connection, id.value(), manifest.takenAt(), clock.instant()));
    return ToolReport.done(
        "The backup %s of %s is restored: %d rows of %d tables, as its manifest says. Start the"
                .formatted(
                    id,
                    manifest.takenAt().truncatedTo(ChronoUnit.SECONDS),
                    manifest.rows(),
                    manifest.tables().size())
            + " server: it erases again what was erased since, and holds its work until an owner or"
            + " admin says go, or the command release",
        manifest);
  }

  private ToolReport undo() {
    boolean was = tools.restoration(new ProgressLines(out)).undo();
    return new ToolReport(
        ToolReport.Outcome.RolledBack,
        null,
        was
            ? "What was there before the restore is there again"
            : "No restore is unfinished: nothing was changed",
        null,
        List.of(),
        Map.of(),
        null);
  }
}
