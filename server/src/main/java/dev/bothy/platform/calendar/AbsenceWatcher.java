package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.ConnectionId;
import java.util.Set;

/// A bean that hears of absences as they come, change and go, in the transaction that changes them.
public interface AbsenceWatcher {
  /// Absences of these accounts have changed, whenever they are.
  ///
  /// @param accounts of the connection, at least one
  void absencesChanged(ConnectionId connection, Set<String> accounts);
}
