package dev.bothy.platform.dataexport;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `manifest.json` of an archive.
///
/// @param format of the archive: 1
/// @param person whom it is about; null for all of the workspace
/// @param tables what is in it, also those without a row
record Manifest(
    int format,
    String workspace,
    @Nullable String person,
    Instant requestedAt,
    List<Table> tables,
    List<File> files) {
  /// A table that was looked at.
  ///
  /// @param why it is held
  record Table(String name, String why, long rows) {}

  /// A file of the archive.
  record File(String name, String table, long rows, long bytes, String sha256) {}
}
