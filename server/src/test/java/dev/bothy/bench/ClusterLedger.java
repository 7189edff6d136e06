package dev.bothy.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a load left: every acknowledged delivery against its effect.
///
/// @param lost acknowledged, and without its effect in the database
/// @param doubled carried out more than once
/// @param answers how often each came, by status or by what went wrong
record ClusterLedger(
    SteadyDeliveries.Count count,
    List<SteadyDeliveries.Failure> failures,
    Set<Integer> lost,
    Set<Integer> doubled,
    Map<String, Long> answers,
    Latencies latencies) {
  /// Of failures, and of numbers, so many are named.
  private static final int NAMED = 20;

  /// @param effects the number of a delivery for each time that it was carried out
  /// @throws IllegalStateException if something was sent of which nothing is known
  static ClusterLedger of(SteadyDeliveries deliveries, List<Integer> effects) {
    SteadyDeliveries.Count count = deliveries.count();
    if (count.sent() != count.acknowledged() + count.retried() + count.failed()) {
      throw new IllegalStateException("Not all that was sent came to an end: " + count);
    }
    Map<Integer, Integer> times = new HashMap<>();
    effects.forEach(number -> times.merge(number, 1, Integer::sum));
    Set<Integer> lost = new TreeSet<>(deliveries.acknowledged());
    lost.removeAll(times.keySet());
    times.values().removeIf(once -> once == 1);
    return new ClusterLedger(
        count,
        deliveries.failures(),
        lost,
        new TreeSet<>(times.keySet()),
        deliveries.answers(),
        deliveries.latencies());
  }

  /// Whether all that is promised was kept.
  boolean kept() {
    return failures.isEmpty() && lost.isEmpty() && doubled.isEmpty();
  }

  String json() {
    ObjectNode ledger =
        JsonMapper.shared()
            .createObjectNode()
            .put("sent", count.sent())
            .put("acknowledged", count.acknowledged())
            .put("acknowledgedAfterRetry", count.retried())
            .put("failed", count.failed())
            .put("lost", lost.size())
            .put("doubled", doubled.size())
            .put("p50Millis", Math.round(latencies.milliseconds(0.5)))
            .put("p99Millis", Math.round(latencies.milliseconds(0.99)))
            .put("longestMillis", Math.round(latencies.milliseconds(1)));
    ObjectNode each = ledger.putObject("answers");
    answers.forEach(each::put);
    ArrayNode named = ledger.putArray("failures");
    failures.stream()
        .limit(NAMED)
        .forEach(failure ->
            named
                .addObject()
                .put("number", failure.number())
                .put("at", failure.at().toString())
                .put("first", failure.first())
                .put("retry", failure.retry()));
    ArrayNode gone = ledger.putArray("lostNumbers");
    lost.stream().limit(NAMED).forEach(gone::add);
    ArrayNode twice = ledger.putArray("doubledNumbers");
    doubled.stream().limit(NAMED).forEach(twice::add);
    return ledger.toString();
  }
}
