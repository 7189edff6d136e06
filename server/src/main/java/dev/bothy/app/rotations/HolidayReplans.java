package dev.bothy.app.rotations;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.HolidayWatcher;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Plans the rotations anew whose holiday calendar has changed. It is told after the change, so
/// hand-offs that were due and not yet made go by the new days already; a shift that people were
/// told of stays what it was.
@Component
class HolidayReplans implements HolidayWatcher {
  private final RotationTable rotations;
  private final Duty duty;
  private final Clock clock;

  HolidayReplans(RotationTable rotations, Duty duty, Clock clock) {
    this.rotations = rotations;
    this.duty = duty;
    this.clock = clock;
  }

  @Override
  public void holidaysChanged(UUID calendar) {
    Instant now = clock.instant();
    for (RotationEntity rotation : rotations.withHolidays(calendar)) {
      duty.changing(rotation, now).done(new Actor.System());
    }
  }
}
