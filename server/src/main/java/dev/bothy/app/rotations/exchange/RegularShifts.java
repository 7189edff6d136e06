package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the turns that single shifts come from, if these are exactly what such turns make: of one
/// length, at the same hours of the week, everybody in the same order, at least twice around. What
/// is not exactly so is no pattern.
final class RegularShifts {
  private record Length(int every, Cadence.Unit unit) {}

  private static final List<Length> USUAL =
      List.of(
          new Length(1, Cadence.Unit.WEEKS),
          new Length(1, Cadence.Unit.DAYS),
          new Length(2, Cadence.Unit.WEEKS),
          new Length(3, Cadence.Unit.WEEKS),
          new Length(4, Cadence.Unit.WEEKS),
          new Length(1, Cadence.Unit.MONTHS));

  private static final int ROUNDS = 2;

  private final String role;
  private final List<ImportedShift> shifts;
  private final ZoneId zone;
  private final Instant now;
  private final Instant last;
  private final WeekHours hours;

  private RegularShifts(String role, List<ImportedShift> shifts, ZoneId zone, Instant now) {
    this.role = role;
    this.shifts = shifts;
    this.zone = zone;
    this.now = now;
    this.last = shifts.getLast().end();
    this.hours = ShiftPlan.hours(shifts, zone);
  }

  /// A layer for each role; none at all if any of the roles has no pattern.
  ///
  /// @param shifts by start, with roles
  static List<ImportedLayer> layers(List<ImportedShift> shifts, ZoneId zone, Instant now) {
    List<ImportedLayer> layers = new ArrayList<>();
    for (String role : shifts.stream().map(ImportedShift::role).distinct().toList()) {
      List<ImportedShift> own =
          joined(shifts.stream().filter(shift -> shift.role().equals(role)).toList());
      ImportedLayer layer = new RegularShifts(role, own, zone, now).layer();
      if (layer == null) {
        return List.of();
      }
      layers.add(layer);
    }
    return layers;
  }

  private @Nullable ImportedLayer layer() {
    for (Length length : lengths()) {
      for (LocalDateTime first : beginnings()) {
        Turns turns = new Turns(first, length.every(), length.unit(), zone);
        List<ImportedPerson> order = order(turns);
        ImportedLayer layer = order.isEmpty() ? null : layer(turns, order);
        if (layer != null && isExact(layer)) {
          return layer;
        }
      }
    }
    return null;
  }

  private @Nullable ImportedLayer layer(Turns turns, List<ImportedPerson> order) {
    try {
      return new LayerDraft("", turns, hours, order, LayerDraft.Counts.ACTIVE_TURNS, null, null)
          .layer(role, now);
    } catch (Unreadable _) {
      return null;
    }
  }

  /// How long turns may be: the usual lengths, and the time from one person to the next.
  private Set<Length> lengths() {
    Set<Length> lengths = new LinkedHashSet<>();
    List<LocalDateTime> begins = changes();
    for (int at = 1; at < Math.min(begins.size(), 4); at++) {
      Duration between = Duration.between(begins.get(at - 1), begins.get(at));
      try {
        Cadence.Unit unit = Turns.unitOf(between);
        lengths.add(new Length(Turns.count(between, unit), unit));
      } catch (Unreadable _) {
        // One of the others, or none.
      }
    }
    lengths.addAll(USUAL);
    return lengths;
  }

  /// When turns may have begun: with the first shift, or with the first person who follows.
  private Set<LocalDateTime> beginnings() {
    Set<LocalDateTime> beginnings = new LinkedHashSet<>();
    beginnings.add(ShiftPlan.wallClock(shifts.getFirst().start(), zone));
    List<LocalDateTime> changes = changes();
    if (changes.size() > 1) {
      beginnings.add(changes.get(1));
    }
    return beginnings;
  }

  /// When the first shift of each person in a row begins.
  private List<LocalDateTime> changes() {
    List<LocalDateTime> changes = new ArrayList<>();
    ImportedPerson before = null;
    for (ImportedShift shift : shifts) {
      if (!shift.person().equals(before)) {
        changes.add(ShiftPlan.wallClock(shift.start(), zone));
      }
      before = shift.person();
    }
    return changes;
  }

  /// Who has the turns, from the first on that the shifts fall into; empty if a turn has several
  /// people, or the order is not the same each time, or was not seen often enough.
  private List<ImportedPerson> order(Turns turns) {
    List<ImportedPerson> served = new ArrayList<>();
    long before = Long.MIN_VALUE;
    for (ImportedShift shift : shifts) {
      long from = turns.running(shift.start());
      long until = turns.running(shift.end().minusSeconds(1));
      for (long number = Math.max(from, before); number <= until; number++) {
        if (number != before) {
          served.add(shift.person());
          before = number;
        } else if (!served.getLast().equals(shift.person())) {
          return List.of();
        }
      }
    }
    int round = 1;
    while (round < served.size() && !served.get(round).equals(served.getFirst())) {
      round++;
    }
    List<ImportedPerson> order = served.subList(0, round);
    boolean seen = served.size() >= ROUNDS * round && new HashSet<>(order).size() == round;
    return seen ? rotated(order, turns) : List.of();
  }

  /// The order as it is from turn 0 on, which a layer counts from.
  private List<ImportedPerson> rotated(List<ImportedPerson> order, Turns turns) {
    long first = turns.running(shifts.getFirst().start());
    return first == 0 || order.size() == 1 ? order : shifted(order, -first);
  }

  private static List<ImportedPerson> shifted(List<ImportedPerson> order, long by) {
    List<ImportedPerson> shifted = new ArrayList<>();
    for (int at = 0; at < order.size(); at++) {
      shifted.add(order.get(Math.floorMod(at + by, order.size())));
    }
    return shifted;
  }

  /// Whether the layer's shifts are these, from now to the last.
  private boolean isExact(ImportedLayer layer) {
    Comparator<ImportedShift> byStart = Comparator.comparing(ImportedShift::start);
    List<ImportedShift> made =
        joined(ImportPreview.layer(layer, now, last).stream().sorted(byStart).toList());
    List<ImportedShift> wanted = new ArrayList<>();
    for (ImportedShift shift : shifts) {
      if (shift.end().isAfter(now)) {
        wanted.add(shift.during(shift.start().isAfter(now) ? shift.start() : now, shift.end()));
      }
    }
    return made.equals(wanted);
  }

  /// Shifts that follow one another without a pause and are of one person, as one.
  private static List<ImportedShift> joined(List<ImportedShift> shifts) {
    List<ImportedShift> joined = new ArrayList<>();
    for (ImportedShift shift : shifts) {
      ImportedShift last = joined.isEmpty() ? null : joined.getLast();
      if (last != null
          && last.person().equals(shift.person())
          && last.end().equals(shift.start())) {
        joined.set(joined.size() - 1, last.during(last.start(), shift.end()));
      } else {
        joined.add(shift);
      }
    }
    return joined;
  }
}
