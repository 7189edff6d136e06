package dev.bothy.platform.privacy;

import java.util.Map;

/// Rows of a table, as a condition with named parameters.
///
/// @param condition in parentheses
public record Selection(String condition, Map<String, Object> parameters) {
  public Selection {
    parameters = Map.copyOf(parameters);
  }
}
