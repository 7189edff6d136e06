package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.calendar.SourceTrouble;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The connection of a workspace to HiBob, without its credentials.
///
/// @param state how it goes
/// @param createdAt when it was made
public record HiBobConnection(UUID id, State state, Instant createdAt) {
  /// How it goes.
  ///
  /// @param changesUntil until when changes were read; null before the first comparison
  /// @param comparedAt when all was last compared; null if it never was
  /// @param readAt when there was last an answer; null if never
  /// @param askedAt when it was last asked; null if never
  /// @param failures in a row
  /// @param failingSince when the first of them was; null if there is none
  /// @param problem of the last, in words; null if there is none
  /// @param counts of the last comparison
  public record State(
      @Nullable Instant changesUntil,
      @Nullable Instant comparedAt,
      @Nullable Instant readAt,
      @Nullable Instant askedAt,
      int failures,
      @Nullable Instant failingSince,
      @Nullable String problem,
      Counts counts) {
    static final State NEW = new State(null, null, null, null, 0, null, null, Counts.NONE);

    /// Whether it fails for so long that somebody has to look after it.
    public boolean isFailingForLong(Instant now) {
      return SourceTrouble.isOne(failingSince, now);
    }

    /// Whether HiBob told so much less than before that it was not believed.
    public boolean isDoubted() {
      return HiBobReading.SUSPICION.equals(problem);
    }

    State failed(Instant now, String why) {
      return new State(
          changesUntil,
          comparedAt,
          readAt,
          now,
          failures + 1,
          failingSince == null ? now : failingSince,
          why,
          counts);
    }

    State changed(Instant now) {
      return new State(now, comparedAt, now, now, 0, null, null, counts);
    }

    static State compared(Instant now, Counts counts) {
      return new State(now, now, now, now, 0, null, null, counts);
    }
  }

  /// Whom HiBob and chat both know.
  ///
  /// @param matched accounts that have an employee
  /// @param noAddress accounts that show no address
  /// @param nobody accounts whose address no employee has
  /// @param leftOut requests of a few hours that do not say which
  public record Counts(int matched, int noAddress, int nobody, int leftOut) {
    static final Counts NONE = new Counts(0, 0, 0, 0);
  }
}
