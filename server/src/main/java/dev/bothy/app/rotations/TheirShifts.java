package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Change;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// When the people of a rotation are on duty by the plan, each shift whole. Called within a
/// transaction of the workspace.
@Component
class TheirShifts {
  /// How far ahead a shift to come is looked for.
  static final Duration FORESEEN = Duration.ofDays(366);

  private final Plans plans;

  TheirShifts(Plans plans) {
    this.plans = plans;
  }

  /// A shift of somebody.
  record Theirs(String role, Participant person, Span span) {}

  /// What somebody serves of a time, from its first moment on duty to its last; empty when they are
  /// not on duty then.
  ///
  /// @param role null for any
  Optional<Span> within(
      RotationEntity rotation, Participant person, @Nullable String role, Span span) {
    List<Span> parts =
        ahead(rotation, span.end()).stream()
            .filter(each -> person.equals(each.person()))
            .filter(each -> role == null || each.role().equals(role))
            .flatMap(each -> each.span().and(span).stream())
            .toList();
    return parts.stream()
        .reduce((one, other) ->
            new Span(
                one.start().isBefore(other.start()) ? one.start() : other.start(),
                one.end().isAfter(other.end()) ? one.end() : other.end()));
  }

  /// The shifts that begin after an instant, in order.
  ///
  /// @param of whose; null for everybody's
  List<Theirs> toCome(RotationEntity rotation, @Nullable Participant of, Instant now, int atMost) {
    return ahead(rotation, of, now, atMost, shift -> shift.span().start().isAfter(now));
  }

  /// The same with what runs, as far as it is still to come.
  List<Theirs> notOver(RotationEntity rotation, @Nullable Participant of, Instant now, int atMost) {
    return ahead(rotation, of, now, atMost, shift -> shift.span().end().isAfter(now));
  }

  private List<Theirs> ahead(
      RotationEntity rotation,
      @Nullable Participant of,
      Instant now,
      int atMost,
      Predicate<Theirs> wanted) {
    return shifts(ahead(rotation, now.plus(FORESEEN))).stream()
        .filter(shift -> of == null || shift.person().equals(of))
        .filter(wanted)
        .limit(atMost)
        .toList();
  }

  /// Whether a change of the plan puts anybody on duty in a time to come, by what was decided until
  /// it was made: what hides it for a while may be undone again.
  boolean holds(RotationEntity rotation, UUID change, Span span) {
    Plan plan = plans.of(rotation);
    List<Change> until = new ArrayList<>();
    for (Change each : plan.changes()) {
      until.add(each);
      if (each.id().equals(change)) {
        Plan then = new Plan(plan.layers(), plan.cursors(), until, plan.away(), plan.gone());
        return Timeline.of(then, rotation.settledAt(), span.end()).stream()
            .anyMatch(found -> change.equals(found.change()));
      }
    }
    return false;
  }

  private List<Assignment> ahead(RotationEntity rotation, Instant until) {
    Instant since = rotation.settledAt();
    return rotation.active() && since.isBefore(until)
        ? Timeline.of(plans.of(rotation), since, until)
        : List.of();
  }

  /// The pieces of one turn are one shift, such as the hours of its days.
  private static List<Theirs> shifts(List<Assignment> assignments) {
    Map<Turn, Theirs> shifts = new LinkedHashMap<>();
    for (Assignment each : assignments) {
      Participant person = each.person();
      if (person != null) {
        shifts.merge(
            new Turn(each.role(), person, each.turn()),
            new Theirs(each.role(), person, each.span()),
            (first, next) ->
                new Theirs(
                    first.role(),
                    first.person(),
                    new Span(first.span().start(), next.span().end())));
      }
    }
    return List.copyOf(shifts.values());
  }

  private record Turn(String role, Participant person, Instant turn) {}
}
