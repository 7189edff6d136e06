package dev.bothy.app.rotations.plan;

/// What an absence does to a turn.
public enum AbsenceMode {
  /// As [#SKIP], but the person is asked beforehand and may keep the turn.
  ASK,
  /// Somebody else serves.
  SKIP,
  /// Nothing.
  IGNORE
}
