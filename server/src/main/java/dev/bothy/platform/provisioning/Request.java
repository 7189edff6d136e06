package dev.bothy.platform.provisioning;

import dev.bothy.platform.kernel.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// That a person is to be looked at, as it waits in the outbox. What is wanted of them is read when
/// it is done.
///
/// @param why what it comes from
/// @param at when it was asked for
record Request(PersonId person, Why why, Instant at) {
  /// What it comes from.
  enum Why {
    /// Something about the person became different here.
    CHANGED,
    /// It is time to look whether somebody changed the user there.
    COMPARE
  }

  byte[] bytes() {
    return (person.value() + " " + why + " " + at.toEpochMilli())
        .getBytes(StandardCharsets.US_ASCII);
  }

  static Request read(byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.US_ASCII).split(" ");
    return new Request(
        new PersonId(UUID.fromString(parts[0])),
        Why.valueOf(parts[1]),
        Instant.ofEpochMilli(Long.parseLong(parts[2])));
  }
}
