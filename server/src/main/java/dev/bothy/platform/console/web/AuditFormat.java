package dev.bothy.platform.console.web;

import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.kernel.WorkspaceId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How an export of the audit log is written. `docs/reference/audit.md` explains the columns.
enum AuditFormat {
  /// For a spreadsheet (RFC 4180).
  CSV("csv", "text/csv; charset=UTF-8"),
  /// For programs, one JSON object a line; has all that the chain is recomputed from.
  JSON_LINES("jsonl", "application/jsonl; charset=UTF-8");

  private static final List<String> COLUMNS =
      List.of(
          "position",
          "hash",
          "id",
          "at",
          "actorKind",
          "actor",
          "via",
          "address",
          "action",
          "subjectKind",
          "subject",
          "details");

  private final String ending;
  private final String type;

  AuditFormat(String ending, String type) {
    this.ending = ending;
    this.type = type;
  }

  /// The format with this ending; empty if there is none.
  static Optional<AuditFormat> of(String ending) {
    return Arrays.stream(values()).filter(format -> format.ending.equals(ending)).findFirst();
  }

  String ending() {
    return ending;
  }

  String type() {
    return type;
  }

  /// What stands before the entries.
  String first() {
    return switch (this) {
      case CSV -> String.join(",", COLUMNS) + "\r\n";
      case JSON_LINES -> "";
    };
  }

  /// One entry, with the end of its line.
  String line(WorkspaceId workspace, AuditEntry entry, JsonMapper json) {
    return switch (this) {
      case CSV -> csv(entry);
      case JSON_LINES -> {
        ObjectNode line = json.valueToTree(AuditApi.EntryDocument.of(entry));
        line.put("workspace", workspace.toString());
        line.put("addressSalt", entry.origin().salt());
        line.put("addressDigest", entry.origin().digest());
        yield json.writeValueAsString(line) + "\n";
      }
    };
  }

  private static String csv(AuditEntry entry) {
    AuditEntry.@Nullable Link link = entry.link();
    String details =
        new TreeMap<>(entry.details())
            .entrySet().stream()
                .map(detail -> detail.getKey() + "=" + detail.getValue())
                .collect(Collectors.joining(" "));
    return String.join(
            ",",
            link == null ? "" : String.valueOf(link.position()),
            link == null ? "" : link.hash(),
            entry.id().toString(),
            entry.at().toString(),
            entry.actorKind(),
            cell(entry.actor()),
            cell(entry.origin().via()),
            cell(entry.origin().address()),
            entry.action(),
            entry.subject().kind(),
            cell(entry.subject().id()),
            cell(details))
        + "\r\n";
  }

  /// A cell that a spreadsheet would take for a formula begins with an apostrophe
  /// (owasp.org/www-community/attacks/CSV_Injection).
  private static String cell(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String safe = "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
