package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Roster;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who takes turns for a role. Of the layers of one role the first that has somebody counts.
///
/// @param name as the file has it; may be empty
/// @param role `Primary` for the first, or the only, one
/// @param times the first hand-off is that of the turn that runs when the file is read, or of the
///   first one after it with any active time: it begins the turn of the first of the people
/// @param activity without holidays, which no file has
/// @param people in the order of their turns, each once; [ImportedPerson#NOBODY] may come again
/// @param from when it begins, if after the file was read; else null
/// @param until when it ends; null for never
public record ImportedLayer(
    String name,
    String role,
    HandoffTimes times,
    Activity activity,
    List<ImportedPerson> people,
    @Nullable Instant from,
    @Nullable Instant until) {
  public ImportedLayer {
    people = List.copyOf(people);
  }

  /// The order with the accounts that were found for its people. Who has none is left out, and an
  /// account that two people have is in it once, at the first of them. Who joins and leaves with
  /// the layer has the days of `from` and `until` as bounds: turns are whole, so that one that runs
  /// when the layer ends is finished.
  public Roster roster(Map<ImportedPerson, Participant> accounts) {
    LocalDate joinsOn = from == null ? null : from.atZone(times.zone()).toLocalDate();
    LocalDate leavesOn = until == null ? null : until.atZone(times.zone()).toLocalDate();
    List<Roster.Place> places = new ArrayList<>();
    Set<Participant> taken = new HashSet<>();
    for (ImportedPerson person : people) {
      Participant account = person.isNobody() ? null : accounts.get(person);
      if (person.isNobody() || account != null && taken.add(account)) {
        places.add(new Roster.Place(places.size(), account, joinsOn, leavesOn));
      }
    }
    return new Roster(places);
  }

  /// Where the layer stands before its first turn, for `Timeline.begin`.
  public Cursor start() {
    return Cursor.before(Turns.instant(times.from().atTime(times.at()), times.zone()));
  }

  ImportedLayer withRole(String other) {
    return new ImportedLayer(name, other, times, activity, people, from, until);
  }
}
