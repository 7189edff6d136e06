package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.kernel.ConnectionId;
import java.util.List;

/// Whom HiBob and chat do not both know, as far as that can be said without names or addresses.
public sealed interface Unmatched {
  /// @param employees HiBob's ids of those who have no account, in order, [#MOST] at most
  /// @param moreEmployees how many others there are
  /// @param accounts those of people that have no employee, by name
  record Found(List<String> employees, int moreEmployees, List<Stranger> accounts)
      implements Unmatched {
    public Found {
      employees = List.copyOf(employees);
      accounts = List.copyOf(accounts);
    }
  }

  /// HiBob was asked, and there was no answer that can be used.
  ///
  /// @param problem in words
  record Failed(String problem) implements Unmatched {}

  /// HiBob is not connected.
  record NotConnected() implements Unmatched {}

  /// So many employees are named.
  int MOST = 500;

  /// An account without an employee.
  ///
  /// @param account the network's own id
  /// @param name as the network shows it
  record Stranger(ConnectionId connection, String account, String name) {}
}
