package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Why;

/// Why somebody is on duty, or nobody, in words.
final class Reasons {
  private Reasons() {}

  /// The words; empty for an ordinary turn.
  ///
  /// @param instead the name of the person in whose place; `somebody else` where it is in nobody's
  static String of(Why why, String instead) {
    return switch (why) {
      case TURN -> "";
      case ABSENCE -> "while " + instead + " is away";
      case SET -> "set by an override";
      case REPLACE -> "in place of " + instead;
      case SWAP -> "swapped with " + instead;
      case COVER -> "covers for " + instead;
      case TAKE_OVER -> "took over from " + instead;
      case MOVE -> instead + " moved the shift";
      case ADD -> "added by an override";
      case TEMPORARY -> "temporary schedule";
      case REMOVED -> "taken off by an override";
      case EMPTY -> "kept free on purpose";
      case NOBODY -> "nobody is available";
    };
  }

  /// Whether somebody should be on duty, and is not.
  static boolean gap(Shift shift) {
    return shift.person() == null && shift.why() != Why.EMPTY;
  }
}
