package dev.bothy.operator.installation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bothy.operator.api.BothyStatus.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a preflight left in its termination message.
///
/// @param checks failures first
record PreflightReport(List<Check> checks) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @return empty if that is no report, e.g. because the preflight never came so far
  static Optional<PreflightReport> read(String text) {
    if (!text.stripLeading().startsWith("{\"checks\"")) {
      return Optional.empty();
    }
    try {
      List<Check> checks = new ArrayList<>();
      for (JsonNode each : JSON.readTree(text).path("checks")) {
        checks.add(
            new Check(
                each.path("name").asText(),
                each.path("result").asText(),
                each.path("message").asText(),
                each.path("fix").asText()));
      }
      return Optional.of(new PreflightReport(List.copyOf(checks)));
    } catch (JsonProcessingException cutOff) {
      return Optional.empty();
    }
  }

  /// Of a preflight that left none: that, too, is a check that failed, so that it is counted.
  static PreflightReport broken(String why) {
    return new PreflightReport(
        List.of(new Check("completion", Check.FAIL, "it did not come to its end: " + why, null)));
  }

  List<Check> failures() {
    return checks.stream().filter(Check::failed).toList();
  }

  /// The failures with their fixes, for a condition's message.
  String summary() {
    return failures().stream()
        .map(check ->
            check.fix() == null || check.fix().isEmpty()
                ? "%s: %s".formatted(check.name(), check.message())
                : "%s: %s. Fix: %s".formatted(check.name(), check.message(), check.fix()))
        .collect(Collectors.joining("; "));
  }
}
