package dev.bothy.app.rotations;

/// Why a swap or cover request is closed that nobody took and nobody withdrew.
enum RequestEnd {
  /// The rotation was paused: nobody is on duty.
  PAUSED,
  /// The rotation was deleted.
  DELETED,
  /// Whoever it is about is not on duty then any more.
  NOT_ON_DUTY,
  /// Whoever it is about left the workspace.
  LEFT
}
