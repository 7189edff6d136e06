package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.calendar.SourceTrouble;
import dev.bothy.platform.kernel.ConnectionId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A calendar that tells when an account's person is away.
///
/// @param account the network's own id
/// @param source where it comes from
/// @param shortest what is shorter is no absence; zero for all
/// @param zone for whole days and times without a zone
/// @param createdAt when it was added
public record AbsenceFeed(
    UUID id,
    ConnectionId connection,
    String account,
    Source source,
    Duration shortest,
    ZoneId zone,
    State state,
    Instant createdAt) {
  /// Where a calendar comes from.
  public sealed interface Source {
    /// An address that is read again and again.
    record Subscription(URI address) implements Source {
      /// Without the address: whoever has it reads the calendar.
      @Override
      public String toString() {
        return "Subscription[" + address.getHost() + "]";
      }
    }

    /// An address that nobody can read any more: its key was destroyed.
    record Unreadable() implements Source {}

    /// A file that was taken in once.
    record File() implements Source {}
  }

  /// How it goes.
  ///
  /// @param takenAt when the calendar was last taken whole; null if it never was
  /// @param readAt when there was last an answer, also one that nothing is new; null if never
  /// @param askedAt when it was last asked for; null if never
  /// @param failures in a row
  /// @param failingSince when the first of them was; null if there is none
  /// @param problem of the last, in words; null if there is none
  /// @param absences how many it tells within the time that is looked at
  /// @param leftOut how many events were left out because they were not understood
  /// @param leftOutWhy of the first of them, with their lines; null if there are none
  public record State(
      @Nullable Instant takenAt,
      @Nullable Instant readAt,
      @Nullable Instant askedAt,
      int failures,
      @Nullable Instant failingSince,
      @Nullable String problem,
      int absences,
      int leftOut,
      @Nullable String leftOutWhy) {
    static final State NEW = new State(null, null, null, 0, null, null, 0, 0, null);

    /// Whether it fails for so long that somebody has to look after it.
    public boolean isFailingForLong(Instant now) {
      return SourceTrouble.isOne(failingSince, now);
    }

    State unchanged(Instant now) {
      return new State(takenAt, now, now, 0, null, null, absences, leftOut, leftOutWhy);
    }

    State failed(Instant now, String why) {
      return new State(
          takenAt,
          readAt,
          now,
          failures + 1,
          failingSince == null ? now : failingSince,
          why,
          absences,
          leftOut,
          leftOutWhy);
    }
  }

  /// Where it comes from, for people, without what is secret: a host's name, or `a file`.
  public String label() {
    return switch (source) {
      case Source.Subscription(URI address) -> String.valueOf(address.getHost());
      case Source.Unreadable() -> "an address that cannot be read any more";
      case Source.File() -> "a file";
    };
  }

  public boolean isFile() {
    return source instanceof Source.File;
  }
}
