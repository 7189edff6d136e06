package dev.bothy.platform.calendar.ical;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules of a zone that a file describes itself (RFC 5545 §3.6.5).
final class Observances {
  private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{2})(\\d{2})(\\d{2})?");

  /// No zone on record had more changes in a year than a few.
  private static final int MOST_ONSETS = 400;

  private Observances() {}

  /// A change of the clock.
  ///
  /// @param local by the clock before it
  private record Onset(LocalDateTime local, ZoneOffset before, ZoneOffset after) {}

  /// @param from from when on they have to be right: earlier, the first offset holds
  static ZoneRules rules(Component zone, LocalDateTime from, LocalDateTime until) throws Unusable {
    List<Onset> onsets = new ArrayList<>();
    for (Component part : zone.parts()) {
      if (part.name().equals("STANDARD") || part.name().equals("DAYLIGHT")) {
        add(onsets, part, from, until);
      }
      if (onsets.size() > MOST_ONSETS) {
        throw new Unusable("Its time zone changes the clock too often.");
      }
    }
    if (onsets.isEmpty()) {
      throw new Unusable("Its time zone is described without any offset.");
    }
    onsets.sort(Comparator.comparing(Onset::local));
    ZoneOffset first = onsets.getFirst().before();
    ZoneOffset offset = first;
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    for (Onset onset : onsets) {
      if (!onset.after().equals(offset)) {
        transitions.add(ZoneOffsetTransition.of(onset.local(), offset, onset.after()));
        offset = onset.after();
      }
    }
    try {
      return ZoneRules.of(first, first, List.of(), transitions, List.of());
    } catch (RuntimeException e) {
      throw new Unusable("Its time zone changes the clock twice at once.");
    }
  }

  private static void add(
      List<Onset> onsets, Component part, LocalDateTime from, LocalDateTime until) throws Unusable {
    ContentLine begins = part.property("DTSTART");
    if (begins == null) {
      throw new Unusable("Its time zone is described without a begin.");
    }
    LocalDateTime begin = local(begins.value());
    ZoneOffset before = offset(part, "TZOFFSETFROM");
    ZoneOffset after = offset(part, "TZOFFSETTO");
    onsets.add(new Onset(begin, before, after));
    for (ContentLine line : part.all("RDATE").toList()) {
      for (String date : line.value().split(",", MOST_ONSETS + 1)) {
        onsets.add(new Onset(local(date), before, after));
      }
    }
    ContentLine rule = part.property("RRULE");
    if (rule != null) {
      if (!rule.value().toUpperCase(Locale.ROOT).contains("FREQ=YEARLY")) {
        throw new Unusable("Its time zone changes the clock too often.");
      }
      // The year before decides with which offset the window begins.
      RepeatRule.parse(rule.value(), new Moment(begin, before.getRules(), false))
          .occurrences(from.minusYears(2), until.plusYears(1), MOST_ONSETS)
          .forEach(each -> onsets.add(new Onset(each, before, after)));
    }
  }

  private static LocalDateTime local(String written) throws Unusable {
    return Moment.local("time zone", written.strip().replace("Z", ""));
  }

  private static ZoneOffset offset(Component part, String name) throws Unusable {
    ContentLine line = part.property(name);
    Matcher matcher = OFFSET.matcher(line == null ? "" : line.value().strip());
    if (!matcher.matches()) {
      throw new Unusable("Its time zone is described with an offset that is none.");
    }
    int seconds =
        Integer.parseInt(matcher.group(2)) * 3_600
            + Integer.parseInt(matcher.group(3)) * 60
            + (matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4)));
    if (seconds > 18 * 3_600) {
      throw new Unusable("Its time zone is described with an offset that is none.");
    }
    return ZoneOffset.ofTotalSeconds(matcher.group(1).equals("-") ? -seconds : seconds);
  }
}
