package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.AbsenceInput;
import dev.bothy.platform.calendar.AbsenceWords;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.springframework.util.MultiValueMap;

/// An absence as its form sends and shows it.
///
/// @param who whose it is, as [AbsencePeople.Who#text] says
/// @param from the first day
/// @param to the last day; empty for the first one
record AbsenceForm(
    String who, String from, String to, String fromTime, String toTime, String timeZone) {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  static AbsenceForm empty(String who, LocalDate day) {
    return new AbsenceForm(who, day.toString(), "", "", "", "");
  }

  static AbsenceForm of(MultiValueMap<String, String> values) {
    return new AbsenceForm(
        value(values, "who"),
        value(values, AbsenceInput.FROM),
        value(values, AbsenceInput.TO),
        value(values, AbsenceInput.FROM_TIME),
        value(values, AbsenceInput.TO_TIME),
        value(values, AbsenceInput.TIME_ZONE));
  }

  /// @param zone the person's
  static AbsenceForm of(Absence absence, ZoneId zone) {
    String who = new AbsencePeople.Who(absence.connection(), absence.account()).text();
    ZonedDateTime start = absence.from().atZone(zone);
    ZonedDateTime end = absence.to().atZone(zone);
    boolean whole = AbsenceWords.wholeDays(absence.from(), absence.to(), zone);
    LocalDate last = absence.to().minusNanos(1).atZone(zone).toLocalDate();
    return new AbsenceForm(
        who,
        start.toLocalDate().toString(),
        last.toString(),
        whole ? "" : CLOCK.format(start),
        whole ? "" : CLOCK.format(end),
        "");
  }

  AbsenceInput input() {
    // A program's instants are not what a form asks for.
    return new AbsenceInput(
        from.replace('T', ' '), to.replace('T', ' '), fromTime, toTime, timeZone);
  }

  private static String value(MultiValueMap<String, String> values, String name) {
    return Objects.requireNonNullElse(values.getFirst(name), "").strip();
  }
}
