package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.chat.Form;
import java.util.UUID;

/// A form that waits for one account.
///
/// @param conversation where its action happened
public record OpenForm(UUID id, String conversation, String account, Form form) {}
