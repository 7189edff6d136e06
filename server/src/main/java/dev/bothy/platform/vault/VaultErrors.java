package dev.bothy.platform.vault;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Vault says is wrong: `{"errors": ["…"]}`.
final class VaultErrors {
  private static final int LONGEST = 300;

  private VaultErrors() {}

  /// In one line; what is no such answer gives no words.
  static String of(String body) {
    List<String> words = new ArrayList<>();
    try {
      for (JsonNode error : JsonMapper.shared().readTree(body).path("errors")) {
        words.add(error.asString().strip().replaceAll("\\s+", " "));
      }
    } catch (JacksonException e) {
      return "";
    }
    String line = String.join("; ", words);
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
