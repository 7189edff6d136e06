package dev.bothy.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `storage`: the one folder that the server writes to takes files, and has room.
record Storage(Path folder) implements Check {
  private static final String NAME = "storage";
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long ENOUGH = 32 * MEBIBYTE;

  @Override
  public List<Finding> look() {
    try {
      Path tried = Files.createTempFile(folder, "preflight", "");
      Files.delete(tried);
      long free = Files.getFileStore(folder).getUsableSpace();
      String message = folder + " takes files and has " + free / MEBIBYTE + " MiB left";
      return List.of(
          free < ENOUGH
              ? Finding.warn(NAME, message, "Give the volume at " + folder + " 64 MiB or more")
              : Finding.pass(NAME, message));
    } catch (IOException e) {
      return List.of(
          Finding.fail(
              NAME,
              "no file can be written to " + folder,
              "Mount a volume there that the pod's user may write to, e.g. an emptyDir"));
    }
  }
}
