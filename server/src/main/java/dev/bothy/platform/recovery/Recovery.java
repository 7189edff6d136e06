package dev.bothy.platform.recovery;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A restore of this database, and what became of it since.
///
/// @param backupId of the backup that was loaded
/// @param backupTakenAt what came after it is not in the database
/// @param waitsFor while it is prepared: why it does not go on, in words; null when it goes on
/// @param preparedAt null until it was prepared
/// @param replayed entries of the erasure ledger that were done again
/// @param known entries of the ledger that the backup knew of, or whose workspace it does not have
/// @param refused entries of the ledger that are refused, or wait
/// @param swept rows that the sweeps took, of all tables
/// @param rowsByTable the same by table; only tables where some went
/// @param releasedAt null until somebody said go
/// @param releasedBy the id of a person, or `command …`; null until then
public record Recovery(
    UUID id,
    String backupId,
    Instant backupTakenAt,
    Instant restoredAt,
    State state,
    @Nullable String waitsFor,
    @Nullable Instant preparedAt,
    int replayed,
    int known,
    int refused,
    long swept,
    Map<String, Long> rowsByTable,
    @Nullable Instant releasedAt,
    @Nullable String releasedBy) {
  public Recovery {
    rowsByTable = Map.copyOf(rowsByTable);
  }

  /// How far it is.
  public enum State {
    /// What was erased since is erased again, and what is too old goes: nothing is served.
    PREPARING,
    /// It serves, and does no work: nothing is handled, nothing runs, nothing is sent.
    HELD,
    /// It does all that it is for.
    RELEASED
  }
}
