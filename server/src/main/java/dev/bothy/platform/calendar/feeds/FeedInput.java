package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.kernel.ConnectionId;

/// A calendar that somebody wants to add.
///
/// @param account the network's own id
/// @param address as typed, `https` or `webcal`; empty for a file
/// @param shortestHours what is shorter is no absence: 0 to 168
/// @param zone an IANA name, e.g. `Europe/Berlin`; empty for the account's own
public record FeedInput(
    ConnectionId connection, String account, String address, int shortestHours, String zone) {
  /// Without the address.
  @Override
  public String toString() {
    return "FeedInput[" + connection + ", " + account + "]";
  }
}
