package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Timeline;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What really was: the rows of shifts, and where the layers stand.
@Component
class History {
  /// How many missed shifts are recorded one by one: a year of hourly turns is 8,760.
  static final int MOST_MISSED = 10_000;

  private final ShiftTable shifts;
  private final Plans plans;
  private final RotationLog log;
  private final Metrics metrics;
  private final Workspaces workspaces;
  private final Clock clock;

  History(
      ShiftTable shifts,
      Plans plans,
      RotationLog log,
      Metrics metrics,
      Workspaces workspaces,
      Clock clock) {
    this.shifts = shifts;
    this.plans = plans;
    this.log = log;
    this.metrics = metrics;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What a look at the plan has changed.
  ///
  /// @param ended shifts that were current and are over
  /// @param begun shifts that are current now and were not
  /// @param current all that are current now, by start
  /// @param missed how many began and ended in between
  /// @param next when to look again
  /// @param plan what holds from now on
  record Passed(
      List<ShiftEntity> ended,
      List<ShiftEntity> begun,
      List<ShiftEntity> current,
      long missed,
      Instant next,
      Plan plan) {
    boolean nothing() {
      return ended.isEmpty() && begun.isEmpty() && missed == 0;
    }

    /// The shift of a role that is over now, if there is one.
    Optional<ShiftEntity> endedOf(String role) {
      return ended.stream().filter(shift -> shift.role().equals(role)).findFirst();
    }
  }

  /// Writes down what was since the rotation was looked at last, and what is now. While a clock
  /// that went back is before then, what was last is what is.
  Passed record(RotationEntity rotation, Instant at) {
    Plan plan = plans.of(rotation);
    Instant since = rotation.settledAt();
    Instant now = at.isBefore(since) ? since : at;
    List<ShiftEntity> current = new ArrayList<>(shifts.currentOf(rotation.id()));
    List<ShiftEntity> ended = new ArrayList<>();
    List<Assignment> begun = new ArrayList<>();
    Deque<Assignment> missed = new ArrayDeque<>();
    long older = 0;
    List<Assignment> until =
        Timeline.of(plan, since, Timeline.endOfCurrent(plan, now)).stream()
            .filter(each -> !each.start().isAfter(now))
            .toList();
    for (Assignment each : settledFirst(current, until, since, now, ended)) {
      boolean over = !each.end().isAfter(now);
      if (!over) {
        begun.add(each);
      } else {
        missed.add(each);
        if (missed.size() > MOST_MISSED) {
          missed.removeFirst();
          older++;
        }
      }
    }
    Map<UUID, Cursor> cursors = Timeline.advance(plan, now);
    rotation.stand(cursors, now);
    // Hibernate writes new rows before changed ones, and nobody has a role twice at once. Whoever
    // hands the same turn on in the same moment finds out here, by the rotation's version.
    shifts.flush();
    if (older > 0) {
      log.missedBefore(rotation, older);
    }
    List<ShiftEntity> unnoticed = new ArrayList<>();
    for (Assignment each : missed) {
      unnoticed.add(shifts.save(ShiftEntity.missed(newKey(), rotation.id(), each)));
      metrics.handedOff(Metrics.HandOff.MISSED);
    }
    log.missed(rotation, unnoticed);
    List<ShiftEntity> saved = new ArrayList<>();
    for (Assignment each : begun) {
      saved.add(shifts.save(new ShiftEntity(newKey(), rotation.id(), each)));
    }
    Plan onwards = plan.from(cursors);
    Instant next = Timeline.nextBoundary(onwards, now);
    List<ShiftEntity> going = new ArrayList<>(current);
    going.removeAll(ended);
    going.addAll(saved);
    going.sort(Comparator.comparing(ShiftEntity::startsAt));
    return new Passed(ended, saved, going, missed.size() + older, next, onwards);
  }

  /// Ends or prolongs the current shifts.
  ///
  /// What people were told is what was: a current shift that the plan, as it is known now, would
  /// not have had holds until its end or until now all the same, and what the plan has in its place
  /// begins there. Whoever has the role beside it is not touched.
  ///
  /// @param ended those that are over are added to it
  /// @return the assignments that no current shift stands for
  private List<Assignment> settledFirst(
      List<ShiftEntity> current,
      List<Assignment> assignments,
      Instant since,
      Instant now,
      List<ShiftEntity> ended) {
    List<Assignment> others = new ArrayList<>();
    List<ShiftEntity> left = new ArrayList<>(current);
    for (Assignment each : assignments) {
      Optional<ShiftEntity> going =
          each.start().equals(since)
              ? left.stream().filter(shift -> shift.is(each)).findFirst()
              : Optional.empty();
      if (going.isEmpty()) {
        others.add(each);
        continue;
      }
      left.remove(going.get());
      if (each.end().isAfter(now)) {
        going.get().endsAt(each.end());
      } else {
        going.get().end(each.end());
        ended.add(going.get());
      }
    }
    for (ShiftEntity shift : left) {
      Instant until = shift.endsAt().isBefore(now) ? shift.endsAt() : now;
      if (shift.startsAt().isBefore(until)) {
        shift.end(until);
      } else {
        shifts.delete(shift);
      }
      ended.add(shift);
      others =
          others.stream()
              .flatMap(
                  each -> shift.isReplacedBy(each) ? each.from(until).stream() : Stream.of(each))
              .toList();
    }
    return others;
  }

  private WorkspaceKey newKey() {
    return new WorkspaceKey(workspaces.current().value(), Ids.next(clock));
  }
}
