package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.ConnectionId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is on duty in a rotation now, and who is next.
///
/// @param duties one for each role, in the order of the layers
public record RotationNow(
    UUID id, String name, ConnectionId connection, boolean paused, List<Duty> duties) {
  public RotationNow {
    duties = List.copyOf(duties);
  }

  /// A role.
  ///
  /// @param current null when nobody is meant to have it now, or the rotation is paused
  /// @param next the shift after that; null when nothing is foreseen within a year
  public record Duty(String role, @Nullable Shift current, @Nullable Shift next) {}
}
