package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.kernel.ConnectionId;

/// Whose account belongs to which employee.
///
/// @param account the network's own id
/// @param employee HiBob's id, 1 to 100 characters
/// @param byHand whether an admin said so; else the two had one address
public record HiBobMatch(
    ConnectionId connection, String account, String employee, boolean byHand) {}
