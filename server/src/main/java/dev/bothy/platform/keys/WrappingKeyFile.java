package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.StartRefused;
import java.nio.file.Path;

/// A look at the file of `bothy.keys.local-file`, before there is a server.
public final class WrappingKeyFile {
  private WrappingKeyFile() {}

  /// Passes if a server could start with this file. It is not made if it is missing.
  ///
  /// @throws StartRefused with what is wrong with it, never with what is in it
  public static void check(Path file) {
    LocalKeyFile.check(file);
  }
}
