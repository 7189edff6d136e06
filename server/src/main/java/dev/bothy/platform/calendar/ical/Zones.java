package dev.bothy.platform.calendar.ical;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The zones that a calendar speaks of.
///
/// A name that this machine knows has its rules from here, whatever the file says of it; some
/// writers put their own name before a known one. Any other name means what its `VTIMEZONE` says:
/// Outlook's `W. Europe Standard Time`, or a made-up one. `TZURL` is never followed.
final class Zones {
  static final ZoneRules UTC = ZoneOffset.UTC.getRules();

  /// `America/Argentina/Buenos_Aires` has three parts, and no known name has more.
  private static final int PARTS = 3;

  private final ZoneRules floating;
  private final Map<String, Component> described = new HashMap<>();
  private final Map<String, ZoneRules> known = new HashMap<>();
  private final LocalDateTime from;
  private final LocalDateTime until;

  /// @param zone for days and for times without a zone, unless the file names one
  /// @param from from when on the file's own zones have to be right, and until when
  Zones(Component calendar, ZoneId zone, LocalDateTime from, LocalDateTime until) {
    this.from = from;
    this.until = until;
    calendar
        .parts("VTIMEZONE")
        .forEach(part -> {
          ContentLine name = part.property("TZID");
          if (name != null) {
            described.put(name.value().strip(), part);
          }
        });
    ContentLine ofCalendar = calendar.property("X-WR-TIMEZONE");
    ZoneRules named = ofCalendar == null ? null : machine(ofCalendar.value().strip());
    this.floating = named == null ? zone.getRules() : named;
  }

  ZoneRules floating() {
    return floating;
  }

  /// @param name null for a time that floats
  /// @throws Unusable if nothing explains the name
  ZoneRules of(@Nullable String name) throws Unusable {
    if (name == null) {
      return floating;
    }
    ZoneRules rules = known.get(name);
    if (rules == null) {
      rules = find(name);
      known.put(name, rules);
    }
    return rules;
  }

  private ZoneRules find(String name) throws Unusable {
    ZoneRules rules = machine(name);
    Component description = described.get(name);
    if (rules == null && description != null) {
      ContentLine location = description.property("X-LIC-LOCATION");
      rules = location == null ? null : machine(location.value().strip());
    }
    if (rules == null) {
      rules = suffix(name);
    }
    if (rules != null) {
      return rules;
    }
    if (description == null) {
      throw new Unusable("Its time zone is not known, and the file does not describe it.");
    }
    return Observances.rules(description, from, until);
  }

  /// `/example.org/Tzfile/Europe/Berlin` means `Europe/Berlin`.
  private static @Nullable ZoneRules suffix(String name) {
    String[] parts = name.split("/", 20);
    for (int count = Math.min(PARTS, parts.length - 1); count >= 2; count--) {
      String end = String.join("/", Arrays.copyOfRange(parts, parts.length - count, parts.length));
      ZoneRules rules = machine(end);
      if (rules != null) {
        return rules;
      }
    }
    return null;
  }

  private static @Nullable ZoneRules machine(String name) {
    try {
      return ZoneId.of(name).getRules();
    } catch (DateTimeException unknown) {
      return null;
    }
  }
}
