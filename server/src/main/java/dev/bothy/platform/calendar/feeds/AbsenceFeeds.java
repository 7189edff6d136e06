package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.AbsenceRights;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.SourceMakers;
import dev.bothy.platform.calendar.SourceTrouble;
import dev.bothy.platform.calendar.feeds.AbsenceFeed.Source;
import dev.bothy.platform.calendar.feeds.AbsenceFeed.State;
import dev.bothy.platform.calendar.feeds.FeedReading.Changes;
import dev.bothy.platform.calendar.feeds.FeedReading.Window;
import dev.bothy.platform.calendar.ical.ICalendarReading;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// The calendars that tell when people are away. Called outside of any transaction: each call that
/// changes something is one transaction and one entry of the audit log.
///
/// Everybody adds and sees calendars of accounts that are their own, admins those of all.
@Service
public class AbsenceFeeds {
  private final FeedTable table;
  private final FeedRules rules;
  private final FeedReading reading;
  private final FeedRefresh refresh;
  private final FeedLog log;
  private final SourceMakers makers;
  private final FeedTroubles troubles;
  private final Absences absences;
  private final AbsenceRights rights;
  private final Schedule schedule;
  private final Workspaces workspaces;
  private final Clock clock;

  AbsenceFeeds(
      FeedTable table,
      FeedRules rules,
      FeedReading reading,
      FeedRefresh refresh,
      FeedLog log,
      SourceMakers makers,
      FeedTroubles troubles,
      Absences absences,
      AbsenceRights rights,
      Schedule schedule,
      Workspaces workspaces,
      Clock clock) {
    this.table = table;
    this.rules = rules;
    this.reading = reading;
    this.refresh = refresh;
    this.log = log;
    this.makers = makers;
    this.troubles = troubles;
    this.absences = absences;
    this.rights = rights;
    this.schedule = schedule;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// Those that the viewer may see, the oldest first.
  public List<AbsenceFeed> list(Viewer viewer) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> table.all().stream().filter(feed -> mayWrite(viewer, feed)).toList());
  }

  public Optional<AbsenceFeed> find(Viewer viewer, UUID id) {
    return workspaces.inWorkspace(
        viewer.workspace(), () -> table.find(id).filter(feed -> mayWrite(viewer, feed)));
  }

  /// Those of them that fail for so long that somebody has to look after them.
  public List<SourceTrouble> troubles(Viewer viewer) {
    Instant now = clock.instant();
    return workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            table.failingSince(now.minus(SourceTrouble.AFTER)).stream()
                .filter(feed -> mayWrite(viewer, feed))
                .flatMap(feed -> troubles.of(feed, now).stream())
                .toList());
  }

  /// Adds a subscription. It is read for the first time as soon as there is time.
  ///
  /// @throws dev.bothy.platform.people.NotAllowed for somebody else's account, unless by an admin
  public FeedOutcome subscribe(Viewer viewer, FeedInput input) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          requireRight(viewer, input);
          FeedRules.Checked checked = rules.check(input, false, table.all());
          URI address = checked.address();
          if (!checked.problems().isEmpty() || address == null) {
            return new FeedOutcome.Refused(checked.problems());
          }
          AbsenceFeed feed = feed(input, new Source.Subscription(address), checked);
          table.insert(feed);
          makers.put(feed.id(), viewer.person());
          schedule.set(FeedRefresh.KIND, feed.id(), clock.instant());
          log.added(person(viewer), feed);
          return new FeedOutcome.Done(feed);
        });
  }

  /// Takes in a file once. Nothing of it is taken if it is no calendar or only a part of one.
  ///
  /// @param input without an address
  /// @throws dev.bothy.platform.people.NotAllowed for somebody else's account, unless by an admin
  public FeedOutcome takeIn(Viewer viewer, FeedInput input, byte[] file) {
    FeedRules.Checked checked =
        workspaces.inWorkspace(viewer.workspace(), () -> checkFile(viewer, input));
    if (!checked.problems().isEmpty()) {
      return new FeedOutcome.Refused(checked.problems());
    }
    AbsenceFeed feed = feed(input, new Source.File(), checked);
    Window window = Window.around(clock.instant());
    return switch (reading.read(feed, file, window)) {
      case ICalendarReading.Refused refused ->
          new FeedOutcome.Refused(
              List.of(
                  Problem.ofField(
                      "calendar.feed-file", "file", "file: " + refused.problem().inWords())));
      case ICalendarReading.Read read ->
          workspaces.inWorkspace(
              viewer.workspace(),
              () -> {
                List<Problem> problems = checkFile(viewer, input).problems();
                if (!problems.isEmpty()) {
                  return new FeedOutcome.Refused(problems);
                }
                table.insert(feed);
                makers.put(feed.id(), viewer.person());
                Changes changes = reading.take(feed, read, window);
                log.takenIn(person(viewer), feed, changes);
                return new FeedOutcome.Done(table.find(feed.id()).orElseThrow());
              });
    };
  }

  private FeedRules.Checked checkFile(Viewer viewer, FeedInput input) {
    requireRight(viewer, input);
    return rules.check(input, true, table.all());
  }

  /// Reads a subscription now, all of it, and waits for the answer.
  public FeedOutcome refresh(Viewer viewer, UUID id) {
    Optional<AbsenceFeed> found = find(viewer, id);
    if (found.isEmpty()) {
      return new FeedOutcome.NotFound();
    }
    if (found.get().isFile()) {
      return new FeedOutcome.Refused(
          List.of(
              Problem.ofUser(
                  "calendar.feed-is-file",
                  "This is a file that was taken in once. Take in the new one, and remove this.")));
    }
    FeedRefresh.Asked asked = refresh.ask(found.get(), FeedFetch.Version.NONE);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            refresh
                .take(id, asked, person(viewer))
                .<FeedOutcome>map(FeedOutcome.Done::new)
                .orElseGet(FeedOutcome.NotFound::new));
  }

  /// Removes a calendar with all absences that it told.
  public FeedOutcome remove(Viewer viewer, UUID id) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<AbsenceFeed> found = table.lock(id).filter(feed -> mayWrite(viewer, feed));
          if (found.isEmpty()) {
            return new FeedOutcome.NotFound();
          }
          table.delete(id);
          makers.forget(id);
          schedule.clear(FeedRefresh.KIND, id);
          int forgotten = absences.forgetAll(FeedReading.origin(found.get()));
          log.removed(person(viewer), found.get(), forgotten);
          return new FeedOutcome.Done(found.get());
        });
  }

  private AbsenceFeed feed(FeedInput input, Source source, FeedRules.Checked checked) {
    return new AbsenceFeed(
        Ids.next(clock),
        input.connection(),
        input.account(),
        source,
        Duration.ofHours(input.shortestHours()),
        checked.zone(),
        State.NEW,
        clock.instant());
  }

  private boolean mayWrite(Viewer viewer, AbsenceFeed feed) {
    return rights.mayWrite(viewer, feed.connection(), feed.account());
  }

  private void requireRight(Viewer viewer, FeedInput input) {
    if (!rights.own(viewer, input.connection(), input.account())) {
      viewer.require(Role.ADMIN);
    }
  }

  private static Actor person(Viewer viewer) {
    return new Actor.Person(viewer.person());
  }
}
