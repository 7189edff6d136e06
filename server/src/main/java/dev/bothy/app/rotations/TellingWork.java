package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Timeline;
import dev.bothy.platform.work.ScheduleHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Looks at a rotation's next two weeks whenever its plan was looked at or changed, when somebody
/// is to be reminded, and at least once a day; tells what is to be told of them.
@Component
class TellingWork implements ScheduleHandler {
  /// The kind of scheduled work; its subject is the rotation.
  static final String KIND = "rotations.telling";

  private static final Duration AHEAD = Duration.ofDays(14);
  private static final Duration AT_LEAST = Duration.ofDays(1);

  private final RotationTable rotations;
  private final TellingTable tellings;
  private final ToldTable told;
  private final Plans plans;
  private final RotationPeople people;
  private final Reminders reminders;
  private final HandoffReminders handoffs;
  private final AbsenceQuestions questions;
  private final Gaps gaps;
  private final ChannelFacts facts;

  TellingWork(
      RotationTable rotations,
      TellingTable tellings,
      ToldTable told,
      Plans plans,
      RotationPeople people,
      Reminders reminders,
      HandoffReminders handoffs,
      AbsenceQuestions questions,
      Gaps gaps,
      ChannelFacts facts) {
    this.rotations = rotations;
    this.tellings = tellings;
    this.told = told;
    this.plans = plans;
    this.people = people;
    this.reminders = reminders;
    this.handoffs = handoffs;
    this.questions = questions;
    this.gaps = gaps;
    this.facts = facts;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public Optional<Instant> run(Due due) {
    return rotations
        .byId(due.subject())
        .filter(rotation -> rotation.active() && people.reachable(rotation.connection()))
        .map(rotation -> tell(rotation, due.now()));
  }

  private Instant tell(RotationEntity rotation, Instant now) {
    Telling telling = tellings.of(rotation.id());
    Plan plan = plans.of(rotation);
    Instant until = now.plus(AHEAD);
    List<Assignment> ahead = Timeline.of(plan, rotation.settledAt(), until);
    told.forget(rotation.id(), now);
    facts.show(rotation, telling);
    gaps.tell(rotation, ahead, now);
    questions.ask(rotation, plan, now, until);
    return Stream.of(
            reminders.remind(rotation, telling, ahead, now),
            handoffs.remind(rotation, telling.handoff(), ahead, now))
        .flatMap(Optional::stream)
        .reduce(now.plus(AT_LEAST), (one, other) -> one.isBefore(other) ? one : other);
  }
}
