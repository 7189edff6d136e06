package dev.bothy.app.rotations.plan;

/// Who comes next.
public enum Order {
  /// The next in the order of the places.
  QUEUE,
  /// Whoever has served the fewest hours; of several, the next in the order of the places.
  BALANCED
}
