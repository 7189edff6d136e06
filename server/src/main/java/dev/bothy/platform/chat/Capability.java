package dev.bothy.platform.chat;

/// What a network may or may not be able to do. A connector declares what it can; what it does not
/// declare it answers with `Unsupported`, and an app offers the next best way.
public enum Capability {
  /// Post in a conversation.
  POST,
  /// Answer in a thread below a message.
  THREAD,
  /// Write to one person alone.
  DIRECT,
  /// Change a message that was sent.
  UPDATE,
  /// Take back a message that was sent.
  DELETE,
  /// Show something to one person in a conversation that others do not see.
  EPHEMERAL,
  /// Buttons and selects under a message.
  ACTIONS,
  /// A form with fields.
  FORM,
  /// A page of the app's own for each person, which it fills when they open it.
  HOME,
  /// A command such as `/rotation`.
  COMMAND,
  /// Tell a person's name, time zone and whether the account is active.
  LOOKUP,
  /// Tell the e-mail address of a person.
  EMAIL
}
