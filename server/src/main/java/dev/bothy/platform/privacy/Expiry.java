package dev.bothy.platform.privacy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When rows of a table have been kept for long enough, and what is done with them then. A sweep
/// does it in small batches.
///
/// @param after how long they are kept
/// @param since the column of type `timestamptz` that the time counts from; a null in it never
///   expires. An index begins with the workspace (if the table has one) and this column
/// @param only a condition in SQL, over the table's own columns and functions of them, that the
///   rows meet as well; null means all rows
/// @param change what is done
public record Expiry(After after, String since, @Nullable String only, Change change) {
  /// How long something is kept.
  public sealed interface After {
    /// As long as the workspace's clock says.
    record OfClock(RetentionClock clock) implements After {}

    /// Always this long: a rule of the code, such as "a day after it expired".
    record Always(Duration duration) implements After {}
  }

  /// Rows go when this clock has run since the column's time.
  public static Expiry after(RetentionClock clock, String since) {
    return new Expiry(new After.OfClock(clock), since, null, new Change.Delete());
  }

  /// Rows go this long after the column's time.
  public static Expiry always(Duration duration, String since) {
    return new Expiry(new After.Always(duration), since, null, new Change.Delete());
  }

  /// The same, of the rows that meet this condition.
  public Expiry when(String condition) {
    return new Expiry(after, since, condition, change);
  }

  /// The same, but the rows stay and these assignments are made, such as `payload = null`. A
  /// condition leaves out the rows that have been changed already.
  public Expiry sets(String assignments, String condition) {
    return new Expiry(after, since, condition, new Change.Assign(assignments));
  }
}
