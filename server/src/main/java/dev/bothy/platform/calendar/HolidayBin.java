package dev.bothy.platform.calendar;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.bin.BinKind;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.keys.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// How holiday calendars go into the bin and out of it; at its end one goes with its days.
@Component
class HolidayBin implements BinKind {
  static final String KIND = "calendar.holidays";
  static final String APP = "calendar";

  private final HolidayCalendars calendars;

  HolidayBin(HolidayCalendars calendars) {
    this.calendars = calendars;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String noun() {
    return "Holiday calendar";
  }

  @Override
  public Optional<String> name(String subject) {
    return calendars.any(UUID.fromString(subject)).map(HolidayCalendar::name);
  }

  @Override
  public String keyOwner(String subject) {
    return Purpose.PLATFORM;
  }

  @Override
  public String loss() {
    return "Its days. Rotations that are free on them are free on them no more.";
  }

  @Override
  public Moved putAway(String subject, Actor actor) {
    return moved(calendars.delete(actor, UUID.fromString(subject)));
  }

  @Override
  public Moved bringBack(String subject, Actor actor) {
    return moved(calendars.restore(actor, UUID.fromString(subject)));
  }

  @Override
  public End end(BinItem item, Actor actor, Instant now) {
    calendars.erase(actor, UUID.fromString(item.subject()));
    return new End.Gone();
  }

  private static Moved moved(HolidayOutcome outcome) {
    return switch (outcome) {
      case HolidayOutcome.Done _ -> new Moved.Done();
      case HolidayOutcome.Refused(List<Problem> problems) -> new Moved.Refused(problems.getFirst());
      case HolidayOutcome.NotFound() -> new Moved.Unknown();
    };
  }
}
