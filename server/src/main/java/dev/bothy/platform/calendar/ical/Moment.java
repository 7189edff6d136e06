package dev.bothy.platform.calendar.ical;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.zone.ZoneRules;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A DATE or DATE-TIME (RFC 5545 §3.3.4, §3.3.5) with the rules of the zone that it is read in.
///
/// @param local on the wall clock; of a day its midnight
/// @param zone of a day: of whoever the calendar is about
/// @param day whether it is a whole day
record Moment(LocalDateTime local, ZoneRules zone, boolean day) {
  private static final Pattern WRITTEN =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:T(\\d{2})(\\d{2})(\\d{2})(Z?))?");

  /// @throws Unusable if it is no date, or names a zone that nothing explains
  static Moment parse(ContentLine line, Zones zones) throws Unusable {
    return parse(line, line.value().strip(), zones);
  }

  /// @param written one of the values of a line that may have several
  static Moment parse(ContentLine line, String written, Zones zones) throws Unusable {
    LocalDateTime local = local(line.name(), written);
    if (!written.contains("T")) {
      return new Moment(local, zones.floating(), true);
    }
    return new Moment(
        local, written.endsWith("Z") ? Zones.UTC : zones.of(line.parameter("TZID")), false);
  }

  /// What the wall clock shows.
  ///
  /// @param what it is, for the sentence about what is wrong
  static LocalDateTime local(String what, String written) throws Unusable {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      throw new Unusable("Its " + what + " is no date and time.");
    }
    try {
      return LocalDateTime.of(
          part(matcher, 1),
          part(matcher, 2),
          part(matcher, 3),
          part(matcher, 4),
          part(matcher, 5),
          // A leap second is the second before it.
          Math.min(59, part(matcher, 6)));
    } catch (DateTimeException impossible) {
      throw new Unusable("Its " + what + " is a date or time that does not exist.");
    }
  }

  private static int part(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /// A time that the clock skips counts as if it were not skipped, one that it shows twice is the
  /// first (RFC 5545 §3.3.5).
  Instant instant() {
    return local.toInstant(zone.getOffset(local));
  }

  Moment at(LocalDateTime other) {
    return new Moment(other, zone, day);
  }

  /// Names an occurrence, whatever zone it is written in: `2026-12-24` or `2026-12-24T09:00:00Z`.
  String name() {
    return day ? local.toLocalDate().toString() : instant().toString();
  }
}
