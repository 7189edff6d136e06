package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.HandoffTimes;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/// A rotation's well-formed settings, before it is known who its people are.
///
/// @param name 1 to 80 characters
/// @param firstDay the day that turns of whole weeks begin on; empty for the day it is made
record RotationPlan(
    String name, Cadence cadence, Optional<DayOfWeek> firstDay, LocalTime at, ZoneId zone) {
  /// The hand-off times of a rotation that begins now: counted from today, or from the first such
  /// day on or after it.
  HandoffTimes beginningAt(Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    LocalDate from =
        firstDay.map(day -> today.with(TemporalAdjusters.nextOrSame(day))).orElse(today);
    return new HandoffTimes(cadence, from, at, zone);
  }
}
