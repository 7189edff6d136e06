package dev.bothy.platform.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes away folders that the last object has left: a bucket would have none.
record EmptyFolders(Path root) {
  private static final Pattern BEGUN = Pattern.compile("\\.[0-9a-f-]{36}");

  /// No write takes as long: it is of a process that was killed.
  private static final long ABANDONED_HOURS = 24;

  /// Takes away the folder and those above it, up to the root's own, in as far as they are empty;
  /// what stays is on disk as it is when this returns.
  void tidy(Path folder) throws IOException {
    for (Path each = folder;
        !each.equals(root) && each.startsWith(root);
        each = each.resolveSibling("")) {
      try {
        removeAbandoned(each);
        Files.delete(each);
      } catch (DirectoryNotEmptyException e) {
        FolderStore.force(each);
        return;
      } catch (NoSuchFileException e) {
        // Another took it away.
      }
    }
    FolderStore.force(root);
  }

  private static void removeAbandoned(Path folder) throws IOException {
    List<Path> begun;
    try (Stream<Path> files = Files.list(folder)) {
      begun = files.filter(file -> BEGUN.matcher(file.getFileName().toString()).matches()).toList();
    }
    for (Path each : begun) {
      // By the file system's own clock, which may be another machine's.
      FileTime now = Files.getLastModifiedTime(folder);
      long age = now.to(TimeUnit.HOURS) - Files.getLastModifiedTime(each).to(TimeUnit.HOURS);
      if (age > ABANDONED_HOURS) {
        Files.deleteIfExists(each);
      }
    }
  }
}
