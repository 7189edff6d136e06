package dev.bothy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a measurement found, as Markdown: shown when it is done, and kept in a file if asked for.
final class Report {
  private final List<String> lines = new ArrayList<>();

  void text(String text) {
    lines.add(text);
    lines.add("");
  }

  void table(List<String> head, List<List<String>> rows) {
    lines.add(row(head));
    lines.add("|" + "---|".repeat(head.size()));
    rows.forEach(cells -> lines.add(row(cells)));
    lines.add("");
  }

  /// @param file `-` for none
  void finish(String file) throws IOException {
    lines.forEach(System.out::println);
    if (!file.equals("-")) {
      Path kept = Path.of(file).toAbsolutePath();
      Files.createDirectories(kept.resolveSibling("."));
      Files.write(kept, lines);
    }
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
