package dev.bothy.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// Unpacks the two archives that the embedded run brings.
final class Archives {
  private static final int OWNER_MAY_EXECUTE = 0100;

  private Archives() {}

  /// Unpacks a `.tar.xz`, with links and the executable bit.
  static void unpackTarXz(InputStream archive, Path target) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = inside(target, entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.resolveSibling("."));
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          write(tar, path);
          if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
            makeExecutable(path);
          }
        }
      }
    }
  }

  /// Unpacks a `.zip` without the one folder that holds everything. Shell scripts become executable
  /// (the JDK's reader does not give the archive's permission bits).
  static void unpackZipWithoutTopFolder(Path archive, Path target) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
        if (!entry.isDirectory()) {
          Path path = inside(target, name);
          write(zip, path);
          if (name.endsWith(".sh")) {
            makeExecutable(path);
          }
        }
      }
    }
  }

  private static Path inside(Path target, String name) throws IOException {
    Path path = target.resolve(name).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("An archive's entry leads out of its folder: " + name);
    }
    return path;
  }

  private static void write(InputStream content, Path path) throws IOException {
    Files.createDirectories(path.resolveSibling("."));
    Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void makeExecutable(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
