package dev.bothy.preflight;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.keys.WrappingKeyFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `key`: the wrapping key is there, is one, and is not open to others.
record KeyFile(@Nullable String file) implements Check {
  private static final String NAME = "key";

  @Override
  public List<Finding> look() {
    if (file == null || file.isBlank()) {
      return List.of(
          Finding.fail(
              NAME,
              "bothy.keys.local-file names no file",
              "Name the file that holds the wrapping key"));
    }
    try {
      WrappingKeyFile.check(Path.of(file));
      return List.of(Finding.pass(NAME, file + " holds a wrapping key"));
    } catch (StartRefused refused) {
      return List.of(Finding.fail(NAME, refused.why(), refused.fix()));
    }
  }
}
