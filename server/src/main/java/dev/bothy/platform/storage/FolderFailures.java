package dev.bothy.platform.storage;

import dev.bothy.platform.storage.StorageException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says why a file system did not do it.
record FolderFailures(Path root) {
  /// Below this, a write that failed has failed for want of space, in whatever language the system
  /// says so.
  private static final long NO_SPACE_BYTES = 64 * 1024;

  /// @param deed what was tried, e.g. `read backups/1/key.json`
  StorageException of(String deed, IOException e) {
    Reason reason = reason(e);
    return new StorageException(
        reason, "Could not " + deed + " in the folder " + root + ": " + words(reason, e), e);
  }

  private Reason reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return Reason.MISSING;
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return Reason.MISCONFIGURED;
    }
    String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("no space left") || said.contains("quota exceeded")) {
      return Reason.FULL;
    }
    if (e instanceof AccessDeniedException
        || said.contains("read-only file system")
        || said.contains("operation not permitted")) {
      return Reason.REFUSED;
    }
    return hasNoSpace() ? Reason.FULL : Reason.AWAY;
  }

  private boolean hasNoSpace() {
    Path there = root;
    while (!Files.exists(there)) {
      Path above = there.getParent();
      if (above == null) {
        return false;
      }
      there = above;
    }
    try {
      return Files.getFileStore(there).getUsableSpace() < NO_SPACE_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  private static String words(Reason reason, IOException e) {
    return switch (reason) {
      case MISSING -> "it is not there.";
      case FULL -> "no space is left. Give it more, or keep fewer backups.";
      case REFUSED -> "this process may not. Give its user the right to read and write there.";
      case MISCONFIGURED -> "a file stands where a folder should be.";
      case AWAY, CLOCK_SKEW, LOCKED -> "the file system says: " + reasonOf(e) + ".";
    };
  }

  private static @Nullable String reasonOf(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
