package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.app.rotations.plan.Roster;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A layer's well-formed settings, before it is known when it begins.
///
/// @param firstDay the day that turns of whole weeks begin on; empty for the day it is made
/// @param holidays a holiday calendar; null for none
record LayerSettings(
    String role,
    Cadence cadence,
    Optional<DayOfWeek> firstDay,
    LocalTime at,
    ZoneId zone,
    Activity activity,
    @Nullable UUID holidays,
    Order order,
    AbsenceMode absences,
    Roster roster) {
  /// The layer in place of one that is there. What is counted in turns of several days goes on
  /// being counted from the same day unless the rhythm itself is another; else it is counted from
  /// today, or from the first such day on or after it.
  ///
  /// @param before the hand-off times of the one that is there; null if there is none
  LayerPlan replacing(@Nullable HandoffTimes before, Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    LocalDate from =
        firstDay.map(day -> today.with(TemporalAdjusters.nextOrSame(day))).orElse(today);
    boolean goesOn =
        before != null
            && before.cadence().equals(cadence)
            && firstDay.filter(day -> day != before.from().getDayOfWeek()).isEmpty();
    HandoffTimes times =
        new HandoffTimes(cadence, goesOn && before != null ? before.from() : from, at, zone);
    return new LayerPlan(role, times, activity, holidays, order, absences, roster);
  }
}
