package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who has a role of a rotation now, and who is next.
///
/// Several people have it where somebody was added beside whoever has the turn, or a temporary
/// schedule says so.
///
/// @param held the current shifts: whoever has the turn first, then whoever was added; empty
///   outside of its hours, and while the rotation is paused or deleted
/// @param meant whether somebody should have it now: false outside of its hours
/// @param until when the first of them ends, or outside of its hours when they begin; null while
///   the rotation is paused or deleted, or when nothing is foreseen within a year
/// @param next who takes over from the first of them: several where several begin at once; empty
///   when nobody can, or nothing is foreseen
public record RoleDuty(
    String role, List<Held> held, boolean meant, @Nullable Instant until, List<Participant> next) {
  public RoleDuty {
    held = List.copyOf(held);
    next = List.copyOf(next);
  }

  /// A current shift.
  ///
  /// @param person null when nobody has it although somebody should; it is the only one then
  public record Held(UUID shift, @Nullable Participant person, Instant until) {}

  /// Everybody who has it, each once; empty when nobody has.
  public List<Participant> people() {
    return held.stream().<Participant>mapMulti(RoleDuty::person).distinct().toList();
  }

  /// The first of them; null when nobody has it.
  public @Nullable Participant person() {
    return people().stream().findFirst().orElse(null);
  }

  /// The shift of the first of them, or in which nobody has it; null when there is none.
  public @Nullable UUID shift() {
    return held.isEmpty() ? null : held.getFirst().shift();
  }

  /// The current shift with this id.
  Optional<Held> held(UUID shift) {
    return held.stream().filter(each -> each.shift().equals(shift)).findFirst();
  }

  private static void person(Held held, Consumer<Participant> out) {
    Participant person = held.person();
    if (person != null) {
      out.accept(person);
    }
  }
}
