package dev.bothy.platform.chat;

import java.time.Instant;

/// Whether a connection does its work. A reason is a word of the connector's own, e.g.
/// `app-uninstalled`: lower case with dashes, stored and audited, put into sentences by its page.
public sealed interface ConnectionState {
  /// It works, as far as is known.
  record Active() implements ConnectionState {}

  /// Its secrets do not work any more, or soon will not: an admin must act. Events still come in;
  /// messages wait or are refused by the network.
  ///
  /// @param since when that was found out
  record Broken(String reason, Instant since) implements ConnectionState {}

  /// Nothing comes in or goes out any more, and messages that wait are given up. Connecting the
  /// same account of the network again revives it under the same id.
  record Ended(String reason, Instant at) implements ConnectionState {}
}
