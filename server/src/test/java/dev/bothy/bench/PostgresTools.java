package dev.bothy.bench;

import dev.bothy.testkit.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// PostgreSQL's own `pg_dump` and `pg_restore`: those in the folder that `PG_TOOLS` names, or on
/// `PATH`.
record PostgresTools(Path dump, Path restore) {
  static PostgresTools find() {
    return new PostgresTools(program("pg_dump"), program("pg_restore"));
  }

  private static Path program(String name) {
    String folder = System.getenv("PG_TOOLS");
    return folder == null
        ? RealParts.program(name)
            .orElseThrow(() ->
                new IllegalStateException(
                    "There is no " + name + " on PATH; PG_TOOLS names the folder of another"))
        : Path.of(folder, name);
  }

  String version() throws IOException, InterruptedException {
    return Machine.version(dump.toString());
  }

  /// Dumps a database into a folder that is not there yet.
  ///
  /// @param more options
  void dump(String address, Path folder, int parallel, List<String> more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                dump.toString(), "-Fd", "-j", String.valueOf(parallel), "-f", folder.toString()));
    command.addAll(more);
    command.add(address);
    run(command);
  }

  /// Restores what was dumped there into a database with nothing in it.
  void restore(String address, Path folder, int parallel) throws IOException, InterruptedException {
    run(
        List.of(
            restore.toString(),
            "-j",
            String.valueOf(parallel),
            "--exit-on-error",
            "-d",
            address,
            folder.toString()));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("bothy-bench", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command.getFirst() + " failed: " + Files.readString(log));
    }
    Files.delete(log);
  }
}
