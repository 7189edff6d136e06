package dev.bothy.preflight;

import java.util.ArrayList;
import java.util.List;

/// Looks at one thing. It ends by itself within seconds, and reports what it could not look at
/// instead of throwing.
interface Check {
  /// What was found; nothing, if there is nothing to look at.
  List<Finding> look();

  /// These only if this one found no failure: they could say no more than it did.
  default Check then(Check... others) {
    return () -> {
      List<Finding> found = new ArrayList<>(look());
      if (found.stream().noneMatch(Finding::failed)) {
        for (Check other : others) {
          found.addAll(other.look());
        }
      }
      return found;
    };
  }
}
