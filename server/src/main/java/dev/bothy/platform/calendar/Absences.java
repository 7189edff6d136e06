package dev.bothy.platform.calendar;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/// When the people of a workspace are away. Called within a transaction of the workspace; every
/// change is told to each [AbsenceWatcher] within it. An [AbsenceOutcome] other than
/// [AbsenceOutcome.Done] means that nothing was written.
///
/// Who may enter an absence for whom is the caller's to ask: [AbsenceRights].
@Service
public class Absences {
  private final AbsenceTable table;
  private final AbsenceRules rules;
  private final AbsenceLog log;
  private final ObjectProvider<AbsenceWatcher> watchers;
  private final Clock clock;

  Absences(
      AbsenceTable table,
      AbsenceRules rules,
      AbsenceLog log,
      ObjectProvider<AbsenceWatcher> watchers,
      Clock clock) {
    this.table = table;
    this.rules = rules;
    this.log = log;
    this.watchers = watchers;
    this.clock = clock;
  }

  /// The absences of these accounts that overlap with a time, by their beginning.
  ///
  /// @param from included
  /// @param to excluded
  public List<Absence> of(
      ConnectionId connection, Collection<String> accounts, Instant from, Instant to) {
    return accounts.isEmpty() ? List.of() : table.of(connection, accounts, from, to);
  }

  /// A page of absences, by their beginning.
  ///
  /// @param limit how many to return at most
  public List<Absence> page(AbsenceQuery query, int limit) {
    return table.page(query, limit);
  }

  public Optional<Absence> find(UUID id) {
    return table.find(id);
  }

  /// Enters an absence.
  public AbsenceOutcome add(Actor actor, NewAbsence wanted) {
    table.lock(wanted.connection(), wanted.account());
    Absence absence;
    switch (rules.check(wanted.connection(), wanted.account(), wanted.times(), Optional.empty())) {
      case AbsenceRules.Checked.Wrong(List<Problem> problems) -> {
        return new AbsenceOutcome.Refused(problems);
      }
      case AbsenceRules.Checked.Good(Instant from, Instant to, boolean allDay) ->
          absence =
              new Absence(
                  Ids.next(clock),
                  wanted.connection(),
                  wanted.account(),
                  from,
                  to,
                  allDay,
                  wanted.source(),
                  null);
    }
    changing(absence, () -> table.insert(absence, null, null, clock.instant()));
    log.added(actor, absence);
    return new AbsenceOutcome.Done(absence);
  }

  /// Gives an absence other times. One that a feed or an HR system told is refused.
  public AbsenceOutcome change(Actor actor, UUID id, AbsenceTimes times) {
    Optional<Absence> found = locked(id);
    if (found.isEmpty()) {
      return new AbsenceOutcome.NotFound();
    }
    Absence before = found.get();
    if (!before.source().byHand()) {
      return refusedOf(before);
    }
    Absence after;
    switch (rules.check(before.connection(), before.account(), times, Optional.of(id))) {
      case AbsenceRules.Checked.Wrong(List<Problem> problems) -> {
        return new AbsenceOutcome.Refused(problems);
      }
      case AbsenceRules.Checked.Good(Instant from, Instant to, boolean allDay) ->
          after =
              new Absence(
                  id,
                  before.connection(),
                  before.account(),
                  from,
                  to,
                  allDay,
                  before.source(),
                  null);
    }
    changing(after, () -> table.update(after));
    log.changed(actor, after);
    return new AbsenceOutcome.Done(after);
  }

  /// Takes an absence away. One that a feed or an HR system told is refused.
  public AbsenceOutcome remove(Actor actor, UUID id) {
    Optional<Absence> found = locked(id);
    if (found.isEmpty()) {
      return new AbsenceOutcome.NotFound();
    }
    Absence absence = found.get();
    if (!absence.source().byHand()) {
      return refusedOf(absence);
    }
    changing(absence, () -> table.delete(id));
    log.removed(actor, absence);
    return new AbsenceOutcome.Done(absence);
  }

  /// Takes over what an origin tells: what is new is added, what differs is changed, what it told
  /// before and tells no more stays until [#forget]. The origin writes its own line in the audit
  /// log.
  ///
  /// @param told no id of the origin twice
  /// @return how many are new or changed
  public int tell(AbsenceOrigin origin, Collection<Told> told) {
    Map<String, Absence> known =
        table.told(origin, told.stream().map(Told::externalId).distinct().toList());
    Map<ConnectionId, Set<String>> changed = new HashMap<>();
    List<Runnable> changes = new ArrayList<>();
    for (Told each : told) {
      Absence before = known.get(each.externalId());
      Absence after =
          new Absence(
              before == null ? Ids.next(clock) : before.id(),
              each.connection(),
              each.account(),
              // As the database keeps it, or it would differ each time.
              each.from().truncatedTo(ChronoUnit.MICROS),
              each.to().truncatedTo(ChronoUnit.MICROS),
              each.allDay(),
              origin.source(),
              each.leaveType());
      if (after.equals(before)) {
        continue;
      }
      if (before == null) {
        changes.add(() -> table.insert(after, origin.feed(), each.externalId(), clock.instant()));
      } else {
        changes.add(() -> table.update(after));
        note(changed, before);
      }
      note(changed, after);
    }
    changing(changed, () -> changes.forEach(Runnable::run));
    return changes.size();
  }

  /// Takes away what an origin told under these ids; ids that it never told do nothing. The origin
  /// writes its own line in the audit log.
  ///
  /// @return how many were there
  public int forget(AbsenceOrigin origin, Collection<String> externalIds) {
    return forget(
        table.told(origin, externalIds).values(), () -> table.forget(origin, externalIds));
  }

  /// Takes away all that an origin told, because it is asked no more.
  ///
  /// @return how many were there
  public int forgetAll(AbsenceOrigin origin) {
    return forget(table.told(origin).values(), () -> table.forget(origin));
  }

  /// The origin's own ids of what it told that overlaps with a time.
  ///
  /// @param from included
  /// @param to excluded
  public Set<String> known(AbsenceOrigin origin, Instant from, Instant to) {
    return Set.copyOf(table.known(origin, from, to));
  }

  /// What is known of the accounts of a connection that is gone; nobody is told, since whoever
  /// would ask hears of the connection itself.
  void forget(ConnectionId connection) {
    table.delete(connection);
  }

  private Optional<Absence> locked(UUID id) {
    Optional<Absence> found = table.find(id);
    found.ifPresent(absence -> table.lock(absence.connection(), absence.account()));
    return found.flatMap(_ -> table.find(id));
  }

  private int forget(Collection<Absence> absences, Runnable change) {
    Map<ConnectionId, Set<String>> changed = new HashMap<>();
    absences.forEach(absence -> note(changed, absence));
    changing(changed, change);
    return absences.size();
  }

  private static void note(Map<ConnectionId, Set<String>> changed, Absence absence) {
    changed.computeIfAbsent(absence.connection(), _ -> new HashSet<>()).add(absence.account());
  }

  private void changing(Absence absence, Runnable change) {
    changing(Map.of(absence.connection(), Set.of(absence.account())), change);
  }

  /// Makes a change between the two words that each watcher has of it.
  private void changing(Map<ConnectionId, Set<String>> whose, Runnable change) {
    List<Runnable> afterwards = new ArrayList<>();
    watchers
        .orderedStream()
        .forEach(watcher ->
            whose.forEach((connection, accounts) ->
                afterwards.add(watcher.absencesChanging(connection, accounts))));
    change.run();
    afterwards.forEach(Runnable::run);
  }

  private static AbsenceOutcome refusedOf(Absence absence) {
    return new AbsenceOutcome.Refused(
        List.of(
            Problem.ofUser(
                "calendar.told-by-source",
                "This absence comes from "
                    + absence.source().words()
                    + " and is changed there, not here: what is changed there is taken over by"
                    + " itself.")));
  }
}
