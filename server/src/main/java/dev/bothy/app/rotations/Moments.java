package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.kernel.Problem;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads from when to when something is, as people type it:
///
///     tomorrow                                a day, whole
///     tue 14:00-18:00                         a part of a day; 22:00-02:00 ends on the next
///     from 2026-12-24 to 2026-12-26           days, the last included
///     from now to 17:00
///     2026-12-24 14:00 until fri 09:00
///
/// A weekday is the next such day, today included.
///
/// @param zone whose wall clock people mean
/// @param dayBegins when a day begins: the hand-off time, where days of duty are meant
record Moments(ZoneId zone, LocalTime dayBegins, Instant now) {
  static final String FROM = "from";
  static final String UNTIL = "until";

  private static final String DAY_OR_TIME =
      "a day such as 2026-12-24, tomorrow or tue, a time such as 14:00, or both";
  private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern TIMES =
      Pattern.compile("(\\d{1,2}):(\\d{2})(?:[-–](\\d{1,2}):(\\d{2}))?");
  private static final List<String> SEPARATORS = List.of("to", "until", "till", "-", "–");

  /// What was typed.
  ///
  /// @param until excluded; after from
  /// @param wholeDays whether no time was typed, so that both are beginnings of days
  record Times(LocalDateTime from, LocalDateTime until, boolean wholeDays) {}

  private record Moment(
      @Nullable LocalDateTime day, @Nullable LocalTime time, @Nullable LocalTime end) {}

  /// @param words what was typed, in words
  /// @param problems where what is wrong is added
  Optional<Times> read(List<String> words, List<Problem> problems) {
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    boolean separated = false;
    for (String word : words) {
      String folded = word.toLowerCase(Locale.ROOT);
      if (!separated && SEPARATORS.contains(folded)) {
        separated = true;
      } else if (!folded.equals("on") && !(left.isEmpty() && folded.equals("from"))) {
        (separated ? right : left).add(folded);
      }
    }
    Optional<Moment> start = moment(FROM, "From", left, problems);
    Optional<Moment> end = separated ? moment(UNTIL, "Until", right, problems) : Optional.empty();
    if (start.isEmpty() || separated && end.isEmpty()) {
      return Optional.empty();
    }
    Optional<Times> times = end.isPresent() ? between(start.get(), end.get()) : alone(start.get());
    if (times.isEmpty()) {
      problems.add(
          wrong(UNTIL, "Until", "it is missing", "an end, as in 14:00-18:00 or 14:00 to 18:00"));
      return Optional.empty();
    }
    if (!times.get().from().isBefore(times.get().until())) {
      problems.add(wrong(UNTIL, "Until", "it is not after the begin", "a time after the begin"));
      return Optional.empty();
    }
    return times;
  }

  /// The same as instants; of a time that the clock skips the first after the gap, of one that it
  /// shows twice the first. Empty also where the gap leaves nothing of it.
  Optional<Span> span(List<String> words, List<Problem> problems) {
    return read(words, problems)
        .flatMap(times -> {
          Instant from = instant(times.from());
          Instant until = instant(times.until());
          if (from.isBefore(until)) {
            return Optional.of(new Span(from, until));
          }
          problems.add(wrong(UNTIL, "Until", "the clocks skip that time", "another time"));
          return Optional.empty();
        });
  }

  private Optional<Times> alone(Moment start) {
    LocalDateTime day = start.day();
    LocalTime time = start.time();
    LocalTime end = start.end();
    if (time == null) {
      return Optional.ofNullable(day)
          .map(whole -> new Times(whole, begin(whole.toLocalDate().plusDays(1)), true));
    }
    LocalDateTime from = (day == null ? today() : day.toLocalDate()).atTime(time);
    return Optional.ofNullable(end).map(until -> new Times(from, following(from, until), false));
  }

  private Optional<Times> between(Moment start, Moment end) {
    LocalDateTime startDay = start.day() == null ? begin(today()) : start.day();
    LocalTime startTime = start.time();
    LocalDateTime from = startTime == null ? startDay : startDay.toLocalDate().atTime(startTime);
    LocalDateTime endDay = end.day();
    LocalTime endTime = end.time();
    if (endTime != null) {
      LocalDateTime until =
          endDay == null ? following(from, endTime) : endDay.toLocalDate().atTime(endTime);
      return Optional.of(new Times(from, until, false));
    }
    return Optional.ofNullable(endDay)
        .map(day -> new Times(from, begin(day.toLocalDate().plusDays(1)), startTime == null));
  }

  private static LocalDateTime following(LocalDateTime from, LocalTime end) {
    LocalDateTime sameDay = from.toLocalDate().atTime(end);
    return sameDay.isAfter(from) ? sameDay : sameDay.plusDays(1);
  }

  private Optional<Moment> moment(
      String field, String label, List<String> words, List<Problem> problems) {
    @Nullable LocalDateTime day = null;
    @Nullable LocalTime time = null;
    @Nullable LocalTime end = null;
    boolean understood = !words.isEmpty();
    for (String word : words) {
      Matcher times = TIMES.matcher(word);
      Optional<LocalDate> date = day(word);
      if (word.equals("now") && day == null && time == null) {
        LocalDateTime wallClock =
            LocalDateTime.ofInstant(now, zone).truncatedTo(ChronoUnit.MINUTES);
        day = wallClock;
        time = wallClock.toLocalTime();
      } else if (day == null && time == null && date.isPresent()) {
        day = begin(date.get());
      } else if (time == null && times.matches()) {
        time = time(times.group(1), times.group(2));
        end = times.group(3) == null ? null : time(times.group(3), times.group(4));
        understood &= time != null && (times.group(3) == null || end != null && field.equals(FROM));
      } else {
        understood = false;
      }
    }
    if (!understood) {
      problems.add(wrong(field, label, RotationInput.typed(String.join(" ", words)), DAY_OR_TIME));
      return Optional.empty();
    }
    return Optional.of(new Moment(day, time, end));
  }

  private Optional<LocalDate> day(String word) {
    Matcher date = DATE.matcher(word);
    if (date.matches()) {
      try {
        return Optional.of(
            LocalDate.of(
                Integer.parseInt(date.group(1)),
                Integer.parseInt(date.group(2)),
                Integer.parseInt(date.group(3))));
      } catch (DateTimeException _) {
        return Optional.empty();
      }
    }
    return switch (word) {
      case "today" -> Optional.of(today());
      case "tomorrow" -> Optional.of(today().plusDays(1));
      default -> {
        Optional<DayOfWeek> weekday = WeekDays.find(word);
        yield weekday.map(each -> today().with(TemporalAdjusters.nextOrSame(each)));
      }
    };
  }

  private static @Nullable LocalTime time(String hours, String minutes) {
    int hour = Integer.parseInt(hours);
    int minute = Integer.parseInt(minutes);
    return hour < 24 && minute < 60 ? LocalTime.of(hour, minute) : null;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(now, zone);
  }

  private LocalDateTime begin(LocalDate day) {
    return day.atTime(dayBegins);
  }

  private Instant instant(LocalDateTime wallClock) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(wallClock);
    return transition != null && transition.isGap()
        ? transition.getInstant()
        : wallClock.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  private static Problem wrong(String field, String label, String found, String allowed) {
    return RotationInput.wrong(field, label, found, allowed);
  }
}
