package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.ConnectionId;
import java.util.Set;

/// A bean that hears of absences as they come, change and go, in the transaction that changes them.
public interface AbsenceWatcher {
  /// Absences of these accounts are about to change, whenever they are: what was planned can be
  /// asked for one last time.
  ///
  /// @param accounts of the connection, at least one
  /// @return called once they have changed
  Runnable absencesChanging(ConnectionId connection, Set<String> accounts);
}
