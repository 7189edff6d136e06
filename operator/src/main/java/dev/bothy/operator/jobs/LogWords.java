package dev.bothy.operator.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/// What the end of a log says to a person. The server writes its log as JSON, one entry a line
/// (Elastic Common Schema), and what went wrong is its last error; of a stack trace that is not
/// JSON it is the innermost cause; of anything else the last line.
public final class LogWords {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LogWords() {}

  public static String of(String log) {
    List<String> lines = log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.reversed().stream()
        .flatMap(line -> error(line).stream())
        .findFirst()
        .orElseGet(() -> lines.isEmpty() ? "it left no log" : lines.getLast());
  }

  private static Optional<String> error(String line) {
    if (line.startsWith("Caused by: ")) {
      return Optional.of(line.substring("Caused by: ".length()));
    }
    if (line.startsWith("Exception in thread ")) {
      return Optional.of(line);
    }
    JsonNode entry = line.startsWith("{") ? entry(line) : JSON.nullNode();
    return entry.path("log").path("level").asText().equals("ERROR")
            || entry.path("log.level").asText().equals("ERROR")
        ? Optional.of(entry.path("message").asText())
        : Optional.empty();
  }

  private static JsonNode entry(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException cutOff) {
      return JSON.nullNode();
    }
  }
}
