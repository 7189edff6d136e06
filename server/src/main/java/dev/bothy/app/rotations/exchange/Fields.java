package dev.bothy.app.rotations.exchange;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The members of a JSON object, read as what they should be. Whatever is something else is said
/// with the name of the member.
record Fields(JsonNode node) {
  /// By the name that a rotation has it by.
  static final ZoneId UTC = ZoneId.of("UTC");

  private static final int LONGEST_NAME = 200;
  private static final DateTimeFormatter BASIC_OFFSET =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX][X]", Locale.ROOT);

  /// Text on one line, at most 200 characters; null if there is none, or only blanks.
  @Nullable String text(String member) {
    JsonNode value = node.get(member);
    if (value == null || !value.isValueNode() || value.isNull()) {
      return null;
    }
    String line = value.asString("").replaceAll("\\p{Cntrl}+", " ").strip();
    if (line.isEmpty()) {
      return null;
    }
    return line.codePointCount(0, line.length()) > LONGEST_NAME
        ? line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME))
        : line;
  }

  String text(String member, String otherwise) {
    String text = text(member);
    return text == null ? otherwise : text;
  }

  /// The first of these members that has text.
  @Nullable String firstText(String... members) {
    for (String member : members) {
      String text = text(member);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  boolean isFalse(String member) {
    JsonNode value = node.get(member);
    return value != null && value.isBoolean() && !value.booleanValue();
  }

  boolean has(String member) {
    JsonNode value = node.get(member);
    return value != null && !value.isNull() && !(value.isContainer() && value.isEmpty());
  }

  long number(String member) throws Unreadable {
    JsonNode value = node.get(member);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new Unreadable("`" + member + "` is missing, or no whole number");
    }
    return value.asLong();
  }

  /// A whole number from 1 on.
  int count(String member, int otherwise) throws Unreadable {
    if (!has(member)) {
      return otherwise;
    }
    long number = number(member);
    if (number < 1 || number > 10_000) {
      throw new Unreadable("`" + member + "` is " + number + "; it takes 1 to 10,000");
    }
    return (int) number;
  }

  Fields object(String member) {
    JsonNode value = node.path(member);
    return new Fields(value);
  }

  /// The objects of a list; what is none is left out. Without the list, none.
  List<Fields> list(String member) {
    JsonNode value = node.path(member);
    List<Fields> objects = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(each -> {
        if (each.isObject()) {
          objects.add(new Fields(each));
        }
      });
    }
    return objects;
  }

  /// The texts of a list; null if there is no list, or an empty one.
  @Nullable List<String> texts(String member) {
    JsonNode value = node.get(member);
    if (value == null || !value.isArray() || value.isEmpty()) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    value.forEach(each -> texts.add(each.asString("")));
    return texts;
  }

  /// An instant with its offset, such as `2026-11-27T09:00:00Z`; null if there is none.
  @Nullable Instant instant(String member) throws Unreadable {
    String text = text(member);
    if (text == null) {
      return null;
    }
    try {
      return within(OffsetDateTime.parse(text, BASIC_OFFSET).toInstant(), member);
    } catch (DateTimeException e) {
      try {
        return within(OffsetDateTime.parse(text).toInstant(), member);
      } catch (DateTimeException again) {
        throw new Unreadable("`" + member + "` is no time with an offset: " + text);
      }
    }
  }

  Instant required(String member) throws Unreadable {
    Instant instant = instant(member);
    if (instant == null) {
      throw new Unreadable("`" + member + "` is missing");
    }
    return instant;
  }

  /// A wall-clock time, such as `2026-11-27T09:00:00`; an offset is left out.
  @Nullable LocalDateTime wallClock(String member) throws Unreadable {
    String text = text(member);
    if (text == null) {
      return null;
    }
    try {
      LocalDateTime time = LocalDateTime.parse(text.replaceFirst("(Z|[+-]\\d\\d:?\\d\\d)$", ""));
      within(time.toInstant(ZoneOffset.UTC), member);
      return time.withSecond(0).withNano(0);
    } catch (DateTimeException e) {
      throw new Unreadable("`" + member + "` is no time: " + text);
    }
  }

  LocalTime time(String member) throws Unreadable {
    String text = text(member, "");
    try {
      return LocalTime.parse(text).withSecond(0).withNano(0);
    } catch (DateTimeException e) {
      throw new Unreadable("`" + member + "` is no time of day: " + text);
    }
  }

  /// A zone of the tz database; null if there is none.
  @Nullable ZoneId zone(String member) throws Unreadable {
    String text = text(member);
    if (text == null) {
      return null;
    }
    try {
      return zoneNamed(text);
    } catch (DateTimeException e) {
      throw new Unreadable("`" + member + "` is no time zone of the tz database: " + text);
    }
  }

  /// A zone that a rotation may have: that of a place, or UTC by any of its names.
  ///
  /// @throws DateTimeException for any other, such as a fixed offset
  static ZoneId zoneNamed(String name) {
    ZoneId zone = ZoneId.of(name);
    boolean place = name.contains("/") && !name.startsWith("Etc/");
    if (place) {
      return zone;
    }
    if (zone.getRules().isFixedOffset()
        && zone.getRules().getOffset(Instant.EPOCH).equals(ZoneOffset.UTC)) {
      return UTC;
    }
    throw new DateTimeException("No place");
  }

  /// A day of the week by its name, or its first two letters as in iCalendar.
  static DayOfWeek day(String text) throws Unreadable {
    String folded = text.strip().toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().equals(folded) || day.name().substring(0, 2).equals(folded)) {
        return day;
      }
    }
    throw new Unreadable("it has no day of the week where one should be: " + text);
  }

  private static Instant within(Instant instant, String member) throws Unreadable {
    if (instant.isBefore(Instant.parse("1990-01-01T00:00:00Z"))
        || instant.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
      throw new Unreadable("`" + member + "` lies outside of 1990 to 2200");
    }
    return instant;
  }
}
