package dev.bothy.realm;

import dev.bothy.platform.keycloak.PlanLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// How it ended.
///
/// @param lines everything that was looked at
/// @param message why it could not be looked at or done; empty if it could
record Outcome(Result result, List<PlanLine> lines, String message) {
  /// With the number that the program ends with.
  enum Result {
    /// The realm is as it should be.
    FINE(0),
    /// Something could not be looked at or done.
    FAILED(1),
    /// The realm differs, and was left so.
    DIFFERS(3);

    private final int code;

    Result(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  static Outcome failed(List<PlanLine> lines, String message) {
    return new Outcome(Result.FAILED, lines, message);
  }

  /// For a program to read.
  String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("result", result.name());
    json.put("message", message);
    json.put(
        "lines",
        lines.stream()
            .map(line -> {
              Map<String, Object> each = new LinkedHashMap<>();
              each.put("mark", line.mark().name());
              each.put("part", line.part());
              each.put("from", line.from() == null ? "" : line.from());
              each.put("to", line.to() == null ? "" : line.to());
              return each;
            })
            .toList());
    return JsonMapper.shared().writeValueAsString(json);
  }
}
