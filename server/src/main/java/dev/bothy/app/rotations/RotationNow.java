package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.ConnectionId;
import java.util.List;
import java.util.UUID;

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
  /// @param current whoever has the turn first, then whoever was added; one without a person when
  ///   nobody has it although somebody should; empty when nobody is meant to have it now, or the
  ///   rotation is paused
  /// @param next what follows the first of them, several where several begin at once; empty when
  ///   nothing is foreseen within a year
  public record Duty(String role, List<Shift> current, List<Shift> next) {
    public Duty {
      current = List.copyOf(current);
      next = List.copyOf(next);
    }
  }
}
