package dev.bothy.operator.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a backup, a verify, a restore or a drill left in its termination message. What it has that
/// is not known here is passed over, and what it lacks is empty.
///
/// @param reason one word for machines, e.g. `StorageFull`; empty if it gave none
/// @param message one sentence for people, which says what to do
/// @param backup the backup that it was about; null before one was chosen
/// @param pruned ids of backups that retention has removed
/// @param kept why retention keeps the others: letters by id, e.g. `DW`
/// @param drill what a drill found; null for all others
public record ToolReport(
    Outcome outcome,
    String reason,
    String message,
    @Nullable BackupFacts backup,
    List<String> pruned,
    Map<String, String> kept,
    @Nullable DrillFacts drill) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public ToolReport {
    pruned = List.copyOf(pruned);
    kept = Map.copyOf(kept);
  }

  /// How it ended.
  public enum Outcome {
    SUCCEEDED,
    /// Trying again may help.
    FAILED,
    /// Trying again does not help.
    REFUSED,
    /// What was there before is there again.
    ROLLED_BACK
  }

  /// Of a backup, as its manifest has it. Times are ISO 8601 in UTC and, as all else, null where
  /// they are not known.
  ///
  /// @param name the one that it was asked for by
  /// @param bytes before encryption and compression
  /// @param storedBytes in the store
  public record BackupFacts(
      String id,
      @Nullable String name,
      @Nullable String installation,
      @Nullable String takenAt,
      @Nullable String completedAt,
      @Nullable String version,
      @Nullable Long bytes,
      @Nullable Long storedBytes,
      @Nullable Long rows,
      @Nullable Integer tables) {}

  /// @param evidence its id in the store; null if none could be written
  /// @param seconds how long it took
  public record DrillFacts(@Nullable String evidence, long seconds, List<DrillCheck> checks) {
    public DrillFacts {
      checks = List.copyOf(checks);
    }
  }

  /// @param result PASS, WARN or FAIL
  public record DrillCheck(String name, String result, String message) {}

  /// @return empty if that is no report, e.g. because the tool never came so far, or was killed
  public static Optional<ToolReport> read(String text) {
    if (!text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonNode report = JSON.readTree(text);
      return outcome(report.path("outcome").asText())
          .map(outcome ->
              new ToolReport(
                  outcome,
                  report.path("reason").asText(),
                  report.path("message").asText(),
                  backup(report.path("backup")),
                  texts(report.path("pruned")),
                  kept(report.path("kept")),
                  drill(report.path("drill"))));
    } catch (JsonProcessingException cutOff) {
      return Optional.empty();
    }
  }

  private static Optional<Outcome> outcome(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "succeeded" -> Optional.of(Outcome.SUCCEEDED);
      case "failed" -> Optional.of(Outcome.FAILED);
      case "refused" -> Optional.of(Outcome.REFUSED);
      case "rolledback" -> Optional.of(Outcome.ROLLED_BACK);
      default -> Optional.empty();
    };
  }

  private static @Nullable BackupFacts backup(JsonNode backup) {
    String id = backup.path("id").asText();
    return id.isEmpty()
        ? null
        : new BackupFacts(
            id,
            text(backup, "name"),
            text(backup, "installation"),
            text(backup, "takenAt"),
            text(backup, "completedAt"),
            text(backup, "version"),
            number(backup, "bytes"),
            number(backup, "storedBytes"),
            number(backup, "rows"),
            backup.path("tables").isInt() ? backup.path("tables").asInt() : null);
  }

  private static @Nullable DrillFacts drill(JsonNode drill) {
    if (!drill.isObject()) {
      return null;
    }
    List<DrillCheck> checks = new ArrayList<>();
    for (JsonNode each : drill.path("checks")) {
      checks.add(
          new DrillCheck(
              each.path("name").asText(),
              each.path("result").asText(),
              each.path("message").asText()));
    }
    return new DrillFacts(text(drill, "evidence"), drill.path("seconds").asLong(), checks);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static Map<String, String> kept(JsonNode object) {
    Map<String, String> kept = new LinkedHashMap<>();
    object.properties().forEach(each -> kept.put(each.getKey(), each.getValue().asText()));
    return kept;
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() && !value.asText().isEmpty() ? value.asText() : null;
  }

  private static @Nullable Long number(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isIntegralNumber() ? value.asLong() : null;
  }
}
