package dev.bothy.platform.work;

import java.util.function.Predicate;

/// Knows of scheduled work that rests: it stays due, and is done once it rests no more. Each is a
/// bean.
public interface Rests {
  /// Whether work of a kind rests in the current workspace, as it is now. Called within a
  /// transaction of the workspace; one query at most.
  Predicate<String> now();
}
