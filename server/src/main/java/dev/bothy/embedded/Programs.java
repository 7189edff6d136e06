package dev.bothy.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/// Runs another program to its end, and keeps the files that long-running ones write.
final class Programs {
  private static final int LAST_LINES = 15;

  private Programs() {}

  /// Waits for the program's end.
  ///
  /// @throws IOException with what the program wrote, if it can't be started or ends with an error
  static void run(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command.getFirst() + " failed:\n" + output.strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException(command.getFirst() + " was interrupted", e);
    }
  }

  /// Gives a start a log file of its own; the one of the start before stays as `….previous`.
  static void freshLog(Path log) throws IOException {
    Files.createDirectories(log.resolveSibling("."));
    if (Files.exists(log)) {
      Files.move(
          log,
          log.resolveSibling(log.getFileName() + ".previous"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// The end of a log, to show where a start failed.
  static String lastLines(Path log) throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    return String.join(
        System.lineSeparator(),
        lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
