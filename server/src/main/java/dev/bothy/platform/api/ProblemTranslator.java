package dev.bothy.platform.api;

import java.util.Optional;

/// A module's own exceptions as problems: each module that throws some from its API has a bean.
public interface ProblemTranslator {
  /// The problem that this exception is; empty for one that is somebody else's.
  Optional<ApiProblem> translate(Exception failure);
}
