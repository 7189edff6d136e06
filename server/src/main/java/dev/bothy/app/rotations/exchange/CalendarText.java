package dev.bothy.app.rotations.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The lines of an iCalendar text (RFC 5545 §3.1): each ends with CR LF, and one of more than 75
/// octets goes on in the next line, after a space. Folded by octets of UTF-8 and never within a
/// character: a library that counts characters makes lines that are too long, and may tear an emoji
/// in two.
final class CalendarText {
  private static final int MOST_OCTETS = 75;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final StringBuilder text = new StringBuilder();

  /// A line whose value needs no escaping.
  CalendarText line(String name, String value) {
    int octets = 0;
    String whole = name + ":" + value;
    for (int at = 0; at < whole.length(); ) {
      int character = whole.codePointAt(at);
      int length = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
      if (octets + length > MOST_OCTETS) {
        text.append("\r\n ");
        octets = 1;
      }
      text.appendCodePoint(character);
      octets += length;
      at += Character.charCount(character);
    }
    text.append("\r\n");
    return this;
  }

  /// A line whose value is text that people wrote.
  CalendarText words(String name, String value) {
    return line(name, escaped(value));
  }

  /// A line with an instant, in UTC and to the second.
  CalendarText time(String name, Instant instant) {
    return line(name, TIME.format(instant));
  }

  /// RFC 5545 §3.3.11. A line break of any kind is `\n`; other control characters, which the format
  /// has no place for, are left out.
  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    wellFormed(value)
        .replace("\r\n", "\n")
        .replaceAll("[\r\u000B\f\u0085\u2028\u2029]", "\n")
        .codePoints()
        .forEach(character -> {
          switch (character) {
            case '\\', ';', ',' -> escaped.append('\\').appendCodePoint(character);
            case '\n' -> escaped.append("\\n");
            default -> {
              if (!Character.isISOControl(character)) {
                escaped.appendCodePoint(character);
              }
            }
          }
        });
    return escaped.toString();
  }

  /// Half of a pair of surrogates has no octets in UTF-8.
  private static String wellFormed(String value) {
    return value
        .codePoints()
        .map(each -> Character.getType(each) == Character.SURROGATE ? 0xFFFD : each)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
