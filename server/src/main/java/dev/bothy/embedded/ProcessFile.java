package dev.bothy.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Remembers a process that this package started, so that a later run finds it again if the run
/// that started it was killed. A process number alone says little, since numbers are used again:
/// the process must have started at the moment that was written down.
record ProcessFile(Path file) {
  /// Systems tell a process's start to the second or finer, and the clock may have been set since.
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final Duration AFTER_KILL = Duration.ofSeconds(3);

  void write(ProcessHandle process) throws IOException {
    Instant start = process.info().startInstant().orElse(Instant.EPOCH);
    Files.writeString(file, process.pid() + " " + start.toEpochMilli());
  }

  /// The process if it still runs.
  Optional<ProcessHandle> running() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String[] fields = Files.readString(file).strip().split(" ");
    if (fields.length != 2 || !fields[0].matches("\\d+") || !fields[1].matches("\\d+")) {
      return Optional.empty();
    }
    return startedAt(Long.parseLong(fields[0]), Instant.ofEpochMilli(Long.parseLong(fields[1])));
  }

  /// The living process of that number, if it started at that moment.
  static Optional<ProcessHandle> startedAt(long pid, Instant start) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process ->
            process
                .info()
                .startInstant()
                .map(actual -> Duration.between(start, actual).abs())
                .filter(difference -> difference.compareTo(TOLERANCE) <= 0)
                .isPresent());
  }

  /// Asks the process to end, and ends it hard if it has not done so in this time.
  static void end(ProcessHandle process, Duration patience) {
    process.destroy();
    if (!endsWithin(process, patience)) {
      process.destroyForcibly();
      // An orphan that nobody collects still counts as a process: no waiting for that.
      boolean unused = endsWithin(process, AFTER_KILL);
    }
  }

  private static boolean endsWithin(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
