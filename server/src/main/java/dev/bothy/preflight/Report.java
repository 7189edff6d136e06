package dev.bothy.preflight;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The findings for a program to read, worst first, small enough for the message that a container
/// leaves behind when it ends (4096 bytes; kubernetes.io/docs/tasks/debug/debug-application/
/// determine-reason-pod-failure).
final class Report {
  static final int LARGEST = 4000;

  /// How long a text may be; what passed is cut first, since nobody has to act on it.
  private static final int[] LENGTHS = {1000, 500, 300, 200, 140, 100, 70, 40, 20, 0};

  private static final JsonMapper JSON = JsonMapper.shared();

  private Report() {}

  /// At most [#LARGEST] bytes. Texts are cut to fit; where even their names are too many, what
  /// passed is left out from the end.
  static byte[] json(List<Finding> findings) {
    List<Finding> ordered =
        findings.stream().sorted(Comparator.comparing(Finding::result)).toList();
    for (int passed : LENGTHS) {
      byte[] json = json(ordered, passed, LENGTHS[0]);
      if (json.length <= LARGEST) {
        return json;
      }
    }
    for (int length : LENGTHS) {
      byte[] json = json(ordered, 0, length);
      if (json.length <= LARGEST) {
        return json;
      }
    }
    int fitting = ordered.size() * LARGEST / json(ordered, 0, 0).length;
    return json(ordered.subList(0, Math.min(fitting, ordered.size() - 1)));
  }

  private static byte[] json(List<Finding> findings, int passed, int others) {
    List<Map<String, String>> checks =
        findings.stream()
            .map(finding -> {
              int length = finding.result() == Finding.Result.PASS ? passed : others;
              Map<String, String> check = new LinkedHashMap<>();
              check.put("name", finding.check());
              check.put("result", finding.result().name());
              check.put("message", cut(finding.message(), length));
              check.put("fix", cut(finding.fix(), length));
              return check;
            })
            .toList();
    return JSON.writeValueAsString(Map.of("checks", checks)).getBytes(StandardCharsets.UTF_8);
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return length == 0 ? "" : text.substring(0, length - 1) + "…";
  }
}
