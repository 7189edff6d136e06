package dev.bothy.platform.calendar;

import java.util.UUID;

/// A bean that hears when the days of a holiday calendar change, also when it is deleted or brought
/// back, in the transaction that does it.
public interface HolidayWatcher {
  void holidaysChanged(UUID calendar);
}
