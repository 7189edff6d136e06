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
}
