package dev.bothy.app.rotations.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The single events and overrides of a schedule of Grafana OnCall, as single shifts of ours.
///
/// An override stands before everything, as does an event of a higher level than all shifts that
/// recur. An event of the highest of their levels is on duty beside them. One of a lower level
/// counts while nobody else does, which has no match.
final class GrafanaSingles {
  private record Single(boolean override, int level, ImportedShift shift) {}

  private final String where;
  private final Report report;
  private final List<Single> singles = new ArrayList<>();

  GrafanaSingles(String where, Report report) {
    this.where = where;
    this.report = report;
  }

  void add(boolean override, int level, List<ImportedShift> shifts) {
    shifts.forEach(shift -> singles.add(new Single(override, level, shift)));
    singles.sort(Comparator.comparing(single -> single.shift().start()));
  }

  /// Where nothing recurs: with roles for those who are on duty at once.
  List<ImportedShift> alone() {
    return Roles.shiftsApart(singles.stream().map(Single::shift).toList());
  }

  /// On top of shifts that recur: of several at once the others are beside the first.
  ///
  /// @param highest of the levels of those
  List<ImportedShift> upon(int highest) {
    List<ImportedShift> shifts = new ArrayList<>();
    Instant busyUntil = Instant.MIN;
    for (Single single : singles) {
      ImportedShift shift = single.shift();
      if (!single.override() && single.level() < highest) {
        report.add(
            where,
            "A single event of a lower level was left out.",
            "It counts while no shift of a higher level does. Enter it on the rotation where it"
                + " should.");
        continue;
      }
      boolean beside =
          !single.override() && single.level() == highest || shift.start().isBefore(busyUntil);
      shifts.add(
          new ImportedShift(shift.role(), shift.person(), shift.start(), shift.end(), beside));
      if (!beside) {
        busyUntil = shift.end();
      }
    }
    return shifts;
  }
}
