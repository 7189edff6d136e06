package dev.bothy.platform.retention;

import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import java.time.Instant;

/// Rows of a table whose time is over.
///
/// @param rows how many, counted up to a bound
/// @param more whether the bound was reached, so that there may be more
/// @param oldest when the time of the oldest of them began
/// @param overdue since when the oldest of them should be gone
public record Due(
    HeldTable table, Expiry expiry, long rows, boolean more, Instant oldest, Instant overdue) {}
