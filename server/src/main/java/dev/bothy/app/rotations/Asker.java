package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.InboundEvent.ActionTaken;
import dev.bothy.platform.chat.InboundEvent.CommandInvoked;
import dev.bothy.platform.chat.InboundEvent.FormSubmitted;
import dev.bothy.platform.chat.ReplyHandle;

/// Who asks, from where, and how they are answered.
///
/// @param conversation empty outside of conversations
record Asker(ChatConnection connection, String conversation, String account, ReplyHandle reply) {
  static Asker of(ChatConnection connection, CommandInvoked command) {
    return new Asker(connection, command.conversation(), command.author(), command.reply());
  }

  static Asker of(ChatConnection connection, ActionTaken action) {
    return new Asker(connection, action.conversation(), action.author(), action.reply());
  }

  static Asker of(ChatConnection connection, FormSubmitted form) {
    return new Asker(connection, form.conversation(), form.author(), form.reply());
  }

  Participant person() {
    return new Participant(account);
  }
}
