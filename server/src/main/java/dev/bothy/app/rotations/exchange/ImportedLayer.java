package dev.bothy.app.rotations.exchange;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who takes turns for a role. Of the layers of one role the first that has somebody counts.
///
/// A turn without any active time takes nobody's turn. The first of the people is the one of the
/// first turn that has some.
///
/// @param name as the file has it
/// @param role `Primary` for the first, or the only, one
/// @param activeDays all seven if every day is; such a day begins at the hand-off time and lasts
///   until that of the next
/// @param hours none if every hour is
/// @param people in the order of their turns, at least one; the same one may come again
/// @param from when it begins, if after the file was read; else null
/// @param until when it ends; null for never
public record ImportedLayer(
    String name,
    String role,
    ZoneId zone,
    ImportedCadence cadence,
    Set<DayOfWeek> activeDays,
    List<HourBlock> hours,
    List<ImportedPerson> people,
    @Nullable Instant from,
    @Nullable Instant until) {
  public ImportedLayer {
    activeDays = Collections.unmodifiableSet(EnumSet.copyOf(activeDays));
    hours = List.copyOf(hours);
    people = List.copyOf(people);
  }

  ImportedLayer withRole(String other) {
    return new ImportedLayer(name, other, zone, cadence, activeDays, hours, people, from, until);
  }
}
