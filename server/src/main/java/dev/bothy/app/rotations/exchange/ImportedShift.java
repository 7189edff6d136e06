package dev.bothy.app.rotations.exchange;

import java.time.Instant;

/// One person, once: an override, or an event of a calendar.
///
/// @param end after the start
/// @param beside whether they are on duty beside whoever has the role, and not in their place
public record ImportedShift(
    String role, ImportedPerson person, Instant start, Instant end, boolean beside) {
  /// One that stands in the place of the role's turns.
  public ImportedShift(String role, ImportedPerson person, Instant start, Instant end) {
    this(role, person, start, end, false);
  }

  /// The same at another time.
  ImportedShift during(Instant from, Instant until) {
    return new ImportedShift(role, person, from, until, beside);
  }

  boolean overlaps(ImportedShift other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }
}
