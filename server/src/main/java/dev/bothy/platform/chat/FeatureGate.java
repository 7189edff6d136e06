package dev.bothy.platform.chat;

import java.util.Optional;

/// Knows of features that do nothing here for the time being. Each is a bean, asked before a
/// feature handles an event.
public interface FeatureGate {
  /// Why this feature does nothing: a sentence or two for whoever asks something of it. Empty for
  /// one that works. Called within a transaction of the workspace; one query at most.
  ///
  /// @param feature its [ChatFeature#id]
  Optional<String> refusal(String feature);
}
