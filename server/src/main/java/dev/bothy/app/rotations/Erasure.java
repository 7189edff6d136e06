package dev.bothy.app.rotations;

import dev.bothy.platform.work.ScheduleHandler;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Erases a deleted rotation, with its people, shifts and notes, when it can no longer be brought
/// back.
@Component
class Erasure implements ScheduleHandler {
  /// The kind of scheduled work that erases; its subject is the rotation.
  static final String ERASE = "rotations.erase";

  private final RotationTable rotations;
  private final RotationLog log;

  Erasure(RotationTable rotations, RotationLog log) {
    this.rotations = rotations;
    this.log = log;
  }

  @Override
  public String kind() {
    return ERASE;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public Optional<Instant> run(Due due) {
    rotations
        .byId(due.subject())
        .filter(rotation -> rotation.deletedAt().isPresent())
        .ifPresent(rotation -> {
          rotations.delete(rotation);
          log.erased(rotation);
        });
    return Optional.empty();
  }
}
