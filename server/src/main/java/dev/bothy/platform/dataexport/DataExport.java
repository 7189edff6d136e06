package dev.bothy.platform.dataexport;

import dev.bothy.platform.kernel.PersonId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An export, made or being made.
///
/// @param requestedBy the one person who may download it
/// @param about whom it is about; null for all of the workspace
/// @param tablesDone of tables
/// @param rows written so far
/// @param bytes of the archive so far
/// @param problem why it failed or was withdrawn, in words; null otherwise
/// @param readyAt null until it is
/// @param expiresAt when it goes; null until it is ready
public record DataExport(
    UUID id,
    PersonId requestedBy,
    @Nullable PersonId about,
    Instant requestedAt,
    State state,
    int tablesDone,
    int tables,
    long rows,
    long bytes,
    @Nullable String problem,
    @Nullable Instant readyAt,
    @Nullable Instant expiresAt) {
  /// How it is.
  public enum State {
    /// Being made.
    RUNNING,
    /// Can be downloaded.
    READY,
    /// Cannot be made.
    FAILED,
    /// Made, and taken back since somebody in it was erased.
    WITHDRAWN
  }

  /// 0 to 100.
  public int percent() {
    return state == State.READY ? 100 : tables == 0 ? 0 : 100 * tablesDone / tables;
  }
}
