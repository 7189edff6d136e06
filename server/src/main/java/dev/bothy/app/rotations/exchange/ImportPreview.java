package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Roster;
import dev.bothy.app.rotations.plan.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The shifts of an imported plan, for the person who looks before they take it over.
public final class ImportPreview {
  private ImportPreview() {}

  /// Who would be on duty, by time and role; nobody is left out. Neighbouring stretches of one
  /// person in one role are one shift.
  ///
  /// @param from included
  /// @param until after `from`
  public static List<ImportedShift> shifts(ImportedSchedule schedule, Instant from, Instant until) {
    Set<String> roles = new LinkedHashSet<>();
    schedule.layers().forEach(layer -> roles.add(layer.role()));
    schedule.overrides().forEach(shift -> roles.add(shift.role()));
    List<ImportedShift> shifts = new ArrayList<>();
    for (String role : roles) {
      List<List<ImportedShift>> ranked = new ArrayList<>();
      schedule.overrides().stream()
          .filter(shift -> shift.role().equals(role) && !shift.beside())
          .forEach(shift -> ranked.add(List.of(shift)));
      for (ImportedLayer layer : schedule.layers()) {
        if (layer.role().equals(role)) {
          ranked.add(layer(layer, from, until));
        }
      }
      shifts.addAll(first(role, ranked, from, until));
    }
    for (ImportedShift shift : schedule.overrides()) {
      Instant start = later(from, shift.start());
      Instant end = sooner(until, shift.end());
      if (shift.beside() && start.isBefore(end)) {
        shifts.add(shift.during(start, end));
      }
    }
    shifts.sort(Comparator.comparing(ImportedShift::start));
    return shifts;
  }

  /// The shifts of one layer alone, those of nobody left out: what the engine would answer.
  static List<ImportedShift> layer(ImportedLayer layer, Instant from, Instant until) {
    List<Roster.Place> places = new ArrayList<>();
    for (ImportedPerson person : layer.people()) {
      // Who is known by their number in the order.
      int number = places.size();
      places.add(
          person.isNobody()
              ? new Roster.Place(number, null, null, null)
              : Roster.Place.of(number, new Participant(Integer.toString(number))));
    }
    UUID id = new UUID(0, 0);
    Layer own =
        new Layer(
            id,
            layer.role(),
            layer.times(),
            layer.activity(),
            Order.QUEUE,
            AbsenceMode.IGNORE,
            new Roster(places));
    Instant first = layer.start().since();
    Plan plan = new Plan(List.of(own), Map.of(id, layer.start()), List.of(), Map.of(), Set.of());
    Plan begun = new Plan(List.of(own), Timeline.begin(plan), List.of(), Map.of(), Set.of());
    Instant begin = later(later(from, first), layer.from());
    Instant end = sooner(until, layer.until());
    if (!begin.isBefore(end)) {
      return List.of();
    }
    List<ImportedShift> shifts = new ArrayList<>();
    for (Assignment each : Timeline.of(begun, begin, end)) {
      if (each.person() != null) {
        int number = Integer.parseInt(each.person().account());
        shifts.add(
            new ImportedShift(layer.role(), layer.people().get(number), each.start(), each.end()));
      }
    }
    return shifts;
  }

  /// Of several that are on duty at once, the first.
  private static List<ImportedShift> first(
      String role, List<List<ImportedShift>> ranked, Instant from, Instant until) {
    TreeSet<Instant> cuts = new TreeSet<>(Set.of(from, until));
    for (List<ImportedShift> shifts : ranked) {
      for (ImportedShift shift : shifts) {
        cuts.add(later(from, shift.start()));
        cuts.add(sooner(until, shift.end()));
      }
    }
    List<ImportedShift> found = new ArrayList<>();
    for (Instant start : cuts) {
      Instant end = cuts.higher(start);
      ImportedPerson person = end == null ? null : on(ranked, start);
      if (end == null || person == null || !start.isBefore(until)) {
        continue;
      }
      ImportedShift last = found.isEmpty() ? null : found.getLast();
      if (last != null && last.end().equals(start) && last.person().equals(person)) {
        found.set(found.size() - 1, new ImportedShift(role, person, last.start(), end));
      } else {
        found.add(new ImportedShift(role, person, start, end));
      }
    }
    return found;
  }

  private static @Nullable ImportedPerson on(
      Collection<List<ImportedShift>> ranked, Instant instant) {
    for (List<ImportedShift> shifts : ranked) {
      for (ImportedShift shift : shifts) {
        if (!shift.start().isAfter(instant) && shift.end().isAfter(instant)) {
          return shift.person();
        }
      }
    }
    return null;
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other != null && other.isAfter(one) ? other : one;
  }

  private static Instant sooner(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
