package dev.bothy.platform.calendar;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// The calendars of free days of a workspace. Called within a transaction of the workspace.
@Service
public class HolidayCalendars {
  private final HolidayTable table;

  HolidayCalendars(HolidayTable table) {
    this.table = table;
  }

  /// All that are not deleted, by name.
  public List<HolidayCalendar> all() {
    return table.living();
  }

  /// The calendar with this id; empty when there is none, or it is in the bin.
  public Optional<HolidayCalendar> find(UUID id) {
    return table.living(id);
  }
}
