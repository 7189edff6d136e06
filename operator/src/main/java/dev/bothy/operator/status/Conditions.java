package dev.bothy.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The conditions of a status, by type: what was not said anew stays as it was, and one keeps its
/// time while its truth is the same.
public final class Conditions {
  private static final int LONGEST = 2000;

  private final Map<String, Condition> all = new LinkedHashMap<>();
  private final List<Condition> before;
  private final long generation;
  private final Instant now;

  /// @param before what the status has
  /// @param generation of the resource that they are about
  public Conditions(List<Condition> before, long generation, Instant now) {
    this.before = List.copyOf(before);
    before.forEach(condition -> all.put(condition.getType(), condition));
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  public void put(String type, boolean holds, String reason, String message) {
    Condition old = of(before, type).orElse(null);
    String truth = holds ? "True" : "False";
    String text = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
    Condition condition =
        new ConditionBuilder()
            .withType(type)
            .withStatus(truth)
            .withReason(reason)
            .withMessage(text)
            .withObservedGeneration(generation)
            .withLastTransitionTime(
                old != null && truth.equals(old.getStatus())
                    ? old.getLastTransitionTime()
                    : now.toString())
            .build();
    all.put(type, condition);
  }

  /// Those that say something else than before.
  public List<Condition> changed() {
    return all.values().stream()
        .filter(condition ->
            of(before, condition.getType()).filter(old -> saysTheSame(old, condition)).isEmpty())
        .toList();
  }

  private static boolean saysTheSame(Condition one, Condition other) {
    return Objects.equals(one.getStatus(), other.getStatus())
        && Objects.equals(one.getReason(), other.getReason())
        && Objects.equals(one.getMessage(), other.getMessage());
  }

  public List<Condition> all() {
    return List.copyOf(all.values());
  }

  public static Optional<Condition> of(List<Condition> conditions, String type) {
    return conditions.stream().filter(each -> type.equals(each.getType())).findFirst();
  }
}
