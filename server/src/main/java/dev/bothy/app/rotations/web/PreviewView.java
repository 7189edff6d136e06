package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RotationPreview;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.fairness.PlanDifference;
import dev.bothy.app.rotations.plan.Participant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the form would come to, as the page shows it: names instead of accounts, times in the first
/// layer's zone.
///
/// @param shifts the coming shifts, at most [#MOST]
/// @param moreShifts how many are not shown
/// @param difference from the plan at present; null where there is none
record PreviewView(
    String zone,
    String until,
    boolean roles,
    boolean paused,
    List<Row> shifts,
    int moreShifts,
    @Nullable DifferenceView difference) {
  private static final int MOST = 20;

  /// A shift.
  ///
  /// @param somebody false when nobody has it
  record Row(String role, String person, boolean somebody, String from, String to) {}

  static PreviewView of(
      RotationPreview.Foreseen foreseen, Map<Participant, String> names, boolean paused) {
    ZoneId zone = foreseen.zone();
    List<Shift> shifts = foreseen.shifts();
    PlanDifference difference = foreseen.difference();
    boolean roles = shifts.stream().map(Shift::role).distinct().count() > 1;
    return new PreviewView(
        zone.getId(),
        DifferenceView.time(foreseen.until(), zone),
        roles,
        paused,
        shifts.stream()
            .limit(MOST)
            .map(shift ->
                new Row(
                    shift.role(),
                    name(shift.person(), names),
                    shift.person() != null,
                    DifferenceView.time(shift.start(), zone),
                    DifferenceView.time(shift.end(), zone)))
            .toList(),
        Math.max(0, shifts.size() - MOST),
        difference == null ? null : DifferenceView.of(difference, zone, roles, names));
  }

  /// Everybody whose name it shows.
  static Set<Participant> people(RotationPreview.Foreseen foreseen) {
    Set<Participant> people = new HashSet<>();
    for (Shift shift : foreseen.shifts()) {
      Participant person = shift.person();
      if (person != null) {
        people.add(person);
      }
    }
    PlanDifference difference = foreseen.difference();
    if (difference != null) {
      people.addAll(DifferenceView.people(difference));
    }
    return people;
  }

  private static String name(@Nullable Participant person, Map<Participant, String> names) {
    return person == null ? "Nobody" : names.getOrDefault(person, person.account());
  }
}
