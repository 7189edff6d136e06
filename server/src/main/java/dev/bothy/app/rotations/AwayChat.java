package dev.bothy.app.rotations;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.AbsenceOutcome;
import dev.bothy.platform.calendar.AbsenceSource;
import dev.bothy.platform.calendar.AbsenceTimes;
import dev.bothy.platform.calendar.AbsenceWords;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.NewAbsence;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Content.Action;
import dev.bothy.platform.chat.Content.Button;
import dev.bothy.platform.chat.Content.Button.Style;
import dev.bothy.platform.chat.InboundEvent.FormSubmitted;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.chatlinks.ChatActors;
import dev.bothy.platform.kernel.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// People's own absences in chat, in their own time zone. Those of others are entered in the
/// console.
@Component
class AwayChat implements ChatPart {
  static final String REMOVE = "rotations.absence-remove";

  private static final Duration AHEAD = Duration.ofDays(2 * 366);
  private static final int MOST_LISTED = 20;

  private final Absences absences;
  private final RotationPeople people;
  private final ChatActors actors;
  private final Answers answers;
  private final Clock clock;

  AwayChat(
      Absences absences, RotationPeople people, ChatActors actors, Answers answers, Clock clock) {
    this.absences = absences;
    this.people = people;
    this.actors = actors;
    this.answers = answers;
    this.clock = clock;
  }

  @Override
  public boolean typed(Asker asker, ShiftLine line) {
    switch (line) {
      case ShiftLine.Away(List<String> times) when times.isEmpty() ->
          answers.open(
              asker,
              ShiftForms.away(zone(asker).getId()),
              "To say when you are away: /rotation away 2026-12-24 to 2026-12-26");
      case ShiftLine.Away(List<String> times) -> {
        List<Problem> problems = new ArrayList<>();
        Optional<Absence> added = add(asker, times, problems);
        added.ifPresentOrElse(
            absence -> answers.tell(asker, away(asker, absence)),
            () -> answers.tell(asker, problems));
      }
      case ShiftLine.Back() -> answers.tell(asker, list(asker));
      case ShiftLine.Override _,
          ShiftLine.Take _,
          ShiftLine.Move _,
          ShiftLine.Ask _,
          ShiftLine.Note _,
          ShiftLine.Notes _,
          ShiftLine.NotUnderstood _ -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean pressed(Asker asker, String action, String value) {
    if (!action.equals(REMOVE)) {
      return false;
    }
    Optional<Absence> own =
        Answers.uuid(value)
            .flatMap(absences::find)
            .filter(absence ->
                absence.connection().equals(asker.connection().id())
                    && absence.account().equals(asker.account()));
    AbsenceOutcome outcome =
        own.map(absence -> absences.remove(actor(asker), absence.id()))
            .orElseGet(AbsenceOutcome.NotFound::new);
    switch (outcome) {
      case AbsenceOutcome.Done(Absence removed) ->
          answers.tell(
              asker, Content.of("Removed: you are not away " + words(asker, removed) + "."));
      case AbsenceOutcome.Refused(List<Problem> problems) -> answers.tell(asker, problems);
      case AbsenceOutcome.NotFound() ->
          answers.tell(asker, Content.of("That absence is not there any more."));
    }
    return true;
  }

  @Override
  public Optional<Answer> submitted(Asker asker, FormSubmitted form) {
    if (!form.form().equals(ShiftForms.AWAY)) {
      return Optional.empty();
    }
    List<Problem> problems = new ArrayList<>();
    Optional<Absence> added = add(asker, ShiftForms.times(form), problems);
    if (added.isEmpty()) {
      return Optional.of(Answers.again(problems, List.of(ShiftForms.FROM, ShiftForms.UNTIL)));
    }
    answers.tell(asker, away(asker, added.get()));
    return Optional.of(new Answer.Done());
  }

  private Optional<Absence> add(Asker asker, List<String> words, List<Problem> problems) {
    ZoneId zone = zone(asker);
    Optional<Moments.Times> times =
        new Moments(zone, LocalTime.MIDNIGHT, clock.instant()).read(words, problems);
    if (times.isEmpty()) {
      return Optional.empty();
    }
    Moments.Times read = times.get();
    AbsenceTimes meant =
        read.wholeDays()
            ? AbsenceTimes.ofDays(
                read.from().toLocalDate(), read.until().toLocalDate().minusDays(1), zone)
            : AbsenceTimes.ofHours(read.from(), read.until(), zone);
    return switch (absences.add(
        actor(asker),
        new NewAbsence(asker.connection().id(), asker.account(), meant, AbsenceSource.CHAT))) {
      case AbsenceOutcome.Done(Absence absence) -> Optional.of(absence);
      case AbsenceOutcome.Refused(List<Problem> wrong) -> {
        problems.addAll(wrong);
        yield Optional.empty();
      }
      case AbsenceOutcome.NotFound() -> {
        problems.add(Problem.ofUser("rotations.account", "You are nobody here any more."));
        yield Optional.empty();
      }
    };
  }

  private Content away(Asker asker, Absence absence) {
    return Content.of("You are away " + words(asker, absence) + ".")
        .withActions(remove(absence, "Remove"));
  }

  private Content list(Asker asker) {
    Instant now = clock.instant();
    List<Absence> own =
        absences.of(asker.connection().id(), List.of(asker.account()), now, now.plus(AHEAD));
    if (own.isEmpty()) {
      return Content.of("You have no absence to come.");
    }
    RichText text = RichText.of("Your absences:");
    List<Action> buttons = new ArrayList<>();
    for (Absence absence : own.stream().limit(MOST_LISTED).toList()) {
      String words = words(asker, absence);
      text =
          text.plain(
              "\n• "
                  + words
                  + (absence.source().byHand() ? "" : ", from " + absence.source().words()));
      if (absence.source().byHand()) {
        buttons.add(remove(absence, "Remove " + words));
      }
    }
    int more = own.size() - MOST_LISTED;
    return new Content(
        more > 0 ? text.plain("\n• and " + more + " more") : text, List.of(), buttons);
  }

  private static Button remove(Absence absence, String label) {
    return new Button(
        REMOVE,
        label.length() > 75 ? label.substring(0, 75) : label,
        absence.id().toString(),
        Style.NORMAL);
  }

  private String words(Asker asker, Absence absence) {
    return AbsenceWords.of(absence.from(), absence.to(), absence.allDay(), zone(asker));
  }

  private ZoneId zone(Asker asker) {
    return people.zone(asker.connection().id(), asker.account());
  }

  private Actor actor(Asker asker) {
    return actors.actor(asker.connection().id(), asker.account());
  }
}
