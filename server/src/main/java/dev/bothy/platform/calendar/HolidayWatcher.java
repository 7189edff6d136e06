package dev.bothy.platform.calendar;

import java.util.UUID;

/// A bean that hears when the days of a holiday calendar change, also when it is deleted or brought
/// back, in the transaction that does it.
public interface HolidayWatcher {
  /// The days are about to change: what was planned can be asked for one last time.
  ///
  /// @return called once they have changed
  Runnable holidaysChanging(UUID calendar);
}
