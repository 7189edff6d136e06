package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.kernel.Problem;
import java.util.List;

/// What became of something that was asked of a feed.
public sealed interface FeedOutcome {
  /// It is done; so it is now, or was when it was removed.
  record Done(AbsenceFeed feed) implements FeedOutcome {}

  /// Nothing was changed.
  ///
  /// @param problems at least one
  record Refused(List<Problem> problems) implements FeedOutcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /// There is no such feed, or it is somebody else's.
  record NotFound() implements FeedOutcome {}
}
