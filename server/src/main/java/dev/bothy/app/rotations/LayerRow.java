package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.app.rotations.plan.Roster;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of the table of layers: settings, and the turn that runs. Its people are [PlaceRow]s.
///
/// @param activeDays as [DayBits]
/// @param hours as [HourLines]
@Embeddable
record LayerRow(
    @Column(name = "layer_id", nullable = false) UUID layer,
    int position,
    String role,
    @Embedded TimesColumns times,
    @Column(name = "active_days") int activeDays,
    String hours,
    @Column(name = "holiday_calendar_id") @Nullable UUID holidays,
    @Column(name = "turn_order") String order,
    @Column(name = "absence_mode") String absences,
    @Column(name = "turn_started_at") Instant turnStartedAt,
    @Column(name = "turn_place") int turnPlace,
    @Column(name = "turn_account") @Nullable String turnAccount) {
  static LayerRow of(int position, LayerPlan plan, UUID layer, Cursor cursor) {
    return new LayerRow(
        layer,
        position,
        plan.role(),
        TimesColumns.of(plan.times()),
        DayBits.of(plan.activity().days()),
        HourLines.write(plan.activity().hours()),
        plan.holidays(),
        plan.order().name().toLowerCase(Locale.ROOT),
        plan.absences().name().toLowerCase(Locale.ROOT),
        cursor.since(),
        cursor.place(),
        cursor.person() == null ? null : cursor.person().account());
  }

  /// The same layer with its turn elsewhere.
  LayerRow at(Cursor cursor) {
    return new LayerRow(
        layer,
        position,
        role,
        times,
        activeDays,
        hours,
        holidays,
        order,
        absences,
        cursor.since(),
        cursor.place(),
        cursor.person() == null ? null : cursor.person().account());
  }

  /// The layer, its holidays apart, which are another module's.
  Layer toLayer(Roster roster) {
    return new Layer(
        layer,
        role,
        times.toTimes(),
        new Activity(DayBits.days(activeDays), HourLines.read(hours).orElseThrow(), Set.of()),
        Order.valueOf(order.toUpperCase(Locale.ROOT)),
        AbsenceMode.valueOf(absences.toUpperCase(Locale.ROOT)),
        roster);
  }
}
