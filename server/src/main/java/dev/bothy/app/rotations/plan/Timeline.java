package dev.bothy.app.rotations.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Who is on duty from when to when, and why: the one answer that the engine, the cards, the
/// calendar, the feeds and the API all give.
///
/// ## What counts first
///
/// What was, is history and is not asked here. From then on: the layers' turns ([Turns]); of the
/// layers of one role the first that has somebody; on top of that the changes, in the order in
/// which they were made ([Change]).
public final class Timeline {
  private static final Comparator<Assignment> IN_ORDER =
      Comparator.comparing(Assignment::start).thenComparing(Assignment::end);

  private Timeline() {}

  /// The assignments between two instants, clipped to them, by start and then by the roles' order.
  /// Where a role should be held and nobody can, there is one without a person; where nobody is
  /// meant to hold it there is none.
  ///
  /// @param from at or after where the cursors stand
  /// @param until after it; a year of turns takes milliseconds to compute, a century does not
  public static List<Assignment> of(Plan plan, Instant from, Instant until) {
    Span window = new Span(from, until);
    Map<String, List<Assignment>> byRole = new LinkedHashMap<>();
    for (Layer layer : plan.layers()) {
      List<Assignment> own = turns(plan, layer, window);
      byRole.merge(layer.role(), own, Timeline::fill);
    }
    List<String> roles = List.copyOf(byRole.keySet());
    List<Assignment> all = new ArrayList<>();
    byRole.values().forEach(all::addAll);
    List<Assignment> changed = new ArrayList<>(Changes.apply(all, plan.changes(), window, null));
    changed.sort(IN_ORDER.thenComparing(each -> roles.indexOf(each.role())));
    return changed;
  }

  /// Where the layers stand at an instant: each at the turn that it falls into.
  ///
  /// @param at at or after where the cursors stand
  public static Map<UUID, Cursor> advance(Plan plan, Instant at) {
    Map<UUID, Cursor> cursors = new HashMap<>();
    for (Layer layer : plan.layers()) {
      Turns turns = new Turns(plan, layer);
      while (!turns.end().isAfter(at)) {
        turns.next();
      }
      cursors.put(layer.id(), turns.cursor());
    }
    return cursors;
  }

  /// Where the layers stand when they begin, or go on after a pause: whoever had a layer's last
  /// turn has it again, or the next who can.
  ///
  /// @param plan with the cursors as they were, their time set to when it begins
  public static Map<UUID, Cursor> begin(Plan plan) {
    Map<UUID, Cursor> cursors = new HashMap<>();
    for (Layer layer : plan.layers()) {
      Turns turns = new Turns(plan, layer);
      turns.begin();
      cursors.put(layer.id(), turns.cursor());
    }
    return cursors;
  }

  /// Where the layers stand when the turns of those who are not in their layer any more are handed
  /// on at once: the next who can serves the rest of the turn.
  public static Map<UUID, Cursor> withoutLeavers(Plan plan) {
    Map<UUID, Cursor> cursors = new HashMap<>(plan.cursors());
    for (Layer layer : plan.layers()) {
      Participant person = plan.cursor(layer).person();
      if (person != null && !layer.roster().people().contains(person)) {
        Turns turns = new Turns(plan, layer);
        turns.passOn();
        cursors.put(layer.id(), turns.cursor());
      }
    }
    return cursors;
  }

  /// When what is on at an instant is over at the latest: the ends of the turns that run then, and
  /// of the changes.
  public static Instant endOfCurrent(Plan plan, Instant at) {
    Stream<Instant> turns = plan.layers().stream().map(layer -> layer.times().nextAfter(at));
    Stream<Instant> changes =
        plan.changes().stream().map(Change::span).filter(span -> span.contains(at)).map(Span::end);
    return Stream.concat(turns, changes)
        .max(Instant::compareTo)
        .orElseThrow(() -> new IllegalArgumentException("A plan has a layer"));
  }

  /// When something about who is on duty may be different next: the first hand-off after the
  /// instant, or an earlier begin or end of an assignment.
  public static Instant nextBoundary(Plan plan, Instant after) {
    Instant first =
        plan.layers().stream()
            .map(layer -> layer.times().nextAfter(after))
            .min(Instant::compareTo)
            .orElseThrow(() -> new IllegalArgumentException("A plan has a layer"));
    return of(plan, after, first).stream()
        .flatMap(each -> Stream.of(each.start(), each.end()))
        .filter(at -> at.isAfter(after))
        .min(Instant::compareTo)
        .filter(at -> at.isBefore(first))
        .orElse(first);
  }

  private static List<Assignment> turns(Plan plan, Layer layer, Span window) {
    List<Assignment> assignments = new ArrayList<>();
    Turns turns = new Turns(plan, layer);
    while (turns.start().isBefore(window.end())) {
      if (turns.end().isAfter(window.start())) {
        for (Assignment piece : turns.pieces()) {
          piece.span().and(window).ifPresent(part -> assignments.add(piece.during(part)));
        }
      }
      turns.next();
    }
    return assignments;
  }

  /// The first layer's assignments, and those of the second where the first has nobody.
  private static List<Assignment> fill(List<Assignment> first, List<Assignment> second) {
    List<Span> held =
        Span.merged(
            first.stream().filter(each -> each.person() != null).map(Assignment::span).toList());
    List<Assignment> filled = new ArrayList<>();
    List<Span> stoodIn = new ArrayList<>();
    for (Assignment each : second) {
      for (Span part : each.span().without(held)) {
        filled.add(each.during(part));
        if (each.person() != null) {
          stoodIn.add(part);
        }
      }
    }
    List<Assignment> result = new ArrayList<>();
    for (Assignment each : first) {
      if (each.person() != null) {
        result.add(each);
      } else {
        each.span().without(stoodIn).forEach(part -> result.add(each.during(part)));
      }
    }
    // A gap that both layers have is told of once.
    List<Span> told = result.stream().map(Assignment::span).toList();
    for (Assignment each : filled) {
      each.span().without(told).forEach(part -> result.add(each.during(part)));
    }
    return result;
  }
}
