package dev.bothy.platform.retention;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is declared of tables, as people read it.
final class RetentionWords {
  private static final Set<String> BY_ITSELF = Set.of("expires", "ended", "occurred", "ends");

  private RetentionWords() {}

  /// `1 day`, `30 days`.
  static String days(long days) {
    return days == 1 ? "1 day" : days + " days";
  }

  /// `a day`, `30 days`, `12 hours`.
  static String length(Duration duration) {
    return duration.toHours() % 24 == 0
        ? days(duration.toDays())
        : duration.toHours() + (duration.toHours() == 1 ? " hour" : " hours");
  }

  /// `the row goes 90 days after it was settled (deliveries and their timing)`.
  ///
  /// @param settings what counts in a workspace; null names the clock alone
  static String rule(Expiry expiry, @Nullable List<ClockSetting> settings) {
    String what =
        switch (expiry.change()) {
          case Change.Delete _ -> "the row goes ";
          case Change.Assign _ -> "its content is erased ";
        };
    return switch (expiry.after()) {
      case Expiry.After.Always(Duration duration) ->
          what + length(duration) + " after " + since(expiry.since());
      case Expiry.After.OfClock(RetentionClock clock) ->
          settings == null
              ? what + "by the clock " + clock.id() + " after " + since(expiry.since())
              : what
                  + days(settings.get(clock.ordinal()).days())
                  + " after "
                  + since(expiry.since())
                  + " (the clock "
                  + clock.id()
                  + ")";
    };
  }

  /// What an erasure of a person does with their rows.
  static String erasure(OnErasure what) {
    return switch (what) {
      case OnErasure.Nothing() -> "nothing: it holds nothing about a person";
      case OnErasure.AtOnce(Change change) -> change(change) + " at once";
      case OnErasure.InSteps(Change change) -> change(change) + ", in batches";
      case OnErasure.ByItself(String how) -> how;
      case OnErasure.Kept(String reason, String until) ->
          "it stays, since " + reason + "; it ends when or with: " + until;
    };
  }

  private static String change(Change change) {
    return switch (change) {
      case Change.Delete() -> "the rows go";
      case Change.Assign _ -> "what tells of the person is taken out";
    };
  }

  private static String since(String column) {
    String word = column.replaceFirst("_at$", "").replace('_', ' ');
    if (word.equals("last")) {
      return "the last time";
    }
    return BY_ITSELF.contains(word) ? "it " + word : "it was " + word;
  }
}
