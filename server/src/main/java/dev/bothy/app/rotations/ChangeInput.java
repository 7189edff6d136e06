package dev.bothy.app.rotations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of the plan that somebody asks for. Accounts are those of the rotation's connection.
/// Times are cut to the minute; what lies before now is left out.
///
/// @param role of a `set` or an `add` the rotation's first role if null; of others every role
public sealed interface ChangeInput {
  /// When it begins, included.
  Instant from();

  /// When it ends, excluded.
  Instant until();

  @Nullable String role();

  /// One person alone has the role.
  record Set(Instant from, Instant until, @Nullable String role, String account)
      implements ChangeInput {}

  /// One person stands in wherever another would be on duty.
  ///
  /// @param out who is relieved
  /// @param in who serves
  record Replace(Instant from, Instant until, @Nullable String role, String out, String in)
      implements ChangeInput {}

  /// A person is not on duty.
  record Remove(Instant from, Instant until, @Nullable String role, String account)
      implements ChangeInput {}

  /// A person has the role beside whoever has it.
  record Add(Instant from, Instant until, @Nullable String role, String account)
      implements ChangeInput {}

  /// A temporary schedule: nothing but these shifts, of every role.
  record Temporary(Instant from, Instant until, List<Piece> shifts) implements ChangeInput {
    public Temporary {
      shifts = List.copyOf(shifts);
    }

    @Override
    public @Nullable String role() {
      return null;
    }
  }

  /// A shift of a temporary schedule.
  ///
  /// @param role the rotation's first role if null
  record Piece(Instant from, Instant until, @Nullable String role, String account) {}
}
