package dev.bothy.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The results of several rounds of one measurement.
final class Series {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /// The middle one; of an even number of rounds the mean of the two in the middle.
  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /// `median (lowest–highest)`.
  String text() {
    if (values.isEmpty()) {
      return "–";
    }
    double lowest = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double highest = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return "%s (%s–%s)".formatted(number(median()), number(lowest), number(highest));
  }

  /// Three digits that matter: `12,300`, `1.23`, `0.045`.
  static String number(double value) {
    double size = Math.abs(value);
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
