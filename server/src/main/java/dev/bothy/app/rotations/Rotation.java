package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.kernel.ConnectionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A rotation as it stands.
///
/// @param conversation where its cards are, the network's own id
/// @param people in the order of their turns
/// @param onDuty null while it is paused or deleted, or when nobody is available
/// @param until when the current shift ends; null while it is paused or deleted
/// @param next who takes over then; null while it is paused or deleted, or when nobody is available
/// @param shift the current shift; null while it is paused or deleted
/// @param deletedAt null unless it is deleted
public record Rotation(
    UUID id,
    String name,
    ConnectionId connection,
    String conversation,
    HandoffTimes times,
    List<Participant> people,
    boolean paused,
    @Nullable Participant onDuty,
    @Nullable Instant until,
    @Nullable Participant next,
    @Nullable UUID shift,
    @Nullable Instant deletedAt) {
  public Rotation {
    people = List.copyOf(people);
  }

  /// Whether turns pass at present.
  public boolean active() {
    return !paused && deletedAt == null;
  }

  /// The person on duty, if there is one.
  public Optional<Participant> personOnDuty() {
    return Optional.ofNullable(onDuty);
  }
}
