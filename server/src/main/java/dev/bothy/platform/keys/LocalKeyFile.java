package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.StartRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKey;

/// Wraps data keys with a 256-bit key in a file: one line of base64. The file is made, readable by
/// its owner alone, if it is missing.
///
/// One of our own that others may read or write is refused. One that somebody else owns, such as a
/// Secret that Kubernetes mounts (root's, mode 444), was put there for us to read: who else may
/// read it is its owner's choice, but nobody else may write it.
final class LocalKeyFile implements KeyProvider {
  private static final int VERSION = 1;
  private static final Set<PosixFilePermission> OTHERS_MAY_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final Set<PosixFilePermission> OTHERS_MAY_READ =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  /// On Linux it belongs to whoever this process is, also where no user of that number has a name.
  private static final Path OURSELVES = Path.of("/proc/self");

  private final Path file;
  private final SecretKey key;

  private LocalKeyFile(Path file, SecretKey key) {
    this.file = file;
    this.key = key;
  }

  /// Reads the key, or makes it if the file is missing.
  ///
  /// @throws StartRefused if the file is no such key, or others may read it, with words for the
  ///   person who starts the server
  static LocalKeyFile of(Path file) {
    try {
      if (Files.notExists(file)) {
        create(file);
      }
      refuseIfShared(file);
      return new LocalKeyFile(file, read(file));
    } catch (IOException e) {
      throw new StartRefused(
          "bothy.keys.local-file: "
              + file
              + " could not be read or made ("
              + e.getClass().getSimpleName()
              + ").",
          "Let the server's user read the file; in a pod mount the Secret with mode 0444.");
    }
  }

  @Override
  public String id() {
    return KeysProperties.LOCAL_FILE;
  }

  @Override
  public byte[] wrap(KeyName name, byte[] dataKey) {
    return Envelope.seal(key, VERSION, name.bytes(), dataKey);
  }

  @Override
  public byte[] unwrap(KeyName name, byte[] wrapped) {
    try {
      if (Envelope.version(wrapped) != VERSION) {
        throw new CannotOpen("Unknown version of the wrapping key");
      }
      return Envelope.open(key, name.bytes(), wrapped);
    } catch (CannotOpen e) {
      throw KeyUnusable.withTheseSettings(
          "The data key " + name + " was not wrapped with the key in " + file + ", or was changed");
    }
  }

  @Override
  public int wrappingVersion(byte[] wrapped) {
    return Envelope.version(wrapped);
  }

  /// The same for all owners.
  @Override
  public Optional<WrappingKey> wrappingKey(KeyOwner owner) {
    return Optional.of(
        new WrappingKey(id(), String.valueOf(file.getFileName()), VERSION, VERSION, false));
  }

  @Override
  public Optional<String> ownName(KeyOwner owner) {
    return Optional.empty();
  }

  @Override
  public void rotate(KeyOwner owner) {
    throw new UnsupportedOperationException("The key file has one key for all");
  }

  @Override
  public void refuseOlder(KeyOwner owner, int version) {
    throw new UnsupportedOperationException("The key file has one key for all");
  }

  @Override
  public void destroy(KeyOwner owner) {}

  @Override
  public String toString() {
    return "LocalKeyFile(" + file + ")";
  }

  /// Two servers may start at once: each writes a file of its own, and the link of the first wins.
  private static void create(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path own = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    String line = Base64.getEncoder().encodeToString(Envelope.newKey()) + "\n";
    try {
      Files.createFile(
          own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel channel = FileChannel.open(own, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        channel.force(true);
      }
      Files.createLink(file, own);
    } catch (FileAlreadyExistsException e) {
      if (Files.notExists(file)) {
        throw e;
      }
    } finally {
      Files.deleteIfExists(own);
    }
  }

  /// The same without making a file that is missing.
  ///
  /// @throws StartRefused if the file is no such key, is missing, or others may write or read it
  static void check(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StartRefused(
          "bothy.keys.local-file: " + file + " is missing.",
          "Put the key there: one line of base64 of 32 random bytes.");
    }
    of(file);
  }

  private static void refuseIfShared(Path file) throws IOException {
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
    if (found.stream().anyMatch(OTHERS_MAY_WRITE::contains)
        || (found.stream().anyMatch(OTHERS_MAY_READ::contains) && isOurs(file))) {
      throw new StartRefused(
          "bothy.keys.local-file: others than its owner may read or write "
              + file
              + " ("
              + PosixFilePermissions.toString(found)
              + ").",
          "Run: chmod 600 " + file);
    }
  }

  private static boolean isOurs(Path file) throws IOException {
    UserPrincipal we =
        Files.exists(OURSELVES)
            ? Files.getOwner(OURSELVES)
            : file.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name", ""));
    return Files.getOwner(file).equals(we);
  }

  private static SecretKey read(Path file) throws IOException {
    String line = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != Envelope.KEY_BYTES) {
      throw new StartRefused(
          "bothy.keys.local-file: " + file + " does not hold one line of base64 of 32 bytes.",
          "Put the key there that this installation was begun with.");
    }
    return Envelope.toKey(bytes);
  }
}
