package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.privacy.ChatAccount;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of the table `erasure`.
///
/// @param accounts whose rows are looked for; empty once it is done
/// @param step the one that comes next, or is under way
/// @param erasedAt when the first step was done, before which nothing was erased; null until then
record ErasureRow(
    WorkspaceId workspace,
    UUID id,
    ErasureTarget target,
    @Nullable PersonId requestedBy,
    Instant requestedAt,
    List<ChatAccount> accounts,
    String step,
    SortedMap<String, Long> counts,
    List<String> notes,
    @Nullable String waitsFor,
    @Nullable Instant erasedAt,
    @Nullable Instant finishedAt) {
  ErasureRow withAccounts(List<ChatAccount> known) {
    return new ErasureRow(
        workspace,
        id,
        target,
        requestedBy,
        requestedAt,
        known,
        step,
        counts,
        notes,
        waitsFor,
        erasedAt,
        finishedAt);
  }
}
