package dev.bothy.platform.chat;

/// What a network may or may not be able to do. A connector declares what it can; what it does not
/// declare it answers with `Unsupported`, and an app offers the next best way. Some a network gives
/// to a connection only where an admin wants it so ([ChatConnector#optional]).
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
  EMAIL,
  /// Tell what people write in the conversations that it is in, threads included.
  HEAR,
  /// Join a public conversation without being invited.
  JOIN,
  /// Post in public conversations that it is not in.
  POST_ANYWHERE,
  /// Set the topic of a conversation that it is in.
  TOPIC,
  /// Say who is in a group that people mention by one name.
  GROUP
}
