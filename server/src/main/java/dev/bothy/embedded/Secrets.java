package dev.bothy.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The passwords of one data folder, each made up at its first use and kept in a file that only its
/// owner may read.
final class Secrets {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Letters and digits that are hard to mistake for one another.
  private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int MACHINE_SECRET_BYTES = 24;

  private final Path file;
  private final Properties values = new Properties();

  private Secrets(Path file) {
    this.file = file;
  }

  static Secrets in(Path file) throws IOException {
    Secrets secrets = new Secrets(file);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        secrets.values.load(reader);
      }
    }
    return secrets;
  }

  /// A password that only programs use: 192 random bits.
  synchronized String forMachines(String name) throws IOException {
    byte[] bytes = new byte[MACHINE_SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return kept(name, HexFormat.of().formatHex(bytes));
  }

  /// A password that a person types: three groups of four characters, 59 random bits.
  synchronized String forPeople(String name) throws IOException {
    return kept(name, group() + "-" + group() + "-" + group());
  }

  private static String group() {
    return IntStream.range(0, 4)
        .mapToObj(i -> String.valueOf(READABLE.charAt(RANDOM.nextInt(READABLE.length()))))
        .collect(Collectors.joining());
  }

  private String kept(String name, String fresh) throws IOException {
    String known = values.getProperty(name);
    if (known != null) {
      return known;
    }
    values.setProperty(name, fresh);
    StringWriter text = new StringWriter();
    values.store(text, "Made for this data folder; delete the folder to start over.");
    Path part = file.resolveSibling(file.getFileName() + ".part");
    writeOwnerOnly(part, text.toString());
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    return fresh;
  }

  /// Writes a file anew that nobody else may read, not even while it is written.
  static void writeOwnerOnly(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, OWNER_ONLY);
    Files.writeString(file, text);
  }
}
