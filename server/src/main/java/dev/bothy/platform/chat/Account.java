package dev.bothy.platform.chat;

import java.time.ZoneId;

/// Who is behind an account of a network, as the directory knows it.
///
/// @param id the network's own id
/// @param name as the network shows it, 1 to 80 characters
/// @param zone the person's time zone; UTC where the network tells none
/// @param active false when the account was deactivated or deleted at the network
/// @param bot whether it is a program
public record Account(String id, String name, ZoneId zone, boolean active, boolean bot) {}
