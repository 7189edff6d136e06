/// The measurements behind `docs/reference/performance.md`, started by `scripts/bench`.
///
/// Each compares Bothy with what somebody would pick instead, in one run on one machine against one
/// PostgreSQL that flushes every commit to disk. Nothing here is a test: no time is asserted.
@NullMarked
package dev.bothy.bench;

import org.jspecify.annotations.NullMarked;
