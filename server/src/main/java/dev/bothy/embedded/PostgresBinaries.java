package dev.bothy.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// PostgreSQL's programs (`initdb`, `pg_ctl`, `postgres`) for this machine, from the class path.
record PostgresBinaries(Path folder) {
  private static final int NAME_BYTES = 6;

  static PostgresBinaries unpacked() throws IOException {
    byte[] archive = archive();
    return new PostgresBinaries(
        Cache.once(
            "postgresql-" + digest(archive),
            empty -> Archives.unpackTarXz(new ByteArrayInputStream(archive), empty)));
  }

  /// The command line for one of the programs. PostgreSQL refuses to run as root, so root runs it
  /// in a user namespace of its own, where it is nobody in particular.
  List<String> command(String program, String... arguments) {
    Stream<String> line =
        Stream.concat(
            Stream.of(folder.resolve("bin").resolve(program).toString()), Stream.of(arguments));
    boolean root = "root".equals(System.getProperty("user.name"));
    return root ? Stream.concat(Stream.of("unshare", "--user"), line).toList() : line.toList();
  }

  private static byte[] archive() throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String architecture = "aarch64".equals(System.getProperty("os.arch")) ? "arm_64" : "x86_64";
    String name = "/postgres-" + system + "-" + architecture + ".txz";
    try (InputStream found = PostgresBinaries.class.getResourceAsStream(name)) {
      if (found == null) {
        throw new IOException(
            "The class path has no PostgreSQL for this machine, looked for " + name);
      }
      return found.readAllBytes();
    }
  }

  private static String digest(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
