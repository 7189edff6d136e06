package dev.bothy.operator.backup;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The times of a schedule as cron writes it: minute, hour, day of the month, month, day of the
/// week. Each is `*`, a number, a range `a-b`, either with a step `/n`, or a list of those; months
/// and days of the week may be named by three letters, and Sunday is 0 or 7. Where both days are
/// restricted, either is enough.
///
/// A time that the zone's clocks skip in spring happens when they have gone forward, and one that
/// they show twice in autumn happens the first time alone.
///
/// It is our own: the library in wide use, cron-utils, has had no release since 2023 and a line of
/// mistakes around the changes of clocks, and this one dialect is all that Kubernetes knows.
public final class Cron {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final int FIELDS = 5;
  private static final int SUNDAY = 7;

  /// A 29th of February on a given day of the week comes at least every 40 years.
  private static final int LONGEST_DAYS = 40 * 366;

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet daysOfMonth;
  private final BitSet months;
  private final BitSet daysOfWeek;
  private final boolean eitherDay;
  private final ZoneId zone;

  /// @param zone e.g. `Europe/Berlin`
  /// @throws WrongSchedule if that is no schedule or no zone, or one whose time never comes
  public Cron(String schedule, String zone) {
    String[] fields = schedule.strip().split("\\s+", -1);
    if (fields.length != FIELDS) {
      throw new WrongSchedule(
          "'%s' has %d fields instead of five: minute, hour, day of the month, month, day of the week"
              .formatted(schedule, fields.length));
    }
    minutes = field(fields[0], 0, 59, List.of());
    hours = field(fields[1], 0, 23, List.of());
    daysOfMonth = field(fields[2], 1, 31, List.of());
    months = field(fields[3], 1, 12, MONTHS);
    daysOfWeek = field(fields[4], 0, SUNDAY, DAYS);
    if (daysOfWeek.get(0)) {
      daysOfWeek.set(SUNDAY);
    }
    eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
    try {
      this.zone = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new WrongSchedule("'%s' is no time zone: write it like Europe/Berlin".formatted(zone));
    }
    if (lastAtOrBefore(Instant.parse("2040-01-01T00:00:00Z")).isEmpty()) {
      throw new WrongSchedule("'%s' names a day that never comes".formatted(schedule));
    }
  }

  /// The first time after this one.
  public Instant firstAfter(Instant instant) {
    LocalDate day = instant.atZone(zone).toLocalDate().minusDays(1);
    for (int i = 0; i < LONGEST_DAYS; i++, day = day.plusDays(1)) {
      if (isOn(day)) {
        for (Instant time : times(day)) {
          if (time.isAfter(instant)) {
            return time;
          }
        }
      }
    }
    throw new IllegalStateException("A schedule whose time never comes");
  }

  /// The last time until this one; empty if there never was any.
  public Optional<Instant> lastAtOrBefore(Instant instant) {
    LocalDate day = instant.atZone(zone).toLocalDate().plusDays(1);
    for (int i = 0; i < LONGEST_DAYS; i++, day = day.minusDays(1)) {
      if (isOn(day)) {
        for (Instant time : times(day).reversed()) {
          if (!time.isAfter(instant)) {
            return Optional.of(time);
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isOn(LocalDate day) {
    boolean month = months.get(day.getMonthValue());
    boolean dayOfMonth = daysOfMonth.get(day.getDayOfMonth());
    DayOfWeek name = day.getDayOfWeek();
    boolean dayOfWeek = daysOfWeek.get(name.getValue());
    return month && (eitherDay ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek);
  }

  /// Those of a day, in order, each once.
  private List<Instant> times(LocalDate day) {
    List<Instant> times = new ArrayList<>();
    for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
      for (int minute = minutes.nextSetBit(0);
          minute >= 0;
          minute = minutes.nextSetBit(minute + 1)) {
        // Of a time that is there twice this is the first; one that is not there is moved on.
        times.add(day.atTime(LocalTime.of(hour, minute)).atZone(zone).toInstant());
      }
    }
    return times.stream().sorted().distinct().toList();
  }

  private static BitSet field(String text, int least, int most, List<String> names) {
    BitSet set = new BitSet();
    for (String part : text.split(",", -1)) {
      String[] range = part.split("/", -1);
      int step = range.length == 2 ? number(range[1], 1, most, List.of(), text) : 1;
      if (range.length > 2) {
        throw wrong(text, least, most);
      }
      int from;
      int to;
      if (range[0].equals("*")) {
        from = least;
        to = most;
      } else {
        String[] ends = range[0].split("-", -1);
        from = number(ends[0], least, most, names, text);
        // 5/15 is from 5 on.
        int open = range.length == 2 ? most : from;
        to = ends.length == 2 ? number(ends[1], least, most, names, text) : open;
        if (ends.length > 2 || to < from) {
          throw wrong(text, least, most);
        }
      }
      for (int value = from; value <= to; value += step) {
        set.set(value);
      }
    }
    return set;
  }

  private static int number(String text, int least, int most, List<String> names, String field) {
    int named = names.indexOf(text.toLowerCase(Locale.ROOT));
    if (named >= 0) {
      return named + least;
    }
    if (!text.matches("[0-9]{1,4}")) {
      throw wrong(field, least, most);
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw wrong(field, least, most);
    }
    return number;
  }

  private static WrongSchedule wrong(String field, int least, int most) {
    return new WrongSchedule(
        "'%s' is none of what may stand there: *, numbers from %d to %d, ranges, steps and lists"
            .formatted(field, least, most));
  }

  /// What was written is no schedule; the message is for whoever wrote it.
  public static final class WrongSchedule extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    WrongSchedule(String message) {
      super(message);
    }
  }
}
