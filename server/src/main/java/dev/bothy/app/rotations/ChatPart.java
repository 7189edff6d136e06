package dev.bothy.app.rotations;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.chat.InboundEvent.FormSubmitted;
import dev.bothy.platform.chat.InboundEvent.MessagePosted;
import java.util.Optional;

/// A part of rotations in chat that knows some commands, buttons and forms. Called within a
/// transaction of the workspace.
interface ChatPart {
  /// @return whether the command is one of its own; it was done then, or answered why not
  boolean typed(Asker asker, ShiftLine line);

  /// @return whether the button is one of its own; it was done then, or answered why not
  boolean pressed(Asker asker, String action, String value);

  /// @return empty when the form is none of its own
  Optional<Answer> submitted(Asker asker, FormSubmitted form);

  /// Somebody answered in a thread, perhaps below a message of ours.
  default void heard(ChatConnection connection, MessagePosted posted) {}
}
