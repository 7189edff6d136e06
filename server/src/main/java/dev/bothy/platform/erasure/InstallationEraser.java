package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.People;
import dev.bothy.platform.privacy.DataSubject;
import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.Selection;
import dev.bothy.platform.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// Erases what the installation knows of a person, in one transaction, unless a workspace needs it.
@Component
class InstallationEraser {
  static final String ELSEWHERE =
      "The person has a place in another workspace, or had one that can still be given back: their"
          + " sign-on, name and sessions stay with the installation for it.";

  private final Held held;
  private final RowEraser eraser;
  private final People people;
  private final Workspaces workspaces;

  InstallationEraser(Held held, RowEraser eraser, People people, Workspaces workspaces) {
    this.held = held;
    this.eraser = eraser;
    this.people = people;
    this.workspaces = workspaces;
  }

  /// What became of it.
  ///
  /// @param rows how many went or were changed, by table
  /// @param notes for the receipt
  record Outcome(Map<String, Long> rows, List<String> notes) {}

  /// Called outside of any transaction. Twice is as good as once. A place in this workspace does
  /// not count: whoever signed in once more since theirs ended got it by that, and loses it again.
  Outcome erase(PersonId person, WorkspaceId workspace) {
    return workspaces.forInstallation(() ->
        people.placesOf(person).stream().allMatch(workspace::equals)
            ? eraseNow(person)
            : new Outcome(Map.of(), List.of(ELSEWHERE)));
  }

  /// The same for somebody who still has a place in this workspace, if it is the only one.
  Outcome eraseBut(PersonId person, WorkspaceId workspace) {
    return workspaces.forInstallation(() ->
        people.placesOf(person).stream().allMatch(workspace::equals)
            ? eraseNow(person)
            : new Outcome(Map.of(), List.of()));
  }

  private Outcome eraseNow(PersonId person) {
    DataSubject subject = new DataSubject(person, List.of());
    Map<String, Long> gone = new TreeMap<>();
    List<String> notes = new ArrayList<>();
    for (HeldTable table : held.tables().filter(HeldTable::installation).toList()) {
      Optional<Selection> rows = table.rowsOf(subject);
      if (rows.isEmpty()) {
        continue;
      }
      switch (table.onErasure()) {
        case OnErasure.AtOnce(var change) ->
            add(gone, table, eraser.all(table.table(), change, rows.get()));
        case OnErasure.InSteps(var change) ->
            add(gone, table, eraser.all(table.table(), change, rows.get()));
        case OnErasure.ByItself(String how) -> {
          if (eraser.count(table.table(), rows.get()) > 0) {
            notes.add("In %s: %s.".formatted(table.table(), how));
          }
        }
        case OnErasure.Kept _, OnErasure.Nothing _ -> {}
      }
    }
    return new Outcome(gone, notes);
  }

  private static void add(Map<String, Long> gone, HeldTable table, long rows) {
    if (rows > 0) {
      gone.put(table.table(), rows);
    }
  }
}
