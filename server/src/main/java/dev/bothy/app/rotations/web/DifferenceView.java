package dev.bothy.app.rotations.web;

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

/// What would be different from the plan at present, as the pages show it: names instead of
/// accounts, times in the first layer's zone.
///
/// @param roles whether the roles are named
/// @param changes in which stretches others are on duty, at most [#MOST]
/// @param moreChanges how many are not shown
/// @param gaps in which of all stretches nobody is on duty any more, at most [#MOST]
/// @param moreGaps how many are not shown
/// @param hours of each person whose hours change
record DifferenceView(
    boolean roles,
    List<Change> changes,
    int moreChanges,
    List<Change> gaps,
    int moreGaps,
    List<Hours> hours) {
  private static final int MOST = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  /// A stretch in which others are on duty than at present.
  record Change(String role, String from, String to, String before, String after) {}

  /// What becomes of somebody's hours.
  record Hours(String person, String before, String after) {}

  static DifferenceView of(
      PlanDifference difference, ZoneId zone, boolean roles, Map<Participant, String> names) {
    List<PlanDifference.Piece> gaps = difference.gaps();
    return new DifferenceView(
        roles,
        changes(difference.pieces(), zone, names),
        Math.max(0, difference.pieces().size() - MOST),
        changes(gaps, zone, names),
        Math.max(0, gaps.size() - MOST),
        difference.hours().stream()
            .map(each ->
                new Hours(
                    names.getOrDefault(each.person(), each.person().account()),
                    hours(each.before()),
                    hours(each.after())))
            .toList());
  }

  /// Everybody whose name it shows.
  static Set<Participant> people(PlanDifference difference) {
    Set<Participant> people = new HashSet<>();
    difference
        .pieces()
        .forEach(piece -> {
          people.addAll(piece.before());
          people.addAll(piece.after());
        });
    difference.hours().forEach(each -> people.add(each.person()));
    return people;
  }

  private static List<Change> changes(
      List<PlanDifference.Piece> pieces, ZoneId zone, Map<Participant, String> names) {
    return pieces.stream()
        .limit(MOST)
        .map(piece ->
            new Change(
                piece.role(),
                time(piece.span().start(), zone),
                time(piece.span().end(), zone),
                names(piece.before(), names, "nobody"),
                names(piece.after(), names, "Nobody")))
        .toList();
  }

  private static String names(
      Collection<Participant> people, Map<Participant, String> names, String nobody) {
    return people.isEmpty()
        ? nobody
        : people.stream()
            .map(person -> names.getOrDefault(person, person.account()))
            .sorted()
            .collect(Collectors.joining(", "));
  }

  static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  /// Whole hours, and minutes where there are some: `37 h`, `7 h 30 min`.
  private static String hours(Duration length) {
    long minutes = length.toMinutesPart();
    return length.toHours() + " h" + (minutes == 0 ? "" : " " + minutes + " min");
  }
}
