package dev.bothy.platform.chatlinks.web;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chatlinks.ChatLink;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account as the page shows it.
///
/// @param name as the network shows it
/// @param gone whether the network has it no more, or switched it off
/// @param link null while it is nobody's
/// @param person whose it is; null while it is nobody's, or somebody's who was erased
record AccountLine(
    ChatConnection connection,
    String account,
    String name,
    boolean gone,
    @Nullable ChatLink link,
    @Nullable String person) {
  public UUID connectionId() {
    return connection.id().value();
  }

  public String network() {
    return LinkAccountController.title(connection);
  }

  /// Whether a name or the id contains the text, without regard to case; an empty text does.
  boolean says(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    String owner = person == null ? "" : person;
    return (name + "\n" + account + "\n" + owner).toLowerCase(Locale.ROOT).contains(wanted);
  }
}
