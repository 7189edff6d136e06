package dev.bothy.app.rotations.plan;

/// Why somebody is on duty, or nobody.
public enum Why {
  /// It is their turn.
  TURN,
  /// They serve the hours in which the person of the turn is away.
  ABSENCE,
  /// Somebody set that they alone are on duty.
  SET,
  /// Somebody put them in another's place.
  REPLACE,
  /// They took the shift that another offered.
  SWAP,
  /// They answered the question who could cover.
  COVER,
  /// They took over by themselves.
  TAKE_OVER,
  /// Whoever had the shift moved it to them.
  MOVE,
  /// They were added to whoever is on duty.
  ADD,
  /// A temporary schedule says so.
  TEMPORARY,
  /// Whoever would be was taken off, and nobody was put in their place.
  REMOVED,
  /// The place in the order is kept empty on purpose.
  EMPTY,
  /// Nobody is available.
  NOBODY
}
