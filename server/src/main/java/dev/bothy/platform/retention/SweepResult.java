package dev.bothy.platform.retention;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A sweep of a workspace.
///
/// @param finishedAt null while it runs, or when it broke off: then it begins again
/// @param rowsByTable how many rows went, or lost their content; only tables where some did
public record SweepResult(
    Instant startedAt, @Nullable Instant finishedAt, Map<String, Long> rowsByTable) {
  public SweepResult {
    rowsByTable = Map.copyOf(rowsByTable);
  }

  /// Rows of all tables.
  public long rows() {
    return rowsByTable.values().stream().mapToLong(Long::longValue).sum();
  }
}
