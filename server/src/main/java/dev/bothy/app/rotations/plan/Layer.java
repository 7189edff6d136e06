package dev.bothy.app.rotations.plan;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/// Who takes turns for a role, and when.
///
/// @param role 1 to 40 characters, the same for layers that stand in for each other
public record Layer(
    UUID id,
    String role,
    HandoffTimes times,
    Activity activity,
    Order order,
    AbsenceMode absences,
    Roster roster) {
  /// The role of a layer that names none.
  public static final String PRIMARY = "Primary";

  /// The same with these days free.
  public Layer withHolidays(Set<LocalDate> days) {
    return new Layer(id, role, times, activity.withHolidays(days), order, absences, roster);
  }
}
