package dev.bothy.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The table of values in the chart's README, made from values.yaml: what a comment above a key
/// says is what the table says of it.
final class ReadmeTable {
  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]+):(.*)");
  private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");
  private static final int INDENT = 2;

  private final JsonNode values;
  private final List<String> rows = new ArrayList<>();
  private final List<String> uncommented = new ArrayList<>();

  ReadmeTable(String yaml) {
    this.values = Chart.parse(yaml).getFirst();
    read(yaml.lines().toList());
  }

  String text() {
    return "| value | default | meaning |\n|---|---|---|\n" + String.join("\n", rows) + "\n";
  }

  /// Values of which nobody says what they mean.
  List<String> uncommented() {
    return uncommented;
  }

  private void read(List<String> lines) {
    Deque<String> path = new ArrayDeque<>();
    List<String> comment = new ArrayList<>();
    int inside = Integer.MAX_VALUE;
    for (String line : lines) {
      Matcher said = COMMENT.matcher(line);
      if (said.matches()) {
        comment.add(said.group(1));
        continue;
      }
      Matcher key = KEY.matcher(line);
      if (line.isBlank() || !key.matches()) {
        comment.clear();
        continue;
      }
      int depth = key.group(1).length() / INDENT;
      if (depth > inside) {
        continue;
      }
      inside = Integer.MAX_VALUE;
      while (path.size() > depth) {
        path.removeLast();
      }
      path.addLast(key.group(2));
      String name = String.join(".", path);
      JsonNode value = values.at("/" + String.join("/", path));
      if (!comment.isEmpty()) {
        rows.add(row(name, value, String.join(" ", comment)));
        // What a commented object holds is its default, not values of their own.
        inside = value.isObject() ? depth : Integer.MAX_VALUE;
      } else if (!value.isObject() || value.isEmpty()) {
        uncommented.add(name);
      }
      comment.clear();
    }
  }

  private static String row(String name, JsonNode value, String meaning) {
    boolean empty = value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty();
    String shown = empty ? "none" : "`" + (value.isTextual() ? value.asText() : value) + "`";
    return "| `"
        + name
        + "` | "
        + shown.replace("|", "\\|")
        + " | "
        + meaning.replace("|", "\\|")
        + " |";
  }
}
