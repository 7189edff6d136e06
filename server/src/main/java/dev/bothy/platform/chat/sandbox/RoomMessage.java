package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.chat.Content;
import java.time.Instant;
import java.util.UUID;

/// A message as one account sees it.
///
/// @param author an account; [SandboxConnector#BOT] for Bothy
/// @param version counts up whenever it looks different
/// @param onlyForOne whether this account alone sees it
/// @param edited whether its author changed it
/// @param replies how many messages its thread has
public record RoomMessage(
    UUID id,
    String author,
    Content content,
    long version,
    boolean onlyForOne,
    Instant createdAt,
    boolean edited,
    long replies) {}
