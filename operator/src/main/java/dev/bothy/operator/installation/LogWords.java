package dev.bothy.operator.installation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/// What the end of a log says to a person: the server writes its log as JSON, one entry a line
/// (Elastic Common Schema), and what went wrong is the last entry of the worst kind.
final class LogWords {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LogWords() {}

  static String of(String log) {
    List<String> lines = log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      String line = lines.get(i);
      if (!line.startsWith("{")) {
        return line;
      }
      JsonNode entry = entry(line);
      if (entry.path("log").path("level").asText().equals("ERROR")
          || entry.path("log.level").asText().equals("ERROR")) {
        return entry.path("message").asText();
      }
    }
    return lines.isEmpty() ? "it left no log" : lines.getLast();
  }

  private static JsonNode entry(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException cutOff) {
      return JSON.nullNode();
    }
  }
}
