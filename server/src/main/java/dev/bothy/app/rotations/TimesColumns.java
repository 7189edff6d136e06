package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.HandoffTimes;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;

/// [HandoffTimes] as columns.
///
/// @param weekdays a bit for each day, Monday the lowest; 0 unless weekly
/// @param every 0 unless custom
/// @param unit empty unless custom
@Embeddable
record TimesColumns(
    String cadence,
    int weekdays,
    int every,
    String unit,
    @Column(name = "first_day") LocalDate firstDay,
    @Column(name = "handoff_time") LocalTime handoffTime,
    String zone) {
  static TimesColumns of(HandoffTimes times) {
    LocalDate from = times.from();
    LocalTime at = times.at();
    String zone = times.zone().getId();
    return switch (times.cadence()) {
      case Cadence.Daily() -> new TimesColumns("daily", 0, 0, "", from, at, zone);
      case Cadence.Weekly(Set<DayOfWeek> days) ->
          new TimesColumns("weekly", DayBits.of(days), 0, "", from, at, zone);
      case Cadence.Custom(int every, Cadence.Unit unit) ->
          new TimesColumns("custom", 0, every, unit.plural(), from, at, zone);
    };
  }

  HandoffTimes toTimes() {
    Cadence read =
        switch (cadence) {
          case "daily" -> new Cadence.Daily();
          case "weekly" -> new Cadence.Weekly(DayBits.days(weekdays));
          case "custom" ->
              new Cadence.Custom(every, Cadence.Unit.valueOf(unit.toUpperCase(Locale.ROOT)));
          default -> throw new IllegalStateException("No such cadence: " + cadence);
        };
    return new HandoffTimes(read, firstDay, handoffTime, ZoneId.of(zone));
  }
}
