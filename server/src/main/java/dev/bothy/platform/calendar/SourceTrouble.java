package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A source of absences that could not be read for so long that somebody has to look after it.
///
/// @param source its id
/// @param name as people know it: `The calendar of Ada at calendar.example.com`
/// @param whose the account whose absences it tells; null for everybody's
/// @param since when it was first not read
/// @param problem of the last time, in words, and what can be done
/// @param path of its page, below `/w/{workspace}`
public record SourceTrouble(
    UUID source, String name, @Nullable Whose whose, Instant since, String problem, String path) {
  /// For how long a source fails before people are told.
  public static final Duration AFTER = Duration.ofDays(3);

  /// An account whose absences are told.
  public record Whose(ConnectionId connection, String account) {}

  /// Whether somebody has to look after a source that fails since then.
  ///
  /// @param since null if it does not fail
  public static boolean isOne(@Nullable Instant since, Instant now) {
    return since != null && since.plus(AFTER).isBefore(now);
  }
}
