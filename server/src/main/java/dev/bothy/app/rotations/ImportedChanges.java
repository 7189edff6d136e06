package dev.bothy.app.rotations;

import dev.bothy.app.rotations.exchange.ImportedPerson;
import dev.bothy.app.rotations.exchange.ImportedSchedule;
import dev.bothy.app.rotations.exchange.ImportedShift;
import dev.bothy.app.rotations.exchange.ShiftPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The single shifts of a file as changes of the plan: on top of turns each is one of its own;
/// where there are no turns, temporary schedules hold them all.
final class ImportedChanges {
  private ImportedChanges() {}

  /// @param schedule whose single shifts are all of somebody with an account
  /// @return the first of those that overlap counts
  static List<ChangeInput> of(
      ImportedSchedule schedule, Map<ImportedPerson, String> accounts, Instant now) {
    List<ChangeInput> changes = new ArrayList<>();
    if (schedule.layers().isEmpty()) {
      for (ShiftPlan.Window window : ShiftPlan.windows(schedule, now)) {
        changes.add(
            new ChangeInput.Temporary(
                window.from(),
                window.until(),
                window.shifts().stream().map(shift -> piece(shift, accounts)).toList()));
      }
      return changes;
    }
    for (ImportedShift shift : schedule.overrides()) {
      String account = account(shift, accounts);
      changes.add(
          shift.beside()
              ? new ChangeInput.Add(shift.start(), shift.end(), shift.role(), account)
              : new ChangeInput.Set(shift.start(), shift.end(), shift.role(), account));
    }
    return changes;
  }

  private static ChangeInput.Piece piece(
      ImportedShift shift, Map<ImportedPerson, String> accounts) {
    return new ChangeInput.Piece(
        shift.start(), shift.end(), shift.role(), account(shift, accounts));
  }

  private static String account(ImportedShift shift, Map<ImportedPerson, String> accounts) {
    return Objects.requireNonNull(accounts.get(shift.person()), "a shift of somebody unknown");
  }
}
