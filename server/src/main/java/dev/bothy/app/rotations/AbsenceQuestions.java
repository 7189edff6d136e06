package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Timeline;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.OutboundMessage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Asks people whose absence falls into a turn to come whether they keep the turn, where a layer
/// says that they are asked, and tells the workspace's owners. Unanswered, the absence counts.
@Component
class AbsenceQuestions {
  private final RotationTable rotations;
  private final AbsenceAnswers answers;
  private final Absences absences;
  private final Duty duty;
  private final Owners owners;
  private final Chat chat;

  AbsenceQuestions(
      RotationTable rotations,
      AbsenceAnswers answers,
      Absences absences,
      Duty duty,
      Owners owners,
      Chat chat) {
    this.rotations = rotations;
    this.answers = answers;
    this.absences = absences;
    this.duty = duty;
    this.owners = owners;
    this.chat = chat;
  }

  /// Asks each person about each absence once.
  void ask(RotationEntity rotation, Plan plan, Instant now, Instant until) {
    Set<Participant> asked =
        rotation.layers().stream()
            .filter(layer -> layer.absences() == AbsenceMode.ASK)
            .flatMap(layer -> layer.roster().people().stream())
            .collect(Collectors.toSet());
    if (asked.isEmpty()) {
      return;
    }
    List<String> accounts = asked.stream().map(Participant::account).toList();
    for (Absence absence : absences.of(rotation.connection(), accounts, now, until)) {
      if (absence.from().isAfter(now) && answers.asked(rotation.id(), absence.id()).isEmpty()) {
        missed(plan, rotation.settledAt(), absence, until)
            .ifPresent(shift -> ask(rotation, absence, shift));
      }
    }
  }

  /// The first shift that the person would have were it not for the absence.
  private static Optional<Assignment> missed(
      Plan plan, Instant since, Absence absence, Instant until) {
    Participant person = new Participant(absence.account());
    Map<Participant, List<Span>> away = new HashMap<>(plan.away());
    List<Span> others = new ArrayList<>(away.getOrDefault(person, List.of()));
    // What was kept before is not among them any more.
    if (!others.remove(new Span(absence.from(), absence.to()))) {
      return Optional.empty();
    }
    away.put(person, others);
    Plan without = new Plan(plan.layers(), plan.cursors(), plan.changes(), away, plan.gone());
    return Timeline.of(without, since, until).stream()
        .filter(each -> person.equals(each.person()))
        .filter(each -> each.start().isAfter(since) && absence.overlaps(each.start(), each.end()))
        .findFirst();
  }

  private void ask(RotationEntity rotation, Absence absence, Assignment shift) {
    ZoneId zone = rotation.layers().getFirst().times().zone();
    UUID message =
        chat.send(
            rotation.connection(),
            new OutboundMessage.Direct(
                absence.account(),
                TellingCards.askWhetherKept(rotation.id(), rotation.name(), absence, shift, zone)));
    answers.ask(rotation.id(), absence, message);
    owners.accounts(rotation.connection()).stream()
        .filter(owner -> !owner.equals(absence.account()))
        .forEach(owner ->
            chat.send(
                rotation.connection(),
                new OutboundMessage.Direct(
                    owner,
                    TellingCards.asked(rotation.id(), rotation.name(), absence, shift, zone))));
  }

  /// What somebody answered.
  ///
  /// @return false when the question is not theirs, or there is none any more
  boolean answered(UUID rotation, UUID absence, String account, boolean keep, Instant now) {
    Optional<RotationEntity> found =
        rotations.byId(rotation).filter(each -> each.deletedAt().isEmpty());
    Optional<AbsenceAnswers.Asked> question =
        answers.asked(rotation, absence).filter(asked -> asked.account().equals(account));
    if (found.isEmpty() || question.isEmpty()) {
      return false;
    }
    Duty.Pending pending = duty.changing(found.get(), now);
    answers.answer(rotation, absence, keep);
    pending.done(new Actor.Account(found.get().connection(), account));
    chat.send(
        found.get().connection(),
        new OutboundMessage.Update(
            question.get().message(), account, TellingCards.answered(found.get().name(), keep)));
    return true;
  }
}
