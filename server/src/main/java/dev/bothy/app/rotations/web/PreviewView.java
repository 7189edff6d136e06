package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RotationPreview;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.fairness.PlanDifference;
import dev.bothy.app.rotations.plan.Participant;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the form would come to, as the page shows it: names instead of accounts, times in the first
/// layer's zone.
///
/// @param shifts the coming shifts, at most [#MOST]
/// @param moreShifts how many are not shown
/// @param compared whether there is a plan at present that it was compared with
/// @param changes in which stretches others are on duty, at most [#MOST]
/// @param moreChanges how many are not shown
/// @param hours of each person whose hours change
record PreviewView(
    String zone,
    String until,
    boolean roles,
    boolean paused,
    List<Row> shifts,
    int moreShifts,
    boolean compared,
    List<Change> changes,
    int moreChanges,
    List<Hours> hours) {
  private static final int MOST = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  /// A shift.
  ///
  /// @param somebody false when nobody has it
  record Row(String role, String person, boolean somebody, String from, String to) {}

  /// A stretch in which others are on duty than at present.
  record Change(String role, String from, String to, String before, String after) {}

  /// What becomes of somebody's hours.
  record Hours(String person, String before, String after) {}

  static PreviewView of(
      RotationPreview.Foreseen foreseen, Map<Participant, String> names, boolean paused) {
    ZoneId zone = foreseen.zone();
    List<Shift> shifts = foreseen.shifts();
    PlanDifference difference = foreseen.difference();
    List<PlanDifference.Piece> pieces = difference == null ? List.of() : difference.pieces();
    return new PreviewView(
        zone.getId(),
        time(foreseen.until(), zone),
        shifts.stream().map(Shift::role).distinct().count() > 1,
        paused,
        shifts.stream()
            .limit(MOST)
            .map(shift ->
                new Row(
                    shift.role(),
                    name(shift.person(), names),
                    shift.person() != null,
                    time(shift.start(), zone),
                    time(shift.end(), zone)))
            .toList(),
        Math.max(0, shifts.size() - MOST),
        difference != null,
        pieces.stream()
            .limit(MOST)
            .map(piece ->
                new Change(
                    piece.role(),
                    time(piece.span().start(), zone),
                    time(piece.span().end(), zone),
                    names(piece.before(), names),
                    names(piece.after(), names)))
            .toList(),
        Math.max(0, pieces.size() - MOST),
        difference == null
            ? List.of()
            : difference.hours().stream()
                .map(each ->
                    new Hours(
                        name(each.person(), names), hours(each.before()), hours(each.after())))
                .toList());
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
      difference
          .pieces()
          .forEach(piece -> {
            people.addAll(piece.before());
            people.addAll(piece.after());
          });
      difference.hours().forEach(each -> people.add(each.person()));
    }
    return people;
  }

  private static String names(Collection<Participant> people, Map<Participant, String> names) {
    return people.isEmpty()
        ? "Nobody"
        : people.stream()
            .map(person -> name(person, names))
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private static String name(@Nullable Participant person, Map<Participant, String> names) {
    return person == null ? "Nobody" : names.getOrDefault(person, person.account());
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  /// Whole hours, and minutes where there are some: `37 h`, `7 h 30 min`.
  private static String hours(Duration length) {
    long minutes = length.toMinutesPart();
    return length.toHours() + " h" + (minutes == 0 ? "" : " " + minutes + " min");
  }
}
