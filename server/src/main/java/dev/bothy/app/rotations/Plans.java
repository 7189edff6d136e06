package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Timeline;
import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.HolidayCalendars;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Brings together what decides who is on duty: the layers, the changes, the absences and the
/// holidays. Called within a transaction of the workspace.
@Component
class Plans {
  /// How far ahead absences count: nobody plans further.
  private static final Duration AHEAD = Duration.ofDays(2 * 366);

  private final RotationPeople people;
  private final ChangeTable changes;
  private final Absences absences;
  private final AbsenceAnswers answers;
  private final HolidayCalendars holidays;

  Plans(
      RotationPeople people,
      ChangeTable changes,
      Absences absences,
      AbsenceAnswers answers,
      HolidayCalendars holidays) {
    this.people = people;
    this.changes = changes;
    this.absences = absences;
    this.answers = answers;
    this.holidays = holidays;
  }

  /// The plan from where the rotation stands.
  Plan of(RotationEntity rotation) {
    return of(rotation, rotation.cursors());
  }

  /// The plan from elsewhere.
  Plan of(RotationEntity rotation, Map<UUID, Cursor> cursors) {
    return new Plan(
        layers(rotation),
        cursors,
        changes.of(rotation.id(), since(cursors)).stream().map(PlanChange::change).toList(),
        away(rotation, since(cursors)),
        people.gone(rotation.connection(), rotation.people()));
  }

  /// From where the turns that run have begun: what they were depends on what was then.
  private static Instant since(Map<UUID, Cursor> cursors) {
    return cursors.values().stream().map(Cursor::since).min(Instant::compareTo).orElseThrow();
  }

  private Map<Participant, List<Span>> away(RotationEntity rotation, Instant since) {
    Map<Participant, List<Span>> away = new HashMap<>();
    List<String> accounts = rotation.people().stream().map(Participant::account).toList();
    List<Absence> known = absences.of(rotation.connection(), accounts, since, since.plus(AHEAD));
    Set<UUID> kept = known.isEmpty() ? Set.of() : kept(rotation);
    for (Absence absence : known) {
      if (!kept.contains(absence.id())) {
        away.computeIfAbsent(new Participant(absence.account()), _ -> new ArrayList<>())
            .add(new Span(absence.from(), absence.to()));
      }
    }
    return away;
  }

  /// Where nobody is asked, what they answered before counts no more.
  private Set<UUID> kept(RotationEntity rotation) {
    boolean asks =
        rotation.layers().stream().anyMatch(layer -> layer.absences() == AbsenceMode.ASK);
    return asks ? answers.kept(rotation.id()) : Set.of();
  }

  /// The cursors as they are, their turns begun at another time.
  Map<UUID, Cursor> since(RotationEntity rotation, Instant at) {
    Map<UUID, Cursor> cursors = new HashMap<>();
    rotation
        .cursors()
        .forEach((layer, last) ->
            cursors.put(
                layer, new Cursor(at, last.person(), last.place(), last.owed(), last.served())));
    return cursors;
  }

  /// Where the layers stand when those that were not there before begin.
  ///
  /// @param before the layers that were there
  Map<UUID, Cursor> begunOthers(RotationEntity rotation, Set<UUID> before) {
    Map<UUID, Cursor> cursors = new HashMap<>(rotation.cursors());
    Timeline.begin(of(rotation))
        .forEach((layer, cursor) -> {
          if (!before.contains(layer)) {
            cursors.put(layer, cursor);
          }
        });
    return cursors;
  }

  /// The layers with the days of their holiday calendars; one that is in the bin, or gone for good,
  /// frees no day.
  private List<Layer> layers(RotationEntity rotation) {
    Map<UUID, UUID> calendars = rotation.holidays();
    return rotation.layers().stream()
        .map(layer ->
            Optional.ofNullable(calendars.get(layer.id()))
                .flatMap(holidays::find)
                .map(calendar -> layer.withHolidays(calendar.days().keySet()))
                .orElse(layer))
        .toList();
  }
}
