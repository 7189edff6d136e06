package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Layer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A shift with the names that people know, for a file that leaves Bothy.
///
/// @param person the name of who is on duty; null when nobody is
/// @param instead the name of whoever they serve for; null when for nobody
public record NamedShift(
    UUID rotationId,
    String rotation,
    @Nullable String person,
    @Nullable String instead,
    Assignment assignment) {
  /// The role of a rotation that names none.
  static final String USUAL_ROLE = Layer.PRIMARY;

  /// The rotation, and its role unless it is the usual one: `Support desk (Secondary)`.
  String title() {
    return assignment.role().equals(USUAL_ROLE)
        ? rotation
        : rotation + " (" + assignment.role() + ")";
  }
}
