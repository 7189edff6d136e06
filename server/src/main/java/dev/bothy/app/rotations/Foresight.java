package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Timeline;
import dev.bothy.app.rotations.plan.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/// How a rotation stands and what is to come. Called within a transaction of the workspace.
@Component
class Foresight {
  /// How far ahead the next person is looked for, in steps: nearly always the first finds them.
  private static final List<Duration> FURTHER =
      List.of(Duration.ZERO, Duration.ofDays(8), Duration.ofDays(40), Duration.ofDays(366));

  /// Whoever was added comes after whoever has the turn.
  static final Comparator<ShiftEntity> TURN_FIRST =
      Comparator.comparing((ShiftEntity shift) -> shift.toShift().why() == Why.ADD)
          .thenComparing(ShiftEntity::startsAt);

  private static final Duration AHEAD = Duration.ofDays(28);

  private final ShiftTable shifts;
  private final Plans plans;

  Foresight(ShiftTable shifts, Plans plans) {
    this.shifts = shifts;
    this.plans = plans;
  }

  /// The rotation as it stands.
  Rotation view(RotationEntity rotation) {
    return rotation.active()
        ? view(rotation, plans.of(rotation), shifts.currentOf(rotation.id()))
        : view(
            rotation,
            roles(rotation).stream()
                .map(role -> new RoleDuty(role, List.of(), true, null, List.of()))
                .toList());
  }

  /// The same where the plan of an active rotation and its current shifts are at hand.
  Rotation view(RotationEntity rotation, Plan plan, List<ShiftEntity> current) {
    List<String> roles = roles(rotation);
    Instant since = rotation.settledAt();
    return view(rotation, duties(roles, current, found(since, roles, current, plan), since));
  }

  private static List<String> roles(RotationEntity rotation) {
    return rotation.layers().stream().map(Layer::role).distinct().toList();
  }

  private static Rotation view(RotationEntity rotation, List<RoleDuty> duties) {
    return new Rotation(
        rotation.id(),
        rotation.name(),
        rotation.connection(),
        rotation.conversation(),
        rotation.layers(),
        rotation.holidays(),
        rotation.paused(),
        duties,
        rotation.deletedAt().orElse(null));
  }

  /// The shifts to come as far as can be foreseen: in order, the current ones left out.
  ///
  /// @param until shifts that begin at or after this are left out
  List<Shift> coming(RotationEntity rotation, Instant until, int atMost) {
    Instant since = rotation.settledAt();
    if (!rotation.active() || !since.isBefore(until)) {
      return List.of();
    }
    return Timeline.of(plans.of(rotation), since, until).stream()
        .filter(each -> each.start().isAfter(since))
        .limit(atMost)
        .map(Shift::foreseen)
        .toList();
  }

  /// Who was, is and is going to be on duty between two instants, by start: what really was as long
  /// as it is kept, then the plan. Shifts that reach out are given whole.
  List<Shift> timeline(RotationEntity rotation, Instant from, Instant until, int atMost) {
    List<Shift> found = new ArrayList<>();
    shifts
        .during(rotation.id(), from, until, Limit.of(atMost))
        .forEach(shift -> found.add(shift.toShift()));
    if (rotation.active()) {
      Instant end = lastHandoffAfter(plans.of(rotation), until);
      coming(rotation, end, Integer.MAX_VALUE).stream()
          .filter(shift -> shift.start().isBefore(until) && shift.end().isAfter(from))
          .limit(atMost)
          .forEach(found::add);
    }
    found.sort(Comparator.comparing(Shift::start));
    return found;
  }

  /// Who is on duty in the next four weeks; empty while it is paused or deleted.
  List<Assignment> ahead(RotationEntity rotation, Instant now) {
    return rotation.active()
        ? Timeline.of(plans.of(rotation), rotation.settledAt(), now.plus(AHEAD))
        : List.of();
  }

  /// Each role's current shifts and those after them, in the order of the layers.
  List<RotationNow.Duty> now(RotationEntity rotation) {
    List<String> roles = roles(rotation);
    if (!rotation.active()) {
      return roles.stream().map(role -> new RotationNow.Duty(role, List.of(), List.of())).toList();
    }
    List<ShiftEntity> current = shifts.currentOf(rotation.id());
    List<Assignment> found = found(rotation.settledAt(), roles, current, plans.of(rotation));
    return roles.stream()
        .map(role -> {
          List<ShiftEntity> held = currentOf(role, current);
          return new RotationNow.Duty(
              role,
              held.stream().map(ShiftEntity::toShift).toList(),
              next(role, held, found, rotation.settledAt()).stream().map(Shift::foreseen).toList());
        })
        .toList();
  }

  /// The assignments up to where each role's next one is among them, whole.
  private static List<Assignment> found(
      Instant since, List<String> roles, List<ShiftEntity> current, Plan plan) {
    Instant end = Timeline.endOfCurrent(plan, since);
    List<Assignment> found = List.of();
    for (Duration further : FURTHER) {
      Instant begun = lastHandoffAfter(plan, end.plus(further));
      // What begins before that instant ends before the next.
      List<Assignment> assignments = Timeline.of(plan, since, lastHandoffAfter(plan, begun));
      found = assignments;
      if (roles.stream()
          .allMatch(role ->
              next(role, currentOf(role, current), assignments, since).stream()
                  .anyMatch(next -> next.start().isBefore(begun)))) {
        break;
      }
    }
    return found;
  }

  private static Instant lastHandoffAfter(Plan plan, Instant at) {
    Instant last = at;
    for (Layer layer : plan.layers()) {
      Instant after = layer.times().nextAfter(at);
      last = after.isAfter(last) ? after : last;
    }
    return last;
  }

  private static List<RoleDuty> duties(
      List<String> roles, List<ShiftEntity> current, List<Assignment> found, Instant since) {
    List<RoleDuty> duties = new ArrayList<>();
    for (String role : roles) {
      List<ShiftEntity> held = currentOf(role, current);
      List<Assignment> next = next(role, held, found, since);
      duties.add(
          new RoleDuty(
              role,
              held.stream()
                  .map(shift ->
                      new RoleDuty.Held(shift.id(), shift.person().orElse(null), shift.endsAt()))
                  .toList(),
              !held.isEmpty(),
              held.isEmpty()
                  ? next.stream().map(Assignment::start).findFirst().orElse(null)
                  : held.getFirst().endsAt(),
              next.stream().<Participant>mapMulti(Foresight::person).toList()));
    }
    return duties;
  }

  private static void person(Assignment assignment, Consumer<Participant> out) {
    Participant person = assignment.person();
    if (person != null) {
      out.accept(person);
    }
  }

  /// The current shifts of a role: whoever has the turn first, then whoever was added.
  private static List<ShiftEntity> currentOf(String role, List<ShiftEntity> current) {
    return current.stream().filter(each -> each.role().equals(role)).sorted(TURN_FIRST).toList();
  }

  /// The first that are not a later piece of what whoever has the turn has now: several where
  /// several begin at once.
  private static List<Assignment> next(
      String role, List<ShiftEntity> held, List<Assignment> found, Instant since) {
    List<Assignment> later =
        found.stream()
            .filter(each -> each.role().equals(role) && each.start().isAfter(since))
            .filter(each -> held.isEmpty() || !goesOn(held.getFirst(), each))
            .toList();
    return later.stream().filter(each -> each.start().equals(later.getFirst().start())).toList();
  }

  private static boolean goesOn(ShiftEntity now, Assignment later) {
    return later.start().isBefore(now.endsAt())
        || later.turn().equals(now.turnAt())
            && Objects.equals(later.person(), now.person().orElse(null));
  }
}
