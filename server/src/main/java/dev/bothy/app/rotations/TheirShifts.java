package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    List<Theirs> shifts = new ArrayList<>();
    for (Theirs shift : shifts(ahead(rotation, now.plus(FORESEEN)))) {
      if (shift.span().start().isAfter(now)
          && (of == null || shift.person().equals(of))
          && shifts.size() < atMost) {
        shifts.add(shift);
      }
    }
    return shifts;
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
