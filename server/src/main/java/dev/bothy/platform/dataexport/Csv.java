package dev.bothy.platform.dataexport;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rows as CSV (RFC 4180), with a line of names first. A cell that a spreadsheet would take for a
/// formula begins with an apostrophe (owasp.org/www-community/attacks/CSV_Injection).
final class Csv {
  private static final String END = "\r\n";

  private Csv() {}

  static String of(List<String> columns, List<ObjectNode> rows) {
    StringBuilder text = new StringBuilder(String.join(",", columns)).append(END);
    for (ObjectNode row : rows) {
      text.append(
              columns.stream()
                  .map(column -> cell(row.get(column)))
                  .collect(Collectors.joining(",")))
          .append(END);
    }
    return text.toString();
  }

  private static String cell(JsonNode value) {
    if (value == null || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      return value.isContainer() ? quoted(value.toString()) : value.asString();
    }
    String text = value.asString();
    return quoted(!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text);
  }

  private static String quoted(String text) {
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
