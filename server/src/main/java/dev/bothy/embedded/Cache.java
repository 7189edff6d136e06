package dev.bothy.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders that are filled once per user and machine and only read afterwards: unpacked programs.
/// They lie in `$XDG_CACHE_HOME/bothy`, or in `~/.cache/bothy` where that variable is not set.
final class Cache {
  private Cache() {}

  /// Fills an empty folder.
  interface Filling {
    void fill(Path empty) throws IOException;
  }

  static Path folder() {
    String named = System.getenv("XDG_CACHE_HOME");
    Path base =
        named != null && Path.of(named).isAbsolute()
            ? Path.of(named)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("bothy");
  }

  /// The folder of that name, filled at the first call. It appears by one rename when it is whole,
  /// so a run that is killed half way leaves nothing that a later one would take for complete; two
  /// runs at once wait for each other.
  static synchronized Path once(String name, Filling filling) throws IOException {
    Path whole = folder().resolve(name);
    if (Files.isDirectory(whole)) {
      return whole;
    }
    Files.createDirectories(folder());
    Path lockFile = folder().resolve(name + ".lock");
    try (FileChannel lock =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      if (!Files.isDirectory(whole)) {
        Path part = folder().resolve(name + ".part");
        delete(part);
        Files.createDirectory(part);
        filling.fill(part);
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return whole;
  }

  /// Deletes a folder with all that is in it; links are deleted, not followed.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
