package dev.bothy.platform.audit;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/// Keeps the heads of chains where somebody who can change the database cannot change them.
public interface AuditHeads {
  /// A chain's end at a time.
  ///
  /// @param position from 1
  /// @param hash 64 hexadecimal digits
  record Head(long position, String hash, Instant at) {}

  /// Keeps a head. Kept twice for a day, the later one stands.
  ///
  /// @throws dev.bothy.platform.storage.StorageException if it could not be kept
  void keep(WorkspaceId workspace, Head head);

  /// The newest head that was kept; empty when there is none, or nothing to keep one in.
  ///
  /// @throws dev.bothy.platform.storage.StorageException if it cannot be read
  Optional<Head> newestKept(WorkspaceId workspace);

  /// The newest head that was kept at this time or before it; empty when there is none.
  ///
  /// @throws dev.bothy.platform.storage.StorageException if it cannot be read
  Optional<Head> newestKept(WorkspaceId workspace, Instant until);

  /// Puts aside, under other names, the heads that were kept after this time: the log does not go
  /// that far any more. They stay as what proves what was lost.
  ///
  /// @param label part of the names, of `a-z`, `0-9` and `-`
  /// @throws dev.bothy.platform.storage.StorageException if that cannot be done
  void putAside(WorkspaceId workspace, Instant after, String label);
}
