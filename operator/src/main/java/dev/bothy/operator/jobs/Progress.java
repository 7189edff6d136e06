package dev.bothy.operator.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/// How far a tool is, as it says it on lines of its log.
///
/// @param phase one word, e.g. `Copying`
/// @param percent 0 to 100
/// @param message for people, e.g. `12 of 83 tables, 1.2 of 3.0 GB`
public record Progress(String phase, int percent, String message) {
  private static final String MARK = "BOTHY-PROGRESS ";
  private static final String UNREADABLE = "Unknown";
  private static final int WHOLE = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Of a tool whose log cannot be read: it may well go on.
  static Progress unreadable() {
    return new Progress(UNREADABLE, 0, "its log cannot be read");
  }

  /// Whether it was said by the tool.
  public boolean isSaid() {
    return !phase.equals(UNREADABLE);
  }

  /// The last that the log has; lines that are cut off, or are something else, are passed over.
  static Optional<Progress> last(String log) {
    List<String> lines = log.lines().filter(line -> line.startsWith(MARK)).toList();
    return lines.reversed().stream().flatMap(line -> read(line).stream()).findFirst();
  }

  private static Optional<Progress> read(String line) {
    try {
      JsonNode said = JSON.readTree(line.substring(MARK.length()));
      return said.isObject()
          ? Optional.of(
              new Progress(
                  said.path("phase").asText(),
                  Math.clamp(said.path("percent").asLong(), 0, WHOLE),
                  said.path("message").asText()))
          : Optional.empty();
    } catch (JsonProcessingException cutOff) {
      return Optional.empty();
    }
  }

  /// For a status: `Copying 41 %: 12 of 83 tables, 1.2 of 3.0 GB`.
  public String words() {
    if (!isSaid()) {
      return message;
    }
    return message.isEmpty()
        ? "%s %d %%".formatted(phase, percent)
        : "%s %d %%: %s".formatted(phase, percent, message);
  }
}
