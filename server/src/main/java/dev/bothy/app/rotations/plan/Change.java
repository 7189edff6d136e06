package dev.bothy.app.rotations.plan;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody decided against the turns, for a time. Changes apply in the order in which they
/// were made, each to what those before it left: what was decided last counts.
public sealed interface Change {
  /// Its id.
  UUID id();

  /// When it applies.
  Span span();

  /// Whom it puts on duty or takes off it.
  default List<Participant> people() {
    return switch (this) {
      case Set set -> List.of(set.person());
      case Add add -> List.of(add.person());
      case Remove remove -> List.of(remove.person());
      case Replace replace -> List.of(replace.out(), replace.in());
      case Temporary temporary -> temporary.shifts().stream().map(TemporaryShift::person).toList();
    };
  }

  /// One person alone has the role, whatever the turns say.
  record Set(UUID id, Span span, String role, Participant person) implements Change {}

  /// One person stands in wherever another would be on duty.
  ///
  /// @param role null for every role
  /// @param why how that came to be, such as [Why#SWAP]
  record Replace(
      UUID id, Span span, @Nullable String role, Participant out, Participant in, Why why)
      implements Change {}

  /// A person is not on duty, and nobody in their place.
  ///
  /// @param role null for every role
  record Remove(UUID id, Span span, @Nullable String role, Participant person) implements Change {}

  /// A person has the role beside whoever has it.
  record Add(UUID id, Span span, String role, Participant person) implements Change {}

  /// Nothing but these shifts, of every role.
  ///
  /// @param shifts in any order; what of them is outside of the span is nothing
  record Temporary(UUID id, Span span, List<TemporaryShift> shifts) implements Change {
    public Temporary {
      shifts = List.copyOf(shifts);
    }
  }

  /// A shift of a temporary schedule.
  record TemporaryShift(Span span, String role, Participant person) {}
}
