package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Participant;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// How evenly duty is shared: over all pairs of people, the mean of the shorter time divided by the
/// longer. Equal shares are 100; one person alone, or nobody, is even by definition. From 95 on it
/// is called even, since turns do not divide a year without a rest.
///
/// @param score 0 to 100
/// @param overloaded who serves more than the mean, by at least one percent, the most first; empty
///   where the score is 100
public record Balance(int score, List<Overloaded> overloaded) {
  private static final int EVEN_ENOUGH = 95;

  /// @param percent by how much more than the mean they serve, 1 or more
  public record Overloaded(Participant person, int percent) {}

  /// @param lengths what each of the people serves; one with nothing counts as a share of zero
  public static Balance of(Map<Participant, Duration> lengths) {
    List<Double> shares =
        lengths.values().stream().map(length -> (double) length.toSeconds()).toList();
    int score = (int) Math.round(100 * meanOfPairs(shares));
    if (score >= EVEN_ENOUGH) {
      return new Balance(100, List.of());
    }
    double mean = shares.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    List<Overloaded> overloaded =
        lengths.entrySet().stream()
            .map(entry ->
                new Overloaded(
                    entry.getKey(),
                    (int) Math.round(100 * entry.getValue().toSeconds() / mean) - 100))
            .filter(each -> each.percent() > 0)
            .sorted(
                Comparator.comparing(Overloaded::percent)
                    .reversed()
                    .thenComparing(each -> each.person().account()))
            .toList();
    return new Balance(score, overloaded);
  }

  private static double meanOfPairs(List<Double> shares) {
    if (shares.size() < 2) {
      return 1;
    }
    double sum = 0;
    int pairs = 0;
    for (int one = 0; one < shares.size(); one++) {
      for (int other = one + 1; other < shares.size(); other++) {
        double longer = Math.max(shares.get(one), shares.get(other));
        sum += longer == 0 ? 1 : Math.min(shares.get(one), shares.get(other)) / longer;
        pairs++;
      }
    }
    return sum / pairs;
  }
}
