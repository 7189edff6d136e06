package dev.bothy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What it was measured on.
final class Machine {
  private Machine() {}

  /// Processors, memory, kernel and virtual machine, in one line.
  static String describe() throws IOException {
    return "%d × %s, %s GiB, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            field("/proc/cpuinfo", "model name"),
            memoryGibibytes(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version());
  }

  /// What a program answers to `--version`.
  static String version(String program) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(program, "--version").start();
    String version = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    process.waitFor();
    return version;
  }

  private static String memoryGibibytes() throws IOException {
    String kibibytes = field("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
    return kibibytes.isEmpty() ? "?" : String.valueOf(Long.parseLong(kibibytes) / 1024 / 1024);
  }

  /// Empty or `unknown` where there is no such file.
  private static String field(String file, String name) throws IOException {
    if (!Files.exists(Path.of(file))) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}
