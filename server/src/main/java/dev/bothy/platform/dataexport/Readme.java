package dev.bothy.platform.dataexport;

import java.util.stream.Collectors;

/// `README.txt` of an archive, for people.
final class Readme {
  private static final String TEXT =
      """
      This archive holds what Bothy keeps %s.

      It was asked for on %s. Every table has its rows twice: as JSON (folder
      "json", for programs) and as CSV (folder "csv", for spreadsheets). A table with many rows
      has several files, numbered from 2 on. Times are in UTC. A table without rows has no file.

      While the archive was made, work went on: rows that were changed meanwhile may be as they
      were before or after.

      Passwords, tokens and keys are in no export. A cell of a CSV file that a spreadsheet would
      take for a formula begins with an apostrophe.

      manifest.json lists the files with their row counts and SHA-256 checksums.

      What there is, and why it is kept:

      %s
      """;

  private Readme() {}

  static String of(Manifest manifest) {
    return TEXT.formatted(
        manifest.person() == null
            ? "for the workspace " + manifest.workspace()
            : "about the person " + manifest.person() + " in the workspace " + manifest.workspace(),
        manifest.requestedAt(),
        manifest.tables().stream()
            .map(table -> "  %s: %d rows. %s".formatted(table.name(), table.rows(), table.why()))
            .collect(Collectors.joining("\n")));
  }
}
