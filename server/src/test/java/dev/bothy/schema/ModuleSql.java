package dev.bothy.schema;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds SQL of one module that touches a table of another.
final class ModuleSql {
  private static final Pattern TOUCHED =
      Pattern.compile(
          "(?:\\b(?:from|join|into|update|references|truncate)|@Table\\(name =)\\s+\"?([a-z_]+)\\b");

  private final Map<String, String> moduleOfTable;

  ModuleSql(Map<String, String> moduleOfTable) {
    this.moduleOfTable = moduleOfTable;
  }

  /// The tables of other modules that this text touches, one line each.
  ///
  /// @param text Java or SQL
  List<String> foreignTables(String module, Path file, String text) {
    // A statement is often written as several strings.
    String joined =
        text.replaceAll("\"\\s*\\+\\s*\"", "").replaceAll("(?m)^\\s*(///|//|--).*$", "");
    List<String> foreign = new ArrayList<>();
    Matcher touched = TOUCHED.matcher(joined);
    while (touched.find()) {
      String owner = moduleOfTable.get(touched.group(1));
      if (owner != null && !owner.equals(module)) {
        foreign.add(file + " of " + module + " touches " + touched.group(1) + " of " + owner);
      }
    }
    return foreign;
  }
}
