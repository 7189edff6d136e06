package dev.bothy.platform.privacy;

import java.util.Map;

/// Rows of a table, as a condition with named parameters.
///
/// @param condition in parentheses
/// @param shownWhere of a column that is shown of some of the rows alone, the condition for that
public record Selection(
    String condition, Map<String, Object> parameters, Map<String, String> shownWhere) {
  public Selection {
    parameters = Map.copyOf(parameters);
    shownWhere = Map.copyOf(shownWhere);
  }

  public Selection(String condition, Map<String, Object> parameters) {
    this(condition, parameters, Map.of());
  }
}
