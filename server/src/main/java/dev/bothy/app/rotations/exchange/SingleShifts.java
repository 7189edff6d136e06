package dev.bothy.app.rotations.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Which single shifts can become changes of a plan: what is over, too long or too far away cannot,
/// and is counted.
final class SingleShifts {
  /// The bounds of a change of the plan.
  private static final Duration LONGEST = Duration.ofDays(366);

  private static final Duration FURTHEST = Duration.ofDays(2 * 366 - 1);

  private final String where;
  private final Instant now;
  private final Report report;

  private SingleShifts(String where, Instant now, Report report) {
    this.where = where;
    this.now = now;
    this.report = report;
  }

  /// Those that can, in their order, cut to the minute.
  ///
  /// @param where the schedule, for the report
  static List<ImportedShift> toCome(
      List<ImportedShift> all, String where, Instant now, Report report) {
    return new SingleShifts(where, now, report).sifted(all);
  }

  private List<ImportedShift> sifted(List<ImportedShift> all) {
    List<ImportedShift> toCome = new ArrayList<>();
    int over = 0;
    int outOfBounds = 0;
    int nobody = 0;
    for (ImportedShift each : all) {
      Instant start = each.start().truncatedTo(ChronoUnit.MINUTES);
      Instant end = each.end().truncatedTo(ChronoUnit.MINUTES);
      if (!end.isAfter(now)) {
        over++;
      } else if (!start.isBefore(end)
          || Duration.between(start, end).compareTo(LONGEST) > 0
          || Duration.between(now, end).compareTo(FURTHEST) > 0) {
        outOfBounds++;
      } else if (each.person().isNobody()) {
        nobody++;
      } else {
        toCome.add(each.during(start, end));
      }
    }
    leftOut(over, "Shifts that are over are not carried over.");
    leftOut(
        outOfBounds,
        "A single shift lasts a minute at least and a year at most, and ends within two years.");
    leftOut(nobody, "They put nobody on duty. Take the person off the plan for that time by hand.");
    if (overlap(toCome)) {
      report.add(
          where,
          "Of single shifts at the same time, the one that comes first in the file stands.",
          "The file does not say which of them was decided last; compare the coming shifts.");
    }
    return toCome;
  }

  private void leftOut(int count, String why) {
    if (count > 0) {
      String what = count == 1 ? "1 single shift was" : count + " single shifts were";
      report.add(where, what + " left out.", why);
    }
  }

  /// Whether two of one role are of different people at once.
  private static boolean overlap(List<ImportedShift> shifts) {
    for (int one = 0; one < shifts.size(); one++) {
      ImportedShift first = shifts.get(one);
      for (ImportedShift other : shifts.subList(one + 1, shifts.size())) {
        if (!first.beside()
            && !other.beside()
            && first.role().equals(other.role())
            && !first.person().equals(other.person())
            && first.overlaps(other)) {
          return true;
        }
      }
    }
    return false;
  }
}
