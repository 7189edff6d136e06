package dev.bothy.platform.chat;

import java.util.Map;

/// The side of a connector that a network calls over HTTP. What it makes of a request is the same
/// for each repetition of the request.
public interface Webhooks {
  /// Checks that a request is genuine and reads it. Stores nothing.
  Received receive(ChatConnection connection, Request request);

  /// A request as it came.
  ///
  /// @param path below the connection's address, e.g. `events`
  /// @param headers by lower-case name; the first value of each
  /// @param body the raw bytes, up to 1 MiB
  record Request(String path, Map<String, String> headers, byte[] body) {
    @Override
    public String toString() {
      return "Request(" + path + ", " + body.length + " bytes)";
    }
  }

  /// What a request is.
  sealed interface Received {
    /// An event to take in.
    ///
    /// @param deliveryId the same for each repetition
    /// @param answerExpected whether the network shows the feature's answer at once
    record Event(String deliveryId, InboundEvent event, boolean answerExpected)
        implements Received {}

    /// An account is not what it was, or is new.
    record AccountChanged(Account account) implements Received {}

    /// Genuine, but nothing that we know or want; acknowledged and counted.
    record Ignored(String type) implements Received {}

    /// The network checks the address and wants this back.
    record Challenge(String answer) implements Received {}

    /// Not genuine, or not readable.
    ///
    /// @param status the HTTP status to answer with: 400 or 401
    /// @param reason for the log; never a secret
    record Refused(int status, String reason) implements Received {}
  }
}
