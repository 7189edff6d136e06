package dev.bothy.platform.calendar.ical;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// When an event begins and how long it takes.
///
/// @param begin its DTSTART
/// @param days of an event of whole days, how many; else 0
/// @param length of any other; may be zero
record EventTimes(Moment begin, long days, Duration length) {
  private static final Pattern DURATION =
      Pattern.compile(
          "([+-]?)P(?:(\\d{1,6})W)?(?:(\\d{1,6})D)?(?:T(?:(\\d{1,6})H)?"
              + "(?:(\\d{1,6})M)?(?:(\\d{1,9})S)?)?");

  static EventTimes of(Component event, Zones zones) throws Unusable {
    ContentLine start = event.property("DTSTART");
    if (start == null) {
      throw new Unusable("It has no DTSTART.");
    }
    Moment begin = Moment.parse(start, zones);
    ContentLine end = event.property("DTEND");
    ContentLine duration = event.property("DURATION");
    if (begin.day()) {
      return new EventTimes(begin, days(begin, end, duration, zones), Duration.ZERO);
    }
    if (end != null) {
      Moment ends = Moment.parse(end, zones);
      Duration length = Duration.between(begin.instant(), ends.instant());
      if (length.isNegative()) {
        throw new Unusable("It ends before it begins.");
      }
      return new EventTimes(begin, 0, length);
    }
    return new EventTimes(begin, 0, duration == null ? Duration.ZERO : parse(duration.value()));
  }

  /// The end of the occurrence that begins then.
  Instant end(Moment occurrence) {
    return begin.day()
        ? occurrence.at(occurrence.local().plusDays(days)).instant()
        : occurrence.instant().plus(length);
  }

  /// How long before a window an occurrence may begin and still reach into it.
  Duration reach() {
    return begin.day() ? Duration.ofDays(days + 1) : length.plusDays(1);
  }

  /// Some writers give the last day as the end, and not the day after it: a day that ends as it
  /// begins is one day.
  private static long days(
      Moment begin, @Nullable ContentLine end, @Nullable ContentLine duration, Zones zones)
      throws Unusable {
    if (end != null) {
      LocalDateTime ends = Moment.parse(end, zones).local();
      long days = ChronoUnit.DAYS.between(begin.local(), ends);
      if (days < 0) {
        throw new Unusable("It ends before it begins.");
      }
      return Math.max(1, days);
    }
    return duration == null ? 1 : Math.max(1, parse(duration.value()).toDays());
  }

  private static Duration parse(String written) throws Unusable {
    Matcher matcher = DURATION.matcher(written.strip());
    if (!matcher.matches() || matcher.group(1).equals("-")) {
      throw new Unusable("Its DURATION is none.");
    }
    try {
      return Duration.ofDays(number(matcher, 2) * 7 + number(matcher, 3))
          .plusHours(number(matcher, 4))
          .plusMinutes(number(matcher, 5))
          .plusSeconds(number(matcher, 6));
    } catch (ArithmeticException | DateTimeException e) {
      throw new Unusable("Its DURATION is none.");
    }
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
