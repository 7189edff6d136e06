package dev.bothy.app.rotations.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// All that decides who is on duty from now on.
///
/// @param layers by position: for a role the first that has somebody counts
/// @param cursors where each layer stands, by its id
/// @param changes in the order in which they were made
/// @param away when each person is absent, in any order and overlapping or not; nothing to a layer
///   that ignores absences
/// @param gone whose account at the network is not active any more: they are passed over
public record Plan(
    List<Layer> layers,
    Map<UUID, Cursor> cursors,
    List<Change> changes,
    Map<Participant, List<Span>> away,
    Set<Participant> gone) {
  public Plan {
    layers = List.copyOf(layers);
    cursors = Map.copyOf(cursors);
    changes = List.copyOf(changes);
    Map<Participant, List<Span>> merged = new HashMap<>();
    away.forEach((person, spans) -> merged.put(person, Span.merged(spans)));
    away = Map.copyOf(merged);
    gone = Set.copyOf(gone);
  }

  /// The same plan from elsewhere.
  public Plan from(Map<UUID, Cursor> others) {
    return new Plan(layers, others, changes, away, gone);
  }

  Cursor cursor(Layer layer) {
    Cursor cursor = cursors.get(layer.id());
    if (cursor == null) {
      throw new IllegalArgumentException("Layer " + layer.id() + " has no cursor");
    }
    return cursor;
  }
}
