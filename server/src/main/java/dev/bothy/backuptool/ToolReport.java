package dev.bothy.backuptool;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bothy.platform.backup.BackupFailure;
import dev.bothy.platform.backup.Backups;
import dev.bothy.platform.backup.Evidence;
import dev.bothy.platform.backup.Manifest;
import dev.bothy.platform.backup.Retention.BackupClass;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a command leaves for whoever started it: a sentence on standard output, and JSON in the
/// file that was named, short enough for the termination message of a pod (4096 bytes).
///
/// @param outcome Succeeded, Failed, Refused or RolledBack
/// @param reason a [BackupFailure.Reason]; null when it succeeded
/// @param message for people
/// @param backup which one it was about; null if none was chosen
/// @param pruned those that were removed as too old
/// @param kept the letters of the classes of each that stays, newest first
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ToolReport(
    Outcome outcome,
    BackupFailure.@Nullable Reason reason,
    String message,
    @Nullable Backup backup,
    List<String> pruned,
    Map<String, String> kept,
    @Nullable Drill drill) {
  /// Done.
  public static final int DONE = 0;

  /// Not done; trying again may help.
  public static final int FAILED = 1;

  /// Not done, and trying the same again does not help.
  public static final int REFUSED = 3;

  /// Kubernetes cuts a termination message at 4096 bytes.
  private static final int LONGEST_MESSAGE = 900;

  private static final int MOST_KEPT = 60;
  private static final JsonMapper JSON = JsonMapper.shared();

  public ToolReport {
    pruned = pruned.stream().limit(MOST_KEPT / 4).toList();
  }

  /// How it ended.
  public enum Outcome {
    Succeeded,
    Failed,
    Refused,
    RolledBack
  }

  /// A backup, in short.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Backup(
      String id,
      @Nullable String name,
      UUID installation,
      Instant takenAt,
      Instant completedAt,
      String version,
      long bytes,
      long storedBytes,
      long rows,
      int tables) {
    static Backup of(Manifest manifest) {
      return new Backup(
          manifest.id(),
          manifest.name(),
          manifest.installation(),
          manifest.takenAt(),
          manifest.completedAt(),
          manifest.version(),
          manifest.bytes(),
          manifest.storedBytes(),
          manifest.rows(),
          manifest.tables().size());
    }
  }

  /// A drill, in short.
  public record Drill(String evidence, long seconds, List<Check> checks) {}

  /// A check of a drill.
  public record Check(String name, String result, String message) {}

  static ToolReport done(String message, @Nullable Manifest manifest) {
    return new ToolReport(
        Outcome.Succeeded,
        null,
        message,
        manifest == null ? null : Backup.of(manifest),
        List.of(),
        Map.of(),
        null);
  }

  static ToolReport done(String message, Manifest manifest, Backups.Pruned pruned) {
    Map<String, String> kept = new LinkedHashMap<>();
    pruned
        .kept()
        .forEach((id, classes) -> {
          if (kept.size() < MOST_KEPT) {
            kept.put(
                id.value(),
                classes.stream()
                    .map(BackupClass::letter)
                    .map(String::valueOf)
                    .collect(Collectors.joining()));
          }
        });
    return new ToolReport(
        Outcome.Succeeded,
        null,
        message,
        Backup.of(manifest),
        pruned.removed().stream().map(Object::toString).toList(),
        kept,
        null);
  }

  /// @param manifest null if none was chosen
  public static ToolReport failed(BackupFailure failure, @Nullable Manifest manifest) {
    return new ToolReport(
        failure.reason().mayPass() ? Outcome.Failed : Outcome.Refused,
        failure.reason(),
        String.valueOf(failure.getMessage()),
        manifest == null ? null : Backup.of(manifest),
        List.of(),
        Map.of(),
        null);
  }

  /// What a drill found.
  public static ToolReport drill(Evidence evidence, Manifest manifest) {
    return new ToolReport(
        evidence.good() ? Outcome.Succeeded : Outcome.Failed,
        evidence.good() ? null : BackupFailure.Reason.DrillFailed,
        evidence.checks().stream()
            .filter(check -> !check.passed())
            .findFirst()
            .map(check -> check.name() + ": " + check.message())
            .orElse(
                "The backup %s was restored, served and answered in %d s"
                    .formatted(evidence.backup(), evidence.seconds())),
        Backup.of(manifest),
        List.of(),
        Map.of(),
        new Drill(
            evidence.id(),
            evidence.seconds(),
            evidence.checks().stream()
                .map(check ->
                    new Check(check.name(), check.result(), shortened(check.message(), 200)))
                .toList()));
  }

  /// Says it, and writes the file.
  ///
  /// @param file null writes none
  /// @return what the program ends with
  public int leave(@Nullable Path file, PrintStream out) {
    out.println(message);
    if (file != null) {
      ToolReport fitting =
          new ToolReport(
              outcome, reason, shortened(message, LONGEST_MESSAGE), backup, pruned, kept, drill);
      try {
        Files.write(file, JSON.writeValueAsBytes(fitting));
      } catch (IOException e) {
        out.println("The report could not be written to " + file + ": " + e.getMessage());
        return FAILED;
      }
    }
    return switch (outcome) {
      case Succeeded, RolledBack -> DONE;
      case Failed -> FAILED;
      case Refused -> REFUSED;
    };
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
