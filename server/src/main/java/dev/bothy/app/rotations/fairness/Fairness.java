package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who served how long. What counts is who really did: a shift that somebody took over is theirs,
/// and shows with both as covered.
public final class Fairness {
  private Fairness() {}

  /// One line for each of the members and for each other person who served or was covered, the
  /// longest first, then by account.
  ///
  /// @param members who is listed even with nothing
  /// @param range what lies outside it does not count; a shift that reaches out counts in part
  /// @param days of the zone that decides what a weekend and a holiday are
  public static List<Served> served(
      List<RotationShifts> rotations, Collection<Participant> members, Span range, DayKinds days) {
    Map<Participant, Tally> tallies = new HashMap<>();
    members.forEach(member -> tallies.put(member, new Tally()));
    for (RotationShifts rotation : rotations) {
      rotation.within(range).forEach(each -> count(rotation, each, range, days, tallies));
    }
    return tallies.entrySet().stream()
        .map(entry -> entry.getValue().of(entry.getKey()))
        .sorted(
            Comparator.comparing(Served::total)
                .reversed()
                .thenComparing(served -> served.person().account()))
        .toList();
  }

  private static void count(
      RotationShifts rotation,
      Assignment assignment,
      Span range,
      DayKinds days,
      Map<Participant, Tally> tallies) {
    Participant person = assignment.person();
    if (person == null) {
      return;
    }
    Span span = Spans.common(assignment.span(), range).orElseThrow();
    Tally.Turn turn = Tally.turn(rotation.rotation(), assignment);
    Tally tally = tallies.computeIfAbsent(person, _ -> new Tally());
    tally.served(turn, span, days);
    Participant instead = assignment.instead();
    if (instead != null && !instead.equals(person)) {
      tally.servedForAnother(turn, span);
      tallies.computeIfAbsent(instead, _ -> new Tally()).anotherServed(turn, span);
    }
  }

  /// The length of what each person served, clipped to the range; of those with nothing, none.
  static Map<Participant, Duration> lengths(Collection<Assignment> assignments, Span range) {
    Map<Participant, Duration> lengths = new HashMap<>();
    for (Assignment assignment : assignments) {
      Participant person = assignment.person();
      if (person != null) {
        Spans.common(assignment.span(), range)
            .ifPresent(span -> lengths.merge(person, span.length(), Duration::plus));
      }
    }
    return lengths;
  }
}
