package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a change of the plan changes: shown before it is saved, and told to the people whose future
/// shifts it moves. Only who is on duty when counts, not why: a plan that says the same for another
/// reason does not differ.
///
/// @param pieces when others are on duty than before, by time and role
/// @param hours of each person whose time on duty changes, by account
public record PlanDifference(List<Piece> pieces, List<Hours> hours) {
  /// A stretch in which others have a role.
  ///
  /// @param before who had it; empty if nobody
  /// @param after who has it; empty if nobody; never the same as `before`
  public record Piece(String role, Span span, Set<Participant> before, Set<Participant> after) {
    public Piece {
      before = Set.copyOf(before);
      after = Set.copyOf(after);
    }

    /// Whether this person gains or loses duty by it.
    boolean concerns(Participant person) {
      return before.contains(person) != after.contains(person);
    }
  }

  /// One person's time on duty in the range.
  public record Hours(Participant person, Duration before, Duration after) {}

  /// Between two plans of the same rotation.
  ///
  /// @param range what lies outside it does not count
  public static PlanDifference of(
      Collection<Assignment> before, Collection<Assignment> after, Span range) {
    Set<String> roles = new TreeSet<>();
    before.forEach(each -> roles.add(each.role()));
    after.forEach(each -> roles.add(each.role()));
    List<Piece> pieces = new ArrayList<>();
    for (String role : roles) {
      pieces.addAll(pieces(role, ofRole(before, role, range), ofRole(after, role, range)));
    }
    pieces.sort(
        Comparator.<Piece, Instant>comparing(piece -> piece.span().start())
            .thenComparing(Piece::role));
    return new PlanDifference(
        List.copyOf(pieces),
        hours(Fairness.lengths(before, range), Fairness.lengths(after, range)));
  }

  /// Whether the same people are on duty at the same times.
  public boolean isEmpty() {
    return pieces.isEmpty();
  }

  /// The times in which nobody has a role any more that somebody had before.
  public List<Piece> gaps() {
    return pieces.stream().filter(piece -> piece.after().isEmpty()).toList();
  }

  /// Everybody who gains or loses duty, by account.
  public List<Participant> concerned() {
    Set<Participant> people = new HashSet<>();
    for (Piece piece : pieces) {
      piece.before().stream().filter(piece::concerns).forEach(people::add);
      piece.after().stream().filter(piece::concerns).forEach(people::add);
    }
    return people.stream().sorted(Comparator.comparing(Participant::account)).toList();
  }

  /// What this person gains and loses.
  public List<Piece> of(Participant person) {
    return pieces.stream().filter(piece -> piece.concerns(person)).toList();
  }

  /// The way back: what undoing the change changes.
  public PlanDifference reversed() {
    return new PlanDifference(
        pieces.stream()
            .map(piece -> new Piece(piece.role(), piece.span(), piece.after(), piece.before()))
            .toList(),
        hours.stream().map(each -> new Hours(each.person(), each.after(), each.before())).toList());
  }

  private record Held(Participant person, Span span) {}

  private static List<Held> ofRole(Collection<Assignment> assignments, String role, Span range) {
    List<Held> held = new ArrayList<>();
    for (Assignment each : assignments) {
      Participant person = each.person();
      if (person != null && each.role().equals(role)) {
        Spans.common(each.span(), range).ifPresent(span -> held.add(new Held(person, span)));
      }
    }
    held.sort(Comparator.comparing(each -> each.span().start()));
    return held;
  }

  /// Between two neighbouring instants at which anything begins or ends, nothing changes.
  private static List<Piece> pieces(String role, List<Held> before, List<Held> after) {
    TreeSet<Instant> cuts = new TreeSet<>();
    for (List<Held> plan : List.of(before, after)) {
      for (Held held : plan) {
        cuts.add(held.span().start());
        cuts.add(held.span().end());
      }
    }
    Sweep was = new Sweep(before);
    Sweep is = new Sweep(after);
    List<Piece> pieces = new ArrayList<>();
    for (Instant from : cuts) {
      Instant until = cuts.higher(from);
      if (until == null) {
        break;
      }
      Set<Participant> wasOn = was.at(from);
      Set<Participant> isOn = is.at(from);
      if (!wasOn.equals(isOn)) {
        add(pieces, new Piece(role, new Span(from, until), wasOn, isOn));
      }
    }
    return pieces;
  }

  private static void add(List<Piece> pieces, Piece piece) {
    if (!pieces.isEmpty()) {
      Piece last = pieces.getLast();
      if (last.span().end().equals(piece.span().start())
          && last.before().equals(piece.before())
          && last.after().equals(piece.after())) {
        Span both = new Span(last.span().start(), piece.span().end());
        pieces.set(pieces.size() - 1, new Piece(piece.role(), both, piece.before(), piece.after()));
        return;
      }
    }
    pieces.add(piece);
  }

  private static List<Hours> hours(
      Map<Participant, Duration> before, Map<Participant, Duration> after) {
    Map<Participant, Hours> hours = new HashMap<>();
    before.forEach((person, length) -> hours.put(person, new Hours(person, length, Duration.ZERO)));
    after.forEach((person, length) ->
        hours.merge(
            person,
            new Hours(person, Duration.ZERO, length),
            (one, other) -> new Hours(person, one.before(), other.after())));
    return hours.values().stream()
        .filter(each -> !each.before().equals(each.after()))
        .sorted(Comparator.comparing(each -> each.person().account()))
        .toList();
  }

  /// Who is on duty at instants that are asked for in order.
  private static final class Sweep {
    private final List<Held> plan;
    private final List<Held> current = new ArrayList<>();
    private int next;

    Sweep(List<Held> plan) {
      this.plan = plan;
    }

    Set<Participant> at(Instant instant) {
      while (next < plan.size() && !plan.get(next).span().start().isAfter(instant)) {
        current.add(plan.get(next++));
      }
      current.removeIf(held -> !held.span().contains(instant));
      Set<Participant> people = new HashSet<>();
      current.forEach(held -> people.add(held.person()));
      return people;
    }
  }
}
