package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.HandoffTimes;
import java.time.Instant;
import java.util.List;
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

  ImportedLayer withRole(String other) {
    return new ImportedLayer(name, other, times, activity, people, from, until);
  }
}
