package dev.bothy.platform.calendar.hibob;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From when to when somebody is away by a request, on their own clock.
///
/// ## Parts of a day
///
/// HiBob knows mornings and afternoons without their hours: noon is between them. Where it tells
/// hours with their begin and end, those count. Where it tells only how many (`hours`,
/// `hoursOnRange`, `percentageOnRange`), nobody knows which: [#WHOLE_HOURS] and more are the whole
/// day, fewer are left out.
final class TimeOffTimes {
  /// Three quarters of a working day of eight hours.
  static final BigDecimal WHOLE_HOURS = BigDecimal.valueOf(6);

  static final BigDecimal WHOLE_PERCENT = BigDecimal.valueOf(75);

  private static final int MOST_DAYS = 400;

  private TimeOffTimes() {}

  /// A time in which somebody is away.
  record Away(Instant from, Instant to, boolean allDay) {}

  /// @param until where one that has no end yet ends for now
  /// @return empty for a request of a few hours that does not say which
  static List<Away> of(TimeOff request, ZoneId zone, LocalDate until) {
    LocalDate last = request.last() == null ? latest(request.first(), until) : request.last();
    if (!request.days().isEmpty()) {
      List<Away> each = new ArrayList<>();
      for (TimeOff.Day day : request.days()) {
        add(each, day.date(), day.portion(), day.hours(), day.startTime(), day.endTime(), zone);
      }
      return each;
    }
    return switch (request.type()) {
      case "days", "openEnded" -> List.of(range(request, last, zone));
      case "portionOnRange" ->
          eachDay(request, last, request.startPortion(), null, null, null, zone);
      case "specificHoursDayDurations" ->
          eachDay(
              request,
              last,
              TimeOff.ALL_DAY,
              request.hours(),
              request.startTime(),
              request.endTime(),
              zone);
      case "percentageOnRange" ->
          request.percent() != null && request.percent().compareTo(WHOLE_PERCENT) < 0
              ? List.of()
              : List.of(whole(request.first(), last, zone));
      // By hours, and whatever HiBob adds: whole days unless it says that it is less.
      default ->
          request.hours() != null && request.hours().compareTo(WHOLE_HOURS) < 0
              ? List.of()
              : List.of(whole(request.first(), last, zone));
    };
  }

  private static Away range(TimeOff request, LocalDate last, ZoneId zone) {
    boolean oneDay = request.first().equals(last);
    boolean lateStart = request.startPortion().equals("afternoon");
    boolean earlyEnd =
        request.endPortion().equals("morning")
            || (oneDay && request.startPortion().equals("morning"));
    if (!lateStart && !earlyEnd) {
      return whole(request.first(), last, zone);
    }
    Instant from = at(request.first(), lateStart ? LocalTime.NOON : LocalTime.MIDNIGHT, zone);
    Instant to = earlyEnd ? at(last, LocalTime.NOON, zone) : start(last.plusDays(1), zone);
    // Away in the afternoon till the morning of one and the same day: HiBob means the day.
    return from.isBefore(to) ? new Away(from, to, false) : whole(request.first(), last, zone);
  }

  private static List<Away> eachDay(
      TimeOff request,
      LocalDate last,
      String portion,
      @Nullable BigDecimal hours,
      @Nullable LocalTime startTime,
      @Nullable LocalTime endTime,
      ZoneId zone) {
    List<Away> each = new ArrayList<>();
    for (LocalDate date = request.first();
        !date.isAfter(last) && each.size() < MOST_DAYS;
        date = date.plusDays(1)) {
      add(each, date, portion, hours, startTime, endTime, zone);
    }
    return each;
  }

  private static void add(
      List<Away> each,
      LocalDate date,
      String portion,
      @Nullable BigDecimal hours,
      @Nullable LocalTime startTime,
      @Nullable LocalTime endTime,
      ZoneId zone) {
    if (startTime != null && endTime != null && startTime.isBefore(endTime)) {
      each.add(new Away(at(date, startTime, zone), at(date, endTime, zone), false));
    } else if (portion.equals("morning")) {
      each.add(new Away(start(date, zone), at(date, LocalTime.NOON, zone), false));
    } else if (portion.equals("afternoon")) {
      each.add(new Away(at(date, LocalTime.NOON, zone), start(date.plusDays(1), zone), false));
    } else if (hours == null || hours.compareTo(WHOLE_HOURS) >= 0) {
      each.add(whole(date, date, zone));
    }
  }

  private static Away whole(LocalDate first, LocalDate last, ZoneId zone) {
    return new Away(start(first, zone), start(last.plusDays(1), zone), true);
  }

  private static LocalDate latest(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant start(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toInstant();
  }

  private static Instant at(LocalDate date, LocalTime time, ZoneId zone) {
    return date.atTime(time).atZone(zone).toInstant();
  }
}
