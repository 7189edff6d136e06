package dev.bothy.platform.retention;

import dev.bothy.platform.privacy.RetentionClock;

/// A clock of the current workspace was set. Published within the transaction that sets it.
public record ClockChanged(RetentionClock clock) {}
