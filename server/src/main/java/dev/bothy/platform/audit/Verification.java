package dev.bothy.platform.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a look at a workspace's chain found.
public sealed interface Verification {
  /// When it was looked at.
  Instant at();

  /// Every entry is as it was written, in its place, and none is missing.
  ///
  /// @param first the first position that still has its entry; 1 until the log's clock took some
  ///   away
  /// @param last the chain's last position; 0 when there is none
  /// @param kept the head kept outside of the database that it was compared with; null when there
  ///   is none yet
  /// @param waiting entries that are to be linked within seconds
  record Intact(Instant at, long first, long last, AuditHeads.@Nullable Head kept, long waiting)
      implements Verification {}

  /// Somebody changed what must not change. The first place where it shows:
  ///
  /// @param position in the chain; null for an entry that has none
  /// @param entry null where only the position is known
  record Broken(Instant at, Fault fault, @Nullable Long position, @Nullable UUID entry)
      implements Verification {}

  /// What was done to a chain.
  enum Fault {
    /// The entry's fields, or its hash, are not those that were linked.
    ENTRY_CHANGED,
    /// The link is there, its entry is not.
    ENTRY_MISSING,
    /// There is no link at this position, though there are later ones.
    LINK_MISSING,
    /// The entry is genuine, but stood at another place.
    REORDERED,
    /// The entry is in no chain and waits for none: it was not written by Bothy, or its link was
    /// taken away.
    NOT_LINKED,
    /// What came before is missing, and no sweep of Bothy took it away.
    START_CUT,
    /// The head that was kept outside of the database lies after the chain's end.
    END_CUT,
    /// The head that was kept outside of the database is another one: the chain was made anew.
    HEAD_DIFFERS,
    /// The whole log was taken away as if the workspace had been erased, and the workspace lives.
    EMPTIED
  }
}
