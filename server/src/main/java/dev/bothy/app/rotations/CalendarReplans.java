package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.AbsenceWatcher;
import dev.bothy.platform.calendar.HolidayWatcher;
import dev.bothy.platform.kernel.ConnectionId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Plans rotations anew when the absences of their people or their holidays change. What was,
/// stays: only the present and what is to come are planned anew.
@Component
class CalendarReplans implements AbsenceWatcher, HolidayWatcher {
  private final RotationTable rotations;
  private final Duty duty;
  private final Clock clock;

  CalendarReplans(RotationTable rotations, Duty duty, Clock clock) {
    this.rotations = rotations;
    this.duty = duty;
    this.clock = clock;
  }

  @Override
  public Runnable absencesChanging(ConnectionId connection, Set<String> accounts) {
    return replanning(
        rotations.livingOf(connection.value()).stream()
            .filter(rotation ->
                rotation.people().stream().map(Participant::account).anyMatch(accounts::contains))
            .toList());
  }

  @Override
  public Runnable holidaysChanging(UUID calendar) {
    return replanning(rotations.withHolidays(calendar));
  }

  private Runnable replanning(List<RotationEntity> concerned) {
    Instant now = clock.instant();
    List<Duty.Pending> pending =
        concerned.stream().map(rotation -> duty.changing(rotation, now)).toList();
    return () -> pending.forEach(each -> each.done(new Actor.System()));
  }
}
