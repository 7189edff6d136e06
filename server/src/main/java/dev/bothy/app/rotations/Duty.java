package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Timeline;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/// Turns the plan into [History], and says when to look again and what people are told, always
/// together in one transaction.
///
/// Whatever changes a plan calls [#changing] before the change, so that what was is recorded by the
/// plan that held then, and [Pending#done] after it.
@Component
class Duty {
  /// The kind of scheduled work that hands a rotation's turns on; its subject is the rotation.
  static final String HANDOFF = "rotations.handoff";

  private final RotationTable rotations;
  private final ShiftTable shifts;
  private final Plans plans;
  private final Foresight foresight;
  private final Schedule schedule;
  private final Announcer announcer;
  private final RequestEnds requests;
  private final RotationPeople people;
  private final RotationLog log;
  private final TellingTable tellings;
  private final Witness witness;
  private final Metrics metrics;
  private final History history;

  Duty(
      RotationTable rotations,
      ShiftTable shifts,
      Plans plans,
      Foresight foresight,
      Schedule schedule,
      Announcer announcer,
      RequestEnds requests,
      RotationPeople people,
      RotationLog log,
      TellingTable tellings,
      Witness witness,
      Metrics metrics,
      History history) {
    this.rotations = rotations;
    this.shifts = shifts;
    this.plans = plans;
    this.foresight = foresight;
    this.schedule = schedule;
    this.announcer = announcer;
    this.requests = requests;
    this.people = people;
    this.log = log;
    this.tellings = tellings;
    this.witness = witness;
    this.metrics = metrics;
    this.history = history;
  }

  /// Hears of each shift that begins and that people are told of, within its transaction.
  interface Witness {
    /// @param before who had the role until then; null when nobody had
    void handedOver(RotationEntity rotation, ShiftEntity shift, @Nullable Participant before);
  }

  /// Somebody is on duty from now: whoever had each layer's turn last (a pause takes nobody's
  /// turn), or the next who can.
  void begin(RotationEntity rotation, Instant now) {
    Map<UUID, Cursor> from = plans.since(rotation, now);
    rotation.stand(Timeline.begin(plans.of(rotation, from)), now);
    begun(rotation, now);
  }

  /// The same for layers whose turns began elsewhere: whoever has them there has them here.
  ///
  /// @param first where each layer stood before the first of its people
  /// @param stored called once the rotation is stored, before it is known who is on duty: what it
  ///   adds to the plan holds from the begin on
  void begin(RotationEntity rotation, Map<UUID, Cursor> first, Runnable stored, Instant now) {
    rotation.stand(Timeline.begin(plans.of(rotation, first)), now);
    rotation.stand(Timeline.advance(plans.of(rotation), now), now);
    rotations.save(rotation);
    shifts.flush();
    stored.run();
    begun(rotation, now);
  }

  private void begun(RotationEntity rotation, Instant now) {
    rotations.save(rotation);
    History.Passed passed = history.record(rotation, now);
    lookAgain(rotation, passed.next(), now);
    Content before = Cards.resumed(rotation.name(), now, zone(rotation));
    announcer.begun(rotation, view(rotation, passed), passed.current(), before);
  }

  /// Nobody is on duty from now.
  ///
  /// @return the shifts that are over by it
  List<ShiftEntity> end(RotationEntity rotation, Instant now) {
    if (!rotation.active()) {
      return List.of();
    }
    History.Passed passed = history.record(rotation, now);
    List<ShiftEntity> ended = new ArrayList<>(passed.ended());
    for (ShiftEntity shift : passed.current()) {
      shift.end(now);
      ended.add(shift);
    }
    schedule.clear(HANDOFF, rotation.id());
    schedule.clear(TellingWork.KIND, rotation.id());
    return ended;
  }

  /// What is to be done once a change of the plan is made.
  interface Pending {
    /// Records what is different now, and tells whoever it concerns.
    ///
    /// @param actor who made it, and is not told
    /// @param told who is told in another way
    void done(Actor actor, Set<Participant> told);

    /// The same where nobody is told in another way.
    default void done(Actor actor) {
      done(actor, Set.of());
    }
  }

  /// Brings the rotation up to now by the plan that holds until now, before it is changed.
  ///
  /// @return to be called after the change
  Pending changing(RotationEntity rotation, Instant now) {
    settle(rotation, now);
    List<Assignment> before = foresight.ahead(rotation, now);
    return (actor, told) -> {
      replan(rotation, now);
      requests.replanned(actor, rotation, now);
      announcer.moved(rotation, before, foresight.ahead(rotation, now), actor, told);
    };
  }

  /// The same where people are about to be taken off their layers for good: their turns are handed
  /// on at once.
  Pending leaving(RotationEntity rotation, Instant now) {
    settle(rotation, now);
    List<Assignment> before = foresight.ahead(rotation, now);
    return (actor, told) -> {
      handOverNow(rotation, now);
      requests.replanned(actor, rotation, now);
      announcer.moved(rotation, before, foresight.ahead(rotation, now), actor, told);
    };
  }

  /// Brings the rotation up to now.
  private void settle(RotationEntity rotation, Instant now) {
    if (rotation.active() && rotation.settledAt().isBefore(now)) {
      catchUp(rotation, now).ifPresent(next -> schedule.set(HANDOFF, rotation.id(), next));
    }
  }

  /// Layers that were not there before begin their first turn: the first who can has it.
  ///
  /// @param before the layers that were there
  void beginOthers(RotationEntity rotation, Set<UUID> before, Instant now) {
    if (rotation.active()) {
      rotation.stand(plans.begunOthers(rotation, before), now);
    }
  }

  /// Something has changed: who is on duty from now may be somebody else.
  private void replan(RotationEntity rotation, Instant now) {
    if (!rotation.active()) {
      announcer.refresh(rotation, foresight.view(rotation), List.of());
      return;
    }
    History.Passed passed = history.record(rotation, now);
    lookAgain(rotation, passed.next(), now);
    passed.begun().forEach(shift -> log.handedOverEarly(rotation, shift.id()));
    tell(rotation, passed);
  }

  /// Hands on at once the turns of whoever is not in a layer any more: the next person serves the
  /// rest of the turn. Once the connection was removed nobody could be told, and the rotation is
  /// paused instead.
  private void handOverNow(RotationEntity rotation, Instant now) {
    if (rotation.active() && !people.reachable(rotation.connection())) {
      pause(rotation, now);
      return;
    }
    if (rotation.active()) {
      rotation.stand(Timeline.withoutLeavers(plans.of(rotation)), now);
    }
    replan(rotation, now);
  }

  /// Hands turns on through everything that is due, and tells people of what is now alone.
  ///
  /// Once the connection was removed, nobody could be told: the rotation is paused instead.
  ///
  /// @return when to look again, which the caller sets; empty when the rotation has nothing to hand
  ///   on
  Optional<Instant> catchUp(RotationEntity rotation, Instant now) {
    if (!rotation.active()) {
      return Optional.empty();
    }
    if (!people.reachable(rotation.connection())) {
      pause(rotation, now);
      return Optional.empty();
    }
    History.Passed passed = history.record(rotation, now);
    if (tellings.followsDuty(rotation.id())) {
      schedule.set(TellingWork.KIND, rotation.id(), now);
    } else {
      // A hand-off as planned changes nothing of what is to be told ahead.
      schedule.setIfNone(TellingWork.KIND, rotation.id(), now);
    }
    passed.begun().forEach(shift -> log.handedOver(rotation, shift, now));
    tell(rotation, passed);
    return Optional.of(passed.next());
  }

  /// The plan is another from now on.
  private void lookAgain(RotationEntity rotation, Instant next, Instant now) {
    schedule.set(HANDOFF, rotation.id(), next);
    schedule.set(TellingWork.KIND, rotation.id(), now);
  }

  private Rotation view(RotationEntity rotation, History.Passed passed) {
    return foresight.view(rotation, passed.plan(), passed.current());
  }

  private void pause(RotationEntity rotation, Instant now) {
    end(rotation, now);
    rotation.waitForConnection();
    log.paused(new Actor.System(), rotation);
  }

  private void tell(RotationEntity rotation, History.Passed passed) {
    if (passed.nothing()) {
      announcer.refresh(rotation, view(rotation, passed), passed.current());
      return;
    }
    List<TurnMessages.Begun> begun = new ArrayList<>();
    for (ShiftEntity shift : passed.begun()) {
      Optional<ShiftEntity> before =
          passed
              .endedOf(shift.role())
              .or(() ->
                  shifts.lastOf(rotation.id(), shift.role(), Limit.of(1)).stream().findFirst());
      begun.add(new TurnMessages.Begun(shift, before));
      witness.handedOver(rotation, shift, before.flatMap(ShiftEntity::person).orElse(null));
      metrics.handedOff(Metrics.HandOff.ANNOUNCED);
    }
    announcer.passed(rotation, view(rotation, passed), passed.ended(), begun, passed.missed());
  }

  private static ZoneId zone(RotationEntity rotation) {
    return rotation.layers().getFirst().times().zone();
  }
}
