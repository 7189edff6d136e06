package dev.bothy.app.rotations;

import dev.bothy.app.rotations.Roster.Turn;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Begins and ends shifts: the row, the turn, the time of the next hand-off and what people are
/// told, always together in one transaction.
@Component
class Duty {
  /// The kind of scheduled work that hands a rotation's turn on; its subject is the rotation.
  static final String HANDOFF = "rotations.handoff";

  private final RotationTable rotations;
  private final ShiftTable shifts;
  private final Schedule schedule;
  private final Announcer announcer;
  private final RotationPeople people;
  private final RotationLog log;
  private final Witness witness;
  private final Metrics metrics;
  private final Workspaces workspaces;
  private final Clock clock;

  Duty(
      RotationTable rotations,
      ShiftTable shifts,
      Schedule schedule,
      Announcer announcer,
      RotationPeople people,
      RotationLog log,
      Witness witness,
      Metrics metrics,
      Workspaces workspaces,
      Clock clock) {
    this.rotations = rotations;
    this.shifts = shifts;
    this.schedule = schedule;
    this.announcer = announcer;
    this.people = people;
    this.log = log;
    this.witness = witness;
    this.metrics = metrics;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// Hears of each hand-off that people are told of, within its transaction.
  interface Witness {
    /// @param before who was on duty until then; null when nobody was
    /// @param startsAt when the shift began that is the rotation's now
    void handedOver(RotationEntity rotation, @Nullable Participant before, Instant startsAt);
  }

  /// Somebody is on duty from now: the person whose turn it was last (a pause takes nobody's turn),
  /// or the next one who is available.
  void begin(RotationEntity rotation, Instant now) {
    Roster roster = rotation.roster();
    Turn last = rotation.turn();
    Predicate<Participant> available = people.available(rotation.connection());
    boolean goesOn =
        last.person() != null
            && roster.people().contains(last.person())
            && available.test(last.person());
    Turn turn = goesOn ? last : roster.next(last, available);
    start(rotation, turn, now, rotation.times().nextAfter(now));
    schedule.set(HANDOFF, rotation.id(), rotation.nextHandoffAt().orElseThrow());
    Content before = Cards.resumed(rotation.name(), now, rotation.times().zone());
    announcer.begun(rotation, view(rotation), before, now);
  }

  /// Nobody is on duty from now.
  void end(RotationEntity rotation, Instant now) {
    currentShift(rotation).ifPresent(shift -> shift.end(now));
    schedule.clear(HANDOFF, rotation.id());
  }

  /// Hands the turn on before its time, because whoever has it left: the next person serves the
  /// rest of the shift. Nobody is on duty if nobody else is available; once the connection was
  /// removed, nobody could be told, and the rotation is paused instead.
  void handOverNow(RotationEntity rotation, Instant now) {
    if (!people.reachable(rotation.connection())) {
      end(rotation, now);
      rotation.pause();
      log.paused(new Actor.System(), rotation);
      return;
    }
    Turn before = rotation.turn();
    Instant until = rotation.nextHandoffAt().orElseThrow();
    currentShift(rotation).ifPresent(shift -> shift.end(now));
    // Hibernate writes new rows before changed ones, and there is one current shift at most.
    shifts.flush();
    start(
        rotation,
        rotation.roster().next(before, people.available(rotation.connection())),
        now,
        until);
    log.handedOverEarly(rotation, rotation.shift().orElseThrow());
    witness.handedOver(rotation, before.person(), now);
    metrics.handedOff(Metrics.HandOff.ANNOUNCED);
    announcer.handedOver(rotation, view(rotation), before.person(), now, 0);
  }

  /// The settings have changed: the current shift ends when they say.
  void endsWhenSettingsSay(RotationEntity rotation) {
    rotation
        .nextHandoffAt()
        .ifPresent(next -> {
          currentShift(rotation).ifPresent(shift -> shift.endsAt(next));
          schedule.set(HANDOFF, rotation.id(), next);
        });
  }

  /// Hands the turn on through every hand-off that is due, and tells people of the last alone.
  ///
  /// Once the connection was removed, nobody could be told: the rotation is paused instead.
  ///
  /// @return when the next hand-off is due; empty when the rotation has none
  Optional<Instant> catchUp(RotationEntity rotation, Instant now) {
    Optional<Instant> due = rotation.nextHandoffAt();
    if (!rotation.active() || due.isEmpty() || due.get().isAfter(now)) {
      return due;
    }
    if (!people.reachable(rotation.connection())) {
      end(rotation, due.get());
      rotation.pause();
      log.paused(new Actor.System(), rotation);
      return Optional.empty();
    }
    Turn before = rotation.turn();
    CatchUp result =
        CatchUp.run(
            rotation.times(),
            rotation.roster(),
            due.get(),
            before,
            now,
            people.available(rotation.connection()));
    currentShift(rotation).ifPresent(shift -> shift.end(due.get()));
    // Hibernate writes new rows before changed ones, and there is one current shift at most.
    shifts.flush();
    if (result.older() > 0) {
      log.missedBefore(rotation, result.older());
    }
    for (CatchUp.Handoff missed : result.missed()) {
      WorkspaceKey key = newKey();
      shifts.save(ShiftEntity.missed(key, rotation.id(), missed));
      log.missed(rotation, key.id(), missed);
      metrics.handedOff(Metrics.HandOff.MISSED);
    }
    CatchUp.Handoff current = result.current().orElseThrow();
    start(rotation, current.turn(), current.at(), current.until());
    log.handedOver(rotation, rotation.shift().orElseThrow(), current, now);
    witness.handedOver(rotation, before.person(), current.at());
    metrics.handedOff(Metrics.HandOff.ANNOUNCED);
    announcer.handedOver(
        rotation,
        view(rotation),
        before.person(),
        due.get(),
        result.missed().size() + result.older());
    return rotation.nextHandoffAt();
  }

  /// The rotation as it stands.
  Rotation view(RotationEntity rotation) {
    Turn turn = rotation.turn();
    boolean active = rotation.active();
    @Nullable Participant next =
        active
            ? rotation.roster().next(turn, people.available(rotation.connection())).person()
            : null;
    return new Rotation(
        rotation.id(),
        rotation.name(),
        rotation.connection(),
        rotation.conversation(),
        rotation.times(),
        rotation.roster().people(),
        rotation.paused(),
        active ? turn.person() : null,
        rotation.nextHandoffAt().orElse(null),
        next,
        rotation.shift().orElse(null),
        rotation.deletedAt().orElse(null));
  }

  /// The shifts to come as far as can be foreseen: in order, from the next hand-off on.
  ///
  /// @param until shifts that begin at or after this are left out
  List<Shift> coming(RotationEntity rotation, Instant until, int atMost) {
    List<Shift> coming = new ArrayList<>();
    Optional<Instant> start = rotation.nextHandoffAt();
    Turn turn = rotation.turn();
    Predicate<Participant> available = people.available(rotation.connection());
    while (start.isPresent() && start.get().isBefore(until) && coming.size() < atMost) {
      turn = rotation.roster().next(turn, available);
      Instant end = rotation.times().nextAfter(start.get());
      coming.add(new Shift(null, turn.person(), start.get(), end, false));
      start = Optional.of(end);
    }
    return coming;
  }

  private void start(RotationEntity rotation, Turn turn, Instant from, Instant until) {
    WorkspaceKey key = newKey();
    rotation.startShift(key.id(), turn, until);
    rotations.save(rotation);
    shifts.save(new ShiftEntity(key, rotation.id(), turn.person(), from, until));
  }

  private Optional<ShiftEntity> currentShift(RotationEntity rotation) {
    return rotation.shift().flatMap(shifts::byId);
  }

  private WorkspaceKey newKey() {
    UUID id = Ids.next(clock);
    return new WorkspaceKey(workspaces.current().value(), id);
  }
}
