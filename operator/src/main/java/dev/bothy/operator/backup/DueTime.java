package dev.bothy.operator.backup;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a schedule has to do now.
///
/// @param make the time that a backup is to be made for now; empty for none
/// @param dealtWith the time of the schedule up to which all is done; null if none has come yet
public record DueTime(Optional<Instant> make, @Nullable Instant dealtWith) {
  /// Of times that were missed only the last one counts. While a backup that the schedule made
  /// before has not ended, the next one waits, and what is missed meanwhile is missed as well. What
  /// passes while it is suspended is let go.
  ///
  /// A clock that was put back does not make the schedule wait until it is where it was: times that
  /// come again are dealt with again, and since a backup's name says its time that makes no second
  /// one.
  ///
  /// @param created when the schedule was
  /// @param dealtWith as it was said last; null at first
  /// @param busy whether a backup of the schedule has not ended
  public static DueTime at(
      Instant now,
      Cron cron,
      boolean suspended,
      boolean immediate,
      Instant created,
      @Nullable Instant dealtWith,
      boolean busy) {
    Instant done = dealtWith == null ? created : dealtWith;
    Instant from = done.isAfter(now) ? now : done;
    Optional<Instant> due = cron.lastAtOrBefore(now).filter(last -> last.isAfter(from));
    if (dealtWith == null && immediate && !suspended) {
      return new DueTime(Optional.of(created), due.orElse(created));
    }
    if (due.isEmpty()) {
      return new DueTime(Optional.empty(), dealtWith == null ? null : from);
    }
    if (suspended) {
      return new DueTime(Optional.empty(), due.get());
    }
    return busy
        ? new DueTime(Optional.empty(), dealtWith == null ? null : from)
        : new DueTime(due, due.get());
  }
}
