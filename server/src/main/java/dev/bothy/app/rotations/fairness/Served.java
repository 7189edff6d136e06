package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Participant;
import java.time.Duration;

/// What one person served in a range, clipped to it. `workdays`, `weekends` and `holidays` add up
/// to the whole.
///
/// @param turns in how many turns they served at all
/// @param workdays on days that are neither of the weekend nor holidays
/// @param weekends on days of the weekend that are no holidays
/// @param nights between 22:00 and 06:00, of whatever day
/// @param forOthers in somebody else's place
/// @param covers in how many turns of others
/// @param byOthers what others served in this person's place
/// @param covered in how many turns of this person others did
public record Served(
    Participant person,
    int turns,
    Duration workdays,
    Duration weekends,
    Duration holidays,
    Duration nights,
    Duration forOthers,
    int covers,
    Duration byOthers,
    int covered) {
  /// All that they served.
  public Duration total() {
    return workdays.plus(weekends).plus(holidays);
  }
}
