package dev.bothy.app.rotations.exchange;

import java.time.Instant;

/// One person, once: an override, or an event of a calendar.
///
/// @param end after the start
public record ImportedShift(String role, ImportedPerson person, Instant start, Instant end) {}
