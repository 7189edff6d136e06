package dev.bothy.platform.calendar.ical;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A property (RFC 5545 §3.1), unfolded.
///
/// @param number of its first line in the file, from 1
/// @param name upper case, e.g. `DTSTART`
/// @param parameters by upper-case name, without quotes; of one that stands twice the last
/// @param value as it stands in the file, escapes included
record ContentLine(int number, String name, Map<String, String> parameters, String value) {
  /// @return null if it is no content line: no colon, or no name before it
  static @Nullable ContentLine parse(int number, String text) {
    int nameEnd = 0;
    while (nameEnd < text.length() && isNameCharacter(text.charAt(nameEnd))) {
      nameEnd++;
    }
    if (nameEnd == 0 || nameEnd == text.length()) {
      return null;
    }
    String name = text.substring(0, nameEnd).toUpperCase(Locale.ROOT);
    Map<String, String> parameters = new HashMap<>();
    int at = nameEnd;
    while (at < text.length() && text.charAt(at) == ';') {
      int end = endOfParameter(text, at + 1);
      addParameter(parameters, text.substring(at + 1, end));
      at = end;
    }
    if (at >= text.length() || text.charAt(at) != ':') {
      return null;
    }
    return new ContentLine(number, name, Map.copyOf(parameters), text.substring(at + 1));
  }

  @Nullable String parameter(String parameter) {
    return parameters.get(parameter);
  }

  /// The value as people read it (RFC 5545 §3.3.11), on one line.
  String text() {
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == '\\' && i + 1 < value.length()) {
        i++;
        char escaped = value.charAt(i);
        plain.append(escaped == 'n' || escaped == 'N' ? ' ' : escaped);
      } else {
        plain.append(Character.isISOControl(character) ? ' ' : character);
      }
    }
    return plain.toString().strip();
  }

  /// Without the value, which is somebody's.
  @Override
  public String toString() {
    return "ContentLine[" + number + " " + name + "]";
  }

  private static int endOfParameter(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"') {
        quoted = !quoted;
      } else if (!quoted && (character == ';' || character == ':')) {
        return i;
      }
    }
    return text.length();
  }

  private static void addParameter(Map<String, String> parameters, String written) {
    int equals = written.indexOf('=');
    if (equals > 0) {
      parameters.put(
          written.substring(0, equals).toUpperCase(Locale.ROOT),
          written.substring(equals + 1).replace("\"", ""));
    }
  }

  private static boolean isNameCharacter(char character) {
    return character == '-'
        || (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z');
  }
}
