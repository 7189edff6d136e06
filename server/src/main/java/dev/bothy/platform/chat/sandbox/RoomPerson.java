package dev.bothy.platform.chat.sandbox;

import java.time.ZoneId;

/// An invented person of the room.
///
/// @param account the room's id of them, e.g. `ada`
/// @param active false once they left the company
/// @param unread how many messages Bothy wrote to them alone since somebody looked
public record RoomPerson(String account, String name, ZoneId zone, boolean active, long unread) {
  /// The conversation of this person and Bothy.
  public String direct() {
    return "@" + account;
  }
}
