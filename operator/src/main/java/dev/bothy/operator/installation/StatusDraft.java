package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothyStatus;
import dev.bothy.operator.api.BothyStatus.Check;
import dev.bothy.operator.api.BothyStatus.Phase;
import dev.bothy.operator.api.BothyStatus.Restoring;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The status as a reconciliation finds it. It begins as a copy of what was, so that what a step
/// did not come to stays as it was said last; a condition keeps its time while its truth is the
/// same.
final class StatusDraft {
  private static final int LONGEST = 2000;

  private final long generation;
  private @Nullable Long observed;
  private final Instant now;
  private final @Nullable BothyStatus before;
  private final Map<String, Condition> conditions = new LinkedHashMap<>();
  private final List<Condition> changed = new ArrayList<>();
  private @Nullable Phase phase;
  private @Nullable String version;
  private @Nullable String image;
  private List<Check> preflight = List.of();
  private @Nullable Restoring restore;

  StatusDraft(Bothy bothy, Clock clock) {
    generation = bothy.getMetadata().getGeneration();
    observed = generation;
    now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    before = bothy.getStatus();
    if (before != null) {
      before.conditions().forEach(condition -> conditions.put(condition.getType(), condition));
      version = before.version();
      image = before.image();
      preflight = before.preflight();
      restore = before.restore();
    }
  }

  void phase(Phase reached) {
    phase = reached;
  }

  /// Of this generation nothing is known yet: the phase is that of the one observed last, and is
  /// said of no other.
  void remainsAsObserved() {
    phase = before == null ? Phase.Preparing : before.phase();
    observed = before == null ? null : before.observedGeneration();
  }

  void serves(String servedVersion, String servedImage) {
    version = servedVersion;
    image = servedImage;
  }

  void preflight(List<Check> checks) {
    preflight = checks;
  }

  /// @param now for which everything stands still; null for none
  void restore(@Nullable Restoring now) {
    restore = now;
  }

  void holds(ConditionType type, String reason, String message) {
    put(type, "True", reason, message);
  }

  void fails(ConditionType type, String reason, String message) {
    put(type, "False", reason, message);
  }

  /// Also a condition that was not said yet is not false.
  boolean isFalse(ConditionType type) {
    Condition condition = conditions.get(type.name());
    return condition != null && "False".equals(condition.getStatus());
  }

  /// What a condition says for a reason; empty if it has another one.
  Optional<String> said(ConditionType type, String reason) {
    return Optional.ofNullable(conditions.get(type.name()))
        .filter(condition -> reason.equals(condition.getReason()))
        .map(Condition::getMessage);
  }

  /// Since when a condition has had the truth that it has now.
  Optional<Instant> since(ConditionType type) {
    return Optional.ofNullable(conditions.get(type.name()))
        .map(Condition::getLastTransitionTime)
        .map(Instant::parse);
  }

  /// The conditions that say something else than before.
  List<Condition> changed() {
    return List.copyOf(changed);
  }

  BothyStatus status() {
    return new BothyStatus(
        observed, phase, version, image, preflight, restore, List.copyOf(conditions.values()));
  }

  boolean differs() {
    return !status().equals(before);
  }

  private void put(ConditionType type, String truth, String reason, String message) {
    Condition old = conditions.get(type.name());
    String text = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
    String since =
        old != null && truth.equals(old.getStatus()) ? old.getLastTransitionTime() : now.toString();
    Condition condition =
        new ConditionBuilder()
            .withType(type.name())
            .withStatus(truth)
            .withReason(reason)
            .withMessage(text)
            .withObservedGeneration(generation)
            .withLastTransitionTime(since)
            .build();
    if (old == null
        || !truth.equals(old.getStatus())
        || !reason.equals(old.getReason())
        || !text.equals(old.getMessage())) {
      changed.add(condition);
    }
    conditions.put(type.name(), condition);
  }

  /// What the status says of an installation, each true or false.
  enum ConditionType {
    /// All that was asked for serves.
    Ready,
    /// In a trial: its own PostgreSQL and OpenBao are set up.
    TrialPrepared,
    /// What this revision stands on was checked and found well.
    PreflightPassed,
    /// The schema is this version's.
    Migrated,
    /// At least one server serves.
    Available
  }
}
