package dev.bothy.platform.calendar.ical;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.fortuna.ical4j.model.Recur;

/// A recurrence rule (RFC 5545 §3.3.10). ical4j expands it; before that it is checked for what
/// would make the expansion long, since a rule of thirty characters can ask for a billion times.
///
/// It is expanded on the wall clock: each time becomes an instant afterwards.
final class RepeatRule {
  private static final int LONGEST = 1_000;

  /// More hours, minutes and seconds in a day than a calendar of people has.
  private static final int MOST_TIMES_A_DAY = 24;

  /// A rule with COUNT is counted from its begin: 20,000 days are 55 years.
  private static final long MOST_STEPS = 20_000;

  /// `UNTIL` is not handed on: what it means depends on the zone.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "FREQ",
          "INTERVAL",
          "COUNT",
          "WKST",
          "BYDAY",
          "BYMONTHDAY",
          "BYYEARDAY",
          "BYWEEKNO",
          "BYMONTH",
          "BYSETPOS",
          "BYHOUR",
          "BYMINUTE",
          "BYSECOND");

  private final Map<String, String> parts;
  private final Moment begin;

  private RepeatRule(Map<String, String> parts, Moment begin) {
    this.parts = parts;
    this.begin = begin;
  }

  /// @param begin the event's DTSTART
  /// @throws Unusable if it is no rule, or asks for too much
  static RepeatRule parse(String written, Moment begin) throws Unusable {
    if (written.length() > LONGEST) {
      throw new Unusable("Its rule is too long.");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : written.strip().toUpperCase(Locale.ROOT).split(";", LONGEST)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals), part.substring(equals + 1).strip());
      } else if (!part.isBlank()) {
        throw new Unusable("Its rule cannot be read.");
      }
    }
    RepeatRule rule = new RepeatRule(parts, begin);
    rule.check();
    return rule;
  }

  /// The times within the window, earliest first. DTSTART is not among them unless the rule says
  /// so.
  ///
  /// @param from on the wall clock, and so is `until`, which belongs to the window
  /// @param most one more than so many is refused
  List<LocalDateTime> occurrences(LocalDateTime from, LocalDateTime until, int most)
      throws Unusable {
    LocalDateTime last = last();
    LocalDateTime end = last.isBefore(until) ? last : until;
    if (end.isBefore(from) || end.isBefore(begin.local())) {
      return List.of();
    }
    checkCount(end);
    List<LocalDateTime> times;
    try {
      // A window that is a moment is none for the library.
      times = expand(from, end.plusSeconds(1), most + 1);
    } catch (RuntimeException e) {
      // The library throws several kinds for what it does not understand.
      throw new Unusable("Its rule cannot be read.");
    }
    if (times.size() > most) {
      throw new Unusable("It repeats more than " + most + " times in the time that is looked at.");
    }
    return times.stream().filter(time -> !time.isAfter(end) && !time.isBefore(from)).toList();
  }

  private List<LocalDateTime> expand(LocalDateTime from, LocalDateTime end, int most) {
    String rule = rule();
    if (begin.day()) {
      return new Recur<LocalDate>(rule)
              .getDates(
                  begin.local().toLocalDate(),
                  from.toLocalDate(),
                  end.toLocalDate().plusDays(1),
                  most)
              .stream()
              .map(LocalDate::atStartOfDay)
              .toList();
    }
    return new Recur<LocalDateTime>(rule).getDates(begin.local(), from, end, most);
  }

  private String rule() {
    StringBuilder rule = new StringBuilder("FREQ=").append(parts.get("FREQ"));
    parts.forEach((name, value) -> {
      if (!name.equals("FREQ") && UNDERSTOOD.contains(name)) {
        rule.append(';').append(name).append('=').append(value);
      }
    });
    return rule.toString();
  }

  private void check() throws Unusable {
    switch (parts.getOrDefault("FREQ", "")) {
      case "SECONDLY" -> throw new Unusable("It repeats every second.");
      case "MINUTELY" -> throw new Unusable("It repeats every minute.");
      case "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY" -> {}
      default -> throw new Unusable("Its rule does not say how often it repeats.");
    }
    for (String name : parts.keySet()) {
      if (!UNDERSTOOD.contains(name) && !name.equals("UNTIL") && !name.startsWith("X-")) {
        throw new Unusable("Its rule has a part that is not understood.");
      }
    }
    if (number("INTERVAL", 1) < 1 || number("COUNT", 1) < 1) {
      throw new Unusable("Its rule repeats by a number that is none.");
    }
    long timesADay = (long) values("BYHOUR") * values("BYMINUTE") * values("BYSECOND");
    if (timesADay > MOST_TIMES_A_DAY) {
      throw new Unusable("It repeats too often in a day.");
    }
    last();
  }

  /// Without COUNT the library goes straight to the window.
  private void checkCount(LocalDateTime end) throws Unusable {
    if (!parts.containsKey("COUNT")) {
      return;
    }
    Duration step =
        switch (parts.getOrDefault("FREQ", "")) {
          case "HOURLY" -> ChronoUnit.HOURS.getDuration();
          case "DAILY" -> ChronoUnit.DAYS.getDuration();
          case "WEEKLY" -> ChronoUnit.WEEKS.getDuration();
          case "MONTHLY" -> ChronoUnit.MONTHS.getDuration();
          default -> ChronoUnit.YEARS.getDuration();
        };
    long steps =
        Duration.between(begin.local(), end).toSeconds() / step.toSeconds() / number("INTERVAL", 1);
    if (steps > MOST_STEPS && number("COUNT", 1) > MOST_STEPS) {
      throw new Unusable("It is counted from too long ago.");
    }
  }

  /// What `UNTIL` means on the event's wall clock; a day means the whole of it.
  private LocalDateTime last() throws Unusable {
    String until = parts.get("UNTIL");
    if (until == null) {
      return LocalDateTime.MAX.minusYears(1);
    }
    LocalDateTime written = Moment.local("rule's end", until);
    if (!until.contains("T")) {
      return written.plusDays(1).minusSeconds(1);
    }
    return until.endsWith("Z") && !begin.day()
        ? LocalDateTime.ofEpochSecond(
            written.toEpochSecond(ZoneOffset.UTC),
            0,
            begin.zone().getOffset(written.toInstant(ZoneOffset.UTC)))
        : written;
  }

  private int number(String name, int otherwise) throws Unusable {
    String written = parts.get(name);
    if (written == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(written);
    } catch (NumberFormatException e) {
      throw new Unusable("Its rule repeats by a number that is none.");
    }
  }

  private int values(String name) {
    String list = parts.get(name);
    return list == null ? 1 : list.split(",", LONGEST).length;
  }
}
