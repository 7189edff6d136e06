package dev.bothy.platform.egress;

import java.io.IOException;

/// An open WebSocket (RFC 6455) that was let out. Text messages only.
public interface EgressSocket {
  /// Sends a text message; returns when it was written.
  ///
  /// @throws IOException when it could not be written; the socket is closed or about to be
  void send(String text) throws IOException;

  /// Sends a ping; the answer is heard as [Listener#heard].
  ///
  /// @throws IOException when it could not be written
  void ping() throws IOException;

  /// Says goodbye and closes; returns at once.
  void close();

  /// Closes without a word, e.g. when the other side does not answer; returns at once.
  void cut();

  /// Whether messages can be sent.
  boolean isOpen();

  /// What happens on a socket. The methods are called one after the other; while one runs nothing
  /// more is read, so what takes long is better done elsewhere.
  interface Listener {
    /// A text message.
    void message(String text);

    /// Something came, a message or the answer to a ping: the other side lives.
    void heard();

    /// It is closed, by whichever side; called once, last.
    ///
    /// @param reason for the log: a status of RFC 6455 §7.4 and words, or what was wrong
    void closed(String reason);
  }
}
