package dev.bothy.app.rotations.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Compares what comes of a plan with the shifts that the file says itself, where it has them:
/// PagerDuty's final schedule, Opsgenie's timeline, Grafana's final shifts. Who is on duty counts,
/// not in which role.
final class OwnSchedule {
  private final ImportedSchedule schedule;
  private final List<ImportedShift> own;
  private final Instant now;

  private OwnSchedule(ImportedSchedule schedule, List<ImportedShift> own, Instant now) {
    this.schedule = schedule;
    this.own = own;
    this.now = now;
  }

  /// Says how much differs from now on, and where first.
  ///
  /// @param own what the file says, in any order; empty if it says nothing
  static void compare(
      ImportedSchedule schedule,
      List<ImportedShift> own,
      String where,
      Instant now,
      Report report) {
    new OwnSchedule(schedule, own, now)
        .difference()
        .ifPresent(words ->
            report.add(
                where,
                words,
                "Compare the coming shifts, and change people or days once the rotation is made."));
  }

  private Optional<String> difference() {
    Optional<Instant> first = own.stream().map(ImportedShift::start).min(Comparator.naturalOrder());
    Optional<Instant> last = own.stream().map(ImportedShift::end).max(Comparator.naturalOrder());
    if (first.isEmpty() || last.isEmpty() || !last.get().isAfter(now)) {
      return Optional.empty();
    }
    Instant from = first.get().isAfter(now) ? first.get() : now;
    List<ImportedShift> ours = ImportPreview.shifts(schedule, from, last.get());
    Duration differs = Duration.ZERO;
    Instant at = null;
    TreeSet<Instant> cuts = cuts(ours, from, last.get());
    for (Instant start : cuts.headSet(cuts.last())) {
      if (!on(ours, start).equals(on(own, start))) {
        differs = differs.plus(Duration.between(start, cuts.higher(start)));
        at = at == null ? start : at;
      }
    }
    if (at == null) {
      return Optional.empty();
    }
    long hours = Math.max(1, differs.toHours());
    return Optional.of(
        (hours == 1 ? "An hour differs" : hours + " hours differ")
            + " from the schedule that the file shows itself, first at "
            + at.atZone(schedule.zone()).toLocalDateTime()
            + ".");
  }

  private TreeSet<Instant> cuts(List<ImportedShift> ours, Instant from, Instant until) {
    TreeSet<Instant> cuts = new TreeSet<>(Set.of(from, until));
    List<ImportedShift> all = new ArrayList<>(ours);
    all.addAll(own);
    for (ImportedShift shift : all) {
      for (Instant each : List.of(shift.start(), shift.end())) {
        if (each.isAfter(from) && each.isBefore(until)) {
          cuts.add(each);
        }
      }
    }
    return cuts;
  }

  private static Set<ImportedPerson> on(List<ImportedShift> shifts, Instant at) {
    Set<ImportedPerson> people = new HashSet<>();
    for (ImportedShift shift : shifts) {
      if (!shift.start().isAfter(at) && shift.end().isAfter(at) && !shift.person().isNobody()) {
        people.add(shift.person());
      }
    }
    return people;
  }
}
