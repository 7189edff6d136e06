package dev.bothy.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs programs as a person at a terminal does.
final class Commands {
  private Commands() {}

  /// What a program left.
  ///
  /// @param output standard output and standard error as they came
  record Result(int code, String output) {
    /// The output, if it ended well.
    String orFail() {
      if (code != 0) {
        throw new AssertionError("ended with " + code + ":\n" + output);
      }
      return output;
    }
  }

  static Result run(Duration patience, List<String> command) {
    try {
      Path log = Files.createTempFile("bothy-command", ".log");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(
              command + " has not ended in " + patience + ":\n" + Files.readString(log));
        }
        return new Result(process.exitValue(), Files.readString(log));
      } finally {
        Files.delete(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
