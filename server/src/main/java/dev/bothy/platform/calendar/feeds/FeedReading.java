package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.calendar.AbsenceOrigin;
import dev.bothy.platform.calendar.AbsenceSource;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.Told;
import dev.bothy.platform.calendar.feeds.AbsenceFeed.State;
import dev.bothy.platform.calendar.ical.ICalendarEvent;
import dev.bothy.platform.calendar.ical.ICalendarLimits;
import dev.bothy.platform.calendar.ical.ICalendarProblem;
import dev.bothy.platform.calendar.ical.ICalendarReader;
import dev.bothy.platform.calendar.ical.ICalendarReading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Makes absences of a calendar. Of the events only the times are kept: no title, no id that
/// somebody chose.
@Component
class FeedReading {
  private static final int LONGEST_WORDS = 500;
  private static final int TOLD_PROBLEMS = 3;

  private final ICalendarReader reader = new ICalendarReader(ICalendarLimits.USUAL);
  private final Absences absences;
  private final FeedTable table;
  private final Clock clock;

  FeedReading(Absences absences, FeedTable table, Clock clock) {
    this.absences = absences;
    this.table = table;
    this.clock = clock;
  }

  /// The time that is looked at: what was before is history, what comes later comes into it by
  /// itself.
  ///
  /// @param until excluded
  record Window(Instant from, Instant until) {
    static Window around(Instant now) {
      return new Window(
          now.atOffset(ZoneOffset.UTC).minusMonths(1).toInstant().truncatedTo(ChronoUnit.DAYS),
          now.atOffset(ZoneOffset.UTC).plusMonths(18).toInstant().truncatedTo(ChronoUnit.DAYS));
    }
  }

  /// How much a calendar changed.
  record Changes(int told, int forgotten) {
    static final Changes NONE = new Changes(0, 0);

    boolean isNone() {
      return told == 0 && forgotten == 0;
    }
  }

  /// Reads a file; outside of a transaction, since it may take a while.
  ICalendarReading read(AbsenceFeed feed, byte[] file, Window window) {
    return reader.read(file, window.from(), window.until(), feed.zone());
  }

  /// Takes over what was read. Called within a transaction, with the feed locked.
  Changes take(AbsenceFeed feed, ICalendarReading.Read read, Window window) {
    Map<String, Told> told = new LinkedHashMap<>();
    for (ICalendarEvent event : read.events()) {
      Duration length = Duration.between(event.start(), event.end());
      // A day is one, whether the clock is changed in it or not.
      boolean counts = event.allDay() || length.compareTo(feed.shortest()) >= 0;
      if (event.busy() && counts) {
        String id = id(event);
        told.put(
            id,
            new Told(
                id,
                feed.connection(),
                feed.account(),
                event.start(),
                event.end(),
                event.allDay(),
                null));
      }
    }
    AbsenceOrigin origin = origin(feed);
    Set<String> gone = new HashSet<>(absences.known(origin, window.from(), window.until()));
    gone.removeAll(told.keySet());
    int changed = absences.tell(origin, told.values());
    int forgotten = absences.forget(origin, gone);
    Instant now = clock.instant();
    List<ICalendarProblem> problems = read.problems();
    table.setState(
        feed.id(),
        new State(
            now,
            now,
            now,
            0,
            null,
            null,
            told.size(),
            problems.size(),
            problems.isEmpty() ? null : words(problems)));
    return new Changes(changed, forgotten);
  }

  static AbsenceOrigin origin(AbsenceFeed feed) {
    return new AbsenceOrigin(AbsenceSource.ICALENDAR, feed.id());
  }

  static String cut(String words) {
    return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS - 1) + "…";
  }

  private static String words(List<ICalendarProblem> problems) {
    return cut(
        problems.stream()
            .limit(TOLD_PROBLEMS)
            .map(ICalendarProblem::inWords)
            .collect(Collectors.joining(" ")));
  }

  private static String id(ICalendarEvent event) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((event.uid() + "\n" + event.occurrence()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every Java runtime", e);
    }
  }
}
