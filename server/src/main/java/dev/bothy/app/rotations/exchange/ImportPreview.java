package dev.bothy.app.rotations.exchange;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The shifts of an imported plan, for the person who looks before they take it over.
public final class ImportPreview {
  /// Turns of a layer that are looked at: five years of hourly ones.
  private static final int MOST_TURNS = 50_000;

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
          .filter(shift -> shift.role().equals(role))
          .forEach(shift -> ranked.add(List.of(shift)));
      for (ImportedLayer layer : schedule.layers()) {
        if (layer.role().equals(role)) {
          ranked.add(layer(layer, from, until));
        }
      }
      shifts.addAll(first(role, ranked, from, until));
    }
    shifts.sort(Comparator.comparing(ImportedShift::start));
    return shifts;
  }

  /// The shifts of one layer alone, those of nobody left out.
  static List<ImportedShift> layer(ImportedLayer layer, Instant from, Instant until) {
    Turns turns = Turns.of(layer.cadence(), layer.zone());
    List<ImportedShift> shifts = new ArrayList<>();
    int served = 0;
    for (long number = 0; number < MOST_TURNS && turns.at(number).isBefore(until); number++) {
      List<ImportedShift> pieces =
          pieces(
              layer,
              layer.people().get(served % layer.people().size()),
              turns.at(number),
              turns.at(number + 1));
      if (pieces.isEmpty()) {
        continue;
      }
      served++;
      for (ImportedShift piece : pieces) {
        ImportedShift clipped =
            clipped(piece, later(from, layer.from()), sooner(until, layer.until()));
        if (clipped != null && !clipped.person().isNobody()) {
          shifts.add(clipped);
        }
      }
    }
    return shifts;
  }

  private static List<ImportedShift> pieces(
      ImportedLayer layer, ImportedPerson person, Instant start, Instant end) {
    List<ImportedShift> pieces = new ArrayList<>();
    ImportedShift turn = new ImportedShift(layer.role(), person, start, end);
    if (!start.isBefore(end)) {
      return pieces;
    }
    if (layer.hours().isEmpty() && layer.activeDays().size() == 7) {
      return List.of(turn);
    }
    List<HourBlock> blocks =
        layer.hours().isEmpty()
            ? List.of(new HourBlock(layer.activeDays(), layer.cadence().at(), layer.cadence().at()))
            : layer.hours();
    LocalDate last = end.atZone(layer.zone()).toLocalDate();
    LocalDate day = start.atZone(layer.zone()).toLocalDate().minusDays(1);
    for (; !day.isAfter(last); day = day.plusDays(1)) {
      for (HourBlock block : blocks) {
        if (block.days().contains(day.getDayOfWeek()) && active(layer, day, block.from())) {
          LocalDate ends = block.to().isAfter(block.from()) ? day : day.plusDays(1);
          ImportedShift piece =
              clipped(
                  turn,
                  Turns.instant(day.atTime(block.from()), layer.zone()),
                  Turns.instant(ends.atTime(block.to()), layer.zone()));
          if (piece != null) {
            pieces.add(piece);
          }
        }
      }
    }
    return pieces;
  }

  private static boolean active(ImportedLayer layer, LocalDate day, LocalTime from) {
    DayOfWeek of =
        from.isBefore(layer.cadence().at()) ? day.minusDays(1).getDayOfWeek() : day.getDayOfWeek();
    return layer.activeDays().contains(of);
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

  private static @Nullable ImportedShift clipped(ImportedShift shift, Instant from, Instant until) {
    Instant start = later(shift.start(), from);
    Instant end = sooner(shift.end(), until);
    return start.isBefore(end) ? new ImportedShift(shift.role(), shift.person(), start, end) : null;
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other != null && other.isAfter(one) ? other : one;
  }

  private static Instant sooner(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
