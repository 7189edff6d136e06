package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a change of the plan means for one person.
///
/// @param lost when they are on duty no more, in order
/// @param gained when they are on duty and were not to be, in order
record Moved(Participant person, List<Span> lost, List<Span> gained) {
  /// For each person whose shifts to come differ, how they do. What is on now is told elsewhere.
  ///
  /// @param before who was to be on duty, from now on
  /// @param after who is, over the same time
  static List<Moved> between(List<Assignment> before, List<Assignment> after, Instant now) {
    Map<Participant, List<Span>> was = toCome(before, now);
    Map<Participant, List<Span>> is = toCome(after, now);
    Map<Participant, List<Span>> everybody = new LinkedHashMap<>(was);
    is.forEach(everybody::putIfAbsent);
    List<Moved> moved = new ArrayList<>();
    for (Participant person : everybody.keySet()) {
      List<Span> old = was.getOrDefault(person, List.of());
      List<Span> current = is.getOrDefault(person, List.of());
      List<Span> lost = without(old, current);
      List<Span> gained = without(current, old);
      if (!lost.isEmpty() || !gained.isEmpty()) {
        moved.add(new Moved(person, lost, gained));
      }
    }
    return moved;
  }

  private static List<Span> without(List<Span> spans, List<Span> others) {
    return spans.stream().flatMap(span -> span.without(others).stream()).toList();
  }

  private static Map<Participant, List<Span>> toCome(List<Assignment> assignments, Instant now) {
    Map<Participant, List<Span>> byPerson = new LinkedHashMap<>();
    for (Assignment each : assignments) {
      Participant person = each.person();
      if (person != null && each.start().isAfter(now)) {
        byPerson.computeIfAbsent(person, _ -> new ArrayList<>()).add(each.span());
      }
    }
    byPerson.replaceAll((_, spans) -> Span.merged(spans));
    return byPerson;
  }
}
