package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Roster;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A layer that is there, as somebody would have typed it.
final class TypedLayer {
  private TypedLayer() {}

  /// @param holidays its holiday calendar; null for none
  static LayerInput of(Layer layer, @Nullable UUID holidays) {
    HandoffTimes times = layer.times();
    String cadence = "";
    List<String> days = List.of();
    String every = "";
    String unit = "";
    switch (times.cadence()) {
      case Cadence.Daily() -> cadence = "daily";
      case Cadence.Weekly(Set<DayOfWeek> weekdays) -> {
        cadence = "weekly";
        days = words(weekdays);
      }
      case Cadence.Custom(int count, Cadence.Unit counted) -> {
        cadence = "custom";
        every = Integer.toString(count);
        unit = counted.plural();
        days =
            counted == Cadence.Unit.WEEKS ? words(List.of(times.from().getDayOfWeek())) : List.of();
      }
    }
    return new LayerInput(
        layer.role(),
        cadence,
        days,
        every,
        unit,
        times.at().toString(),
        times.zone().getId(),
        words(layer.activity().days()),
        HourLines.write(layer.activity().hours()),
        holidays == null ? "" : holidays.toString(),
        layer.order().name().toLowerCase(Locale.ROOT),
        layer.absences().name().toLowerCase(Locale.ROOT),
        layer.roster().places().stream().map(TypedLayer::seat).toList());
  }

  private static LayerInput.Seat seat(Roster.Place place) {
    Participant person = place.person();
    return new LayerInput.Seat(
        person == null ? "" : person.account(), text(place.joinsOn()), text(place.leavesOn()));
  }

  private static String text(@Nullable LocalDate day) {
    return day == null ? "" : day.toString();
  }

  private static List<String> words(Collection<DayOfWeek> days) {
    return days.stream().map(WeekDays::shortName).toList();
  }
}
