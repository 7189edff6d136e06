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

/// Says why a file system did not do it.
record FolderFailures(Path root) {
  /// Below this, a write that failed has failed for want of space, in whatever language the system
  /// says so.
  private static final long NO_SPACE_BYTES = 64 * 1024;

  /// @param deed what was tried, e.g. `read backups/1/key.json`
  StorageException of(String deed, IOException e) {
    Reason reason = reason(e);
    return new StorageException(
        reason,
        "Could not " + deed + " in the folder " + root + ": " + words(reason, e) + ".",
        fix(reason),
        e);
  }

  private Reason reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return Reason.MISSING;
    }
    Path there = firstThere();
    if (e instanceof FileAlreadyExistsException
        || e instanceof NotDirectoryException
        || !Files.isDirectory(there)) {
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
    return hasNoSpace(there) ? Reason.FULL : Reason.AWAY;
  }

  /// The root, or what there is of the way to it.
  private Path firstThere() {
    Path there = root;
    while (!Files.exists(there)) {
      Path above = there.getParent();
      if (above == null) {
        return there;
      }
      there = above;
    }
    return there;
  }

  private static boolean hasNoSpace(Path there) {
    try {
      return Files.getFileStore(there).getUsableSpace() < NO_SPACE_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  private static String words(Reason reason, IOException e) {
    return switch (reason) {
      case MISSING -> "it is not there";
      case FULL -> "no space is left";
      case REFUSED -> "this process may not";
      case MISCONFIGURED -> "a file stands where a folder should be";
      case AWAY, CLOCK_SKEW, LOCKED -> "the file system says: " + said(e);
    };
  }

  private static String fix(Reason reason) {
    return switch (reason) {
      case FULL -> "Give the volume more space, or keep fewer backups.";
      case REFUSED -> "Let the server's user read and write there.";
      case MISCONFIGURED -> "Take the file away, or name another folder.";
      case AWAY -> "Look whether the volume is mounted and whole.";
      case MISSING, CLOCK_SKEW, LOCKED -> "";
    };
  }

  private static String said(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
