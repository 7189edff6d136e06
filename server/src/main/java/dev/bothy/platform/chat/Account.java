package dev.bothy.platform.chat;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Who is behind an account of a network, as the directory knows it.
///
/// @param id the network's own id
/// @param name as the network shows it, 1 to 80 characters
/// @param zone the person's time zone; UTC where the network tells none
/// @param active false when the account was deactivated or deleted at the network
/// @param bot whether it is a program
/// @param changedAt when it became so, by the network's clock: of two the later one holds; null
///   where the network does not tell, and then the one that came last holds
public record Account(
    String id, String name, ZoneId zone, boolean active, boolean bot, @Nullable Instant changedAt) {
  /// One of a network that does not tell when an account changed.
  public Account(String id, String name, ZoneId zone, boolean active, boolean bot) {
    this(id, name, zone, active, bot, null);
  }
}
