package dev.bothy.platform.calendar;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.work.ScheduleHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Fills calendars with the public holidays of the years to come, so that nobody has to think of it
/// each December. Looked at once a month.
@Component
class HolidayYears implements ScheduleHandler {
  /// Its subject is the calendar.
  static final String KIND = "calendar.holiday-years";

  private static final Duration EVERY = Duration.ofDays(30);

  private final HolidayFilling filling;

  HolidayYears(HolidayFilling filling) {
    this.filling = filling;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public Optional<Instant> run(Due due) {
    return filling.fill(new Actor.System(), due.subject(), due.now())
        ? Optional.of(due.now().plus(EVERY))
        : Optional.empty();
  }
}
