package dev.bothy.operator.restore;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Conditions of a status, each of which keeps its time while its truth is the same.
final class Conditions {
  private static final int LONGEST = 2000;

  private final Map<String, Condition> byType = new LinkedHashMap<>();
  private final List<Condition> changed = new ArrayList<>();
  private final long generation;
  private final Instant now;

  /// @param now in whole seconds
  Conditions(List<Condition> before, long generation, Instant now) {
    before.forEach(condition -> byType.put(condition.getType(), condition));
    this.generation = generation;
    this.now = now;
  }

  void put(String type, String truth, String reason, String message) {
    Condition old = byType.get(type);
    String text = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
    String since =
        old != null && truth.equals(old.getStatus()) ? old.getLastTransitionTime() : now.toString();
    Condition condition =
        new ConditionBuilder()
            .withType(type)
            .withStatus(truth)
            .withReason(reason)
            .withMessage(text)
            .withLastTransitionTime(since)
            .withObservedGeneration(generation)
            .build();
    byType.put(type, condition);
    if (old == null
        || !truth.equals(old.getStatus())
        || !reason.equals(old.getReason())
        || !text.equals(old.getMessage())) {
      changed.add(condition);
    }
  }

  Optional<Condition> find(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  List<Condition> all() {
    return List.copyOf(byType.values());
  }

  /// Those that say something else than before.
  List<Condition> changed() {
    return List.copyOf(changed);
  }
}
