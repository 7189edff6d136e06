package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.calendar.Told;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A request for time off as HiBob tells it. Nothing of it is read but whose, when and which kind:
/// no name, no address, no description.
///
/// @param request its id
/// @param employee whose
/// @param type how the time is given, as HiBob names it: `days`, `hours`, `portionOnRange`, …
/// @param first day
/// @param last day; null if it is not known yet
/// @param startPortion of the first day, or of each: `all_day`, `morning`, `afternoon`
/// @param endPortion of the last day
/// @param hours in a day; null if it is told otherwise
/// @param percent of a day; null if it is told otherwise
/// @param startTime on each day; null if it is not told
/// @param endTime on each day; null if it is not told
/// @param days each day by itself, where they differ
/// @param leave the kind of leave; null where HiBob keeps it private
/// @param previous the request that this one takes the place of; null if there is none
record TimeOff(
    String request,
    String employee,
    String type,
    LocalDate first,
    @Nullable LocalDate last,
    String startPortion,
    String endPortion,
    @Nullable BigDecimal hours,
    @Nullable BigDecimal percent,
    @Nullable LocalTime startTime,
    @Nullable LocalTime endTime,
    List<Day> days,
    @Nullable String leave,
    @Nullable String previous) {
  static final String ALL_DAY = "all_day";

  /// A day of a request whose days differ.
  record Day(
      LocalDate date,
      String portion,
      @Nullable BigDecimal hours,
      @Nullable LocalTime startTime,
      @Nullable LocalTime endTime) {}

  /// @throws IllegalArgumentException if it says not whose, which or when; the message quotes
  ///   nothing
  static TimeOff read(JsonNode node) {
    try {
      LocalDate first = date(node, "startDate", "date");
      LocalDate last = date(node, "endDate", "date");
      String type = text(node, "type", "requestRangeType");
      if (first == null || (last != null && last.isBefore(first))) {
        throw new IllegalArgumentException("A request without its days");
      }
      String portion = portion(text(node, "dayPortion"));
      return new TimeOff(
          required(node, "requestId", 50),
          required(node, "employeeId", 100),
          type == null ? "days" : type,
          first,
          "openEnded".equals(type) ? null : last == null ? first : last,
          text(node, "dayPortion") == null
              ? portion(text(node, "startPortion", "startDatePortion"))
              : portion,
          portion(text(node, "endPortion", "endDatePortion")),
          hours(node),
          number(node, "percentageOfDay", "percentage"),
          time(node, "localStartTime", "startTime"),
          time(node, "localEndTime", "endTime"),
          days(node),
          leave(node),
          text(node, "previousRequestId"));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("A request with a date that is none", e);
    }
  }

  private static List<Day> days(JsonNode node) {
    List<Day> days = new ArrayList<>();
    for (JsonNode each : node.path("durations")) {
      LocalDate date = date(each, "date");
      if (date != null) {
        days.add(
            new Day(
                date,
                portion(text(each, "portion", "dayPortion")),
                hours(each),
                time(each, "localStartTime", "startTime"),
                time(each, "localEndTime", "endTime")));
      }
    }
    return days;
  }

  private static @Nullable String leave(JsonNode node) {
    String leave = text(node, "policyTypeDisplayName");
    boolean isPrivate = "private".equalsIgnoreCase(text(node, "visibility"));
    if (leave == null || leave.isBlank() || isPrivate) {
      return null;
    }
    String line = leave.strip().replaceAll("\\p{Cntrl}", " ");
    return line.length() <= Told.LONGEST_LEAVE_TYPE
        ? line
        : line.substring(0, Told.LONGEST_LEAVE_TYPE);
  }

  private static @Nullable BigDecimal hours(JsonNode node) {
    BigDecimal hours = number(node, "hoursOnDate", "dailyHours", "hours");
    BigDecimal minutes = number(node, "dailyMinutes", "minutes");
    if (minutes == null) {
      return hours;
    }
    BigDecimal ofMinutes = minutes.divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP);
    return hours == null ? ofMinutes : hours.add(ofMinutes);
  }

  private static String portion(@Nullable String written) {
    return written == null ? ALL_DAY : written.toLowerCase(Locale.ROOT);
  }

  private static String required(JsonNode node, String name, int longest) {
    String text = text(node, name);
    if (text == null || text.isBlank() || text.length() > longest) {
      throw new IllegalArgumentException("A request without its ids");
    }
    return text;
  }

  private static @Nullable LocalDate date(JsonNode node, String... names) {
    String text = text(node, names);
    return text == null ? null : LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
  }

  private static @Nullable LocalTime time(JsonNode node, String... names) {
    String text = text(node, names);
    return text == null ? null : LocalTime.parse(text);
  }

  private static @Nullable BigDecimal number(JsonNode node, String... names) {
    for (String name : names) {
      if (node.path(name).isNumber()) {
        return node.path(name).decimalValue();
      }
    }
    return null;
  }

  private static @Nullable String text(JsonNode node, String... names) {
    for (String name : names) {
      JsonNode value = node.path(name);
      if (value.isString() || value.isNumber()) {
        return value.asString();
      }
    }
    return null;
  }
}
