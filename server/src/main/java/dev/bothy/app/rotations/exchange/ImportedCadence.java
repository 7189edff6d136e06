package dev.bothy.app.rotations.exchange;

import java.time.LocalDate;
import java.time.LocalTime;

/// How often the turn passes on, by the wall clock of the layer's zone.
///
/// @param every 1 up to the unit's [Unit#most]
/// @param firstDay the day of the first hand-off: that of the turn that runs when the file is read,
///   or of the first turn of a layer that begins later
/// @param at the wall-clock time of the hand-off
public record ImportedCadence(int every, Unit unit, LocalDate firstDay, LocalTime at) {
  /// What turns are counted in. The bounds keep a turn between an hour and a year.
  public enum Unit {
    HOURS(720),
    DAYS(365),
    WEEKS(52),
    MONTHS(12);

    private final int most;

    Unit(int most) {
      this.most = most;
    }

    /// The largest number in one turn.
    public int most() {
      return most;
    }
  }
}
