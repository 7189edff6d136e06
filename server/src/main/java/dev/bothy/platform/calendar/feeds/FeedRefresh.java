package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.feeds.AbsenceFeed.Source;
import dev.bothy.platform.calendar.feeds.FeedFetch.Answer;
import dev.bothy.platform.calendar.feeds.FeedFetch.Version;
import dev.bothy.platform.calendar.feeds.FeedReading.Changes;
import dev.bothy.platform.calendar.feeds.FeedReading.Window;
import dev.bothy.platform.calendar.ical.ICalendarReading;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.Metrics.AbsenceReading;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/// Reads subscriptions again and again. An answer that fails, or is not whole, changes nothing of
/// what is known; it is told where the calendar is listed.
@Component
class FeedRefresh implements ScheduleHandler {
  static final String KIND = "absence-feed";

  /// Time goes on also where a calendar does not change: what repeats comes into the window.
  private static final Duration WHOLE_EVERY = Duration.ofDays(1);

  /// What to do about an answer that is no calendar.
  private static final String LOOK =
      " If that goes on, see what the address shows in a browser, signed out, and take one that ends"
          + " in .ics.";

  private static final Duration SOON = Duration.ofMinutes(1);

  private final FeedTable table;
  private final FeedFetch fetch;
  private final FeedReading reading;
  private final FeedTroubles troubles;
  private final FeedLog log;
  private final FeedSettings settings;
  private final Workspaces workspaces;
  private final Metrics metrics;
  private final Clock clock;
  private final Map<UUID, Asked> asked = new ConcurrentHashMap<>();

  FeedRefresh(
      FeedTable table,
      FeedFetch fetch,
      FeedReading reading,
      FeedTroubles troubles,
      FeedLog log,
      FeedSettings settings,
      Workspaces workspaces,
      Metrics metrics,
      Clock clock) {
    this.table = table;
    this.fetch = fetch;
    this.reading = reading;
    this.troubles = troubles;
    this.log = log;
    this.settings = settings;
    this.workspaces = workspaces;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// What an address answered.
  sealed interface Asked {
    /// A calendar.
    record Calendar(ICalendarReading.Read read, Window window, Version version) implements Asked {
      @Override
      public String toString() {
        return "Calendar[" + read.events().size() + "]";
      }
    }

    /// Nothing is new.
    record Unchanged() implements Asked {}

    /// It is no use.
    ///
    /// @param problem a sentence for people
    record Failed(String problem, Duration retryAfter) implements Asked {}
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public void prepare(WorkspaceId workspace, Due due) {
    record Known(AbsenceFeed feed, Version version) {}
    Optional<Known> known =
        workspaces.inWorkspace(
            workspace,
            () ->
                table
                    .find(due.subject())
                    .map(feed -> new Known(feed, table.version(due.subject()))));
    asked.remove(due.subject());
    known.ifPresent(each -> {
      Instant taken = each.feed().state().takenAt();
      boolean whole = taken == null || taken.plus(WHOLE_EVERY).isBefore(due.now());
      asked.put(due.subject(), ask(each.feed(), whole ? Version.NONE : each.version()));
    });
  }

  @Override
  public Optional<Instant> run(Due due) {
    Asked answer = asked.remove(due.subject());
    if (answer == null) {
      return table.find(due.subject()).map(_ -> due.now().plus(SOON));
    }
    Duration wanted = answer instanceof Asked.Failed failed ? failed.retryAfter() : Duration.ZERO;
    return take(due.subject(), answer, new Actor.System())
        .filter(feed -> !feed.isFile())
        .map(feed ->
            due.now()
                .plus(
                    settings.pause(
                        feed.state().failures(),
                        wanted,
                        ThreadLocalRandom.current().nextDouble())));
  }

  /// Asks the address; outside of any transaction.
  Asked ask(AbsenceFeed feed, Version known) {
    return switch (feed.source()) {
      case Source.File() -> new Asked.Unchanged();
      case Source.Unreadable() ->
          new Asked.Failed(
              "Its address cannot be read any more: its key was destroyed. Remove it and add it again.",
              Duration.ZERO);
      case Source.Subscription(URI address) ->
          switch (fetch.fetch(address, known)) {
            case Answer.Failed(String problem, Duration retryAfter) ->
                new Asked.Failed(problem, retryAfter);
            case Answer.NotModified() -> new Asked.Unchanged();
            case Answer.Fetched(byte[] file, Version version) -> {
              Window window = Window.around(clock.instant());
              yield switch (reading.read(feed, file, window)) {
                case ICalendarReading.Read read -> new Asked.Calendar(read, window, version);
                case ICalendarReading.Refused refused ->
                    new Asked.Failed(refused.problem().inWords() + LOOK, Duration.ZERO);
              };
            }
          };
    };
  }

  /// Takes over an answer, within a transaction of the workspace.
  ///
  /// @return the feed as it is now; empty if it is gone
  Optional<AbsenceFeed> take(UUID id, Asked answer, Actor actor) {
    Optional<AbsenceFeed> found = table.lock(id);
    if (found.isEmpty()) {
      return found;
    }
    AbsenceFeed feed = found.get();
    Instant now = clock.instant();
    Changes changes =
        switch (answer) {
          case Asked.Calendar(ICalendarReading.Read read, Window window, Version version) -> {
            Changes made = reading.take(feed, read, window);
            table.setVersion(id, version);
            count(AbsenceReading.READ);
            yield made;
          }
          case Asked.Unchanged() -> {
            table.setState(id, feed.state().unchanged(now));
            count(AbsenceReading.UNCHANGED);
            yield Changes.NONE;
          }
          case Asked.Failed(String problem, _) -> {
            table.setState(id, feed.state().failed(now, FeedReading.cut(problem)));
            count(AbsenceReading.FAILED);
            yield Changes.NONE;
          }
        };
    log.read(actor, feed, changes);
    Optional<AbsenceFeed> after = table.find(id);
    after.ifPresent(each -> troubles.look(feed, each, now));
    return after;
  }

  private void count(AbsenceReading result) {
    workspaces.afterCommit(() -> metrics.absencesRead("icalendar", result));
  }
}
