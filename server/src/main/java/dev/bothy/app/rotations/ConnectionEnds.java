package dev.bothy.app.rotations;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.chat.ConnectionBack;
import dev.bothy.platform.chat.ConnectionGone;
import dev.bothy.platform.work.Schedule;
import java.time.Clock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// What becomes of rotations whose connection to the chat network has ended: they wait for as long
/// as it is in the bin, go on when it works again, and go with it when it is gone for good.
@Component
class ConnectionEnds {
  private final RotationTable rotations;
  private final Duty duty;
  private final Schedule schedule;
  private final Bin bin;
  private final RotationLog log;
  private final Clock clock;

  ConnectionEnds(
      RotationTable rotations,
      Duty duty,
      Schedule schedule,
      Bin bin,
      RotationLog log,
      Clock clock) {
    this.rotations = rotations;
    this.duty = duty;
    this.schedule = schedule;
    this.bin = bin;
    this.log = log;
    this.clock = clock;
  }

  @EventListener
  void on(ConnectionBack back) {
    for (RotationEntity rotation : rotations.livingOf(back.connection().value())) {
      if (rotation.waiting()) {
        rotation.resume();
        duty.begin(rotation, clock.instant());
        log.resumed(new Actor.System(), rotation);
      }
    }
  }

  @EventListener
  void on(ConnectionGone gone) {
    for (RotationEntity rotation : rotations.allOf(gone.connection().value())) {
      schedule.clear(Duty.HANDOFF, rotation.id());
      bin.takeOut(RotationBin.KIND, rotation.id().toString());
      rotations.delete(rotation);
      log.erased(new Actor.System(), rotation);
    }
  }
}
