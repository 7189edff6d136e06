package dev.bothy.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// All that an embedded run keeps, in one folder that only its owner may enter. One run uses it at
/// a time; the operating system gives the lock back however that run ends.
///
/// - `postgresql/`, `keycloak/`: their state, logs and process numbers
/// - `keys/`: the key that wraps the data keys
/// - `logs/`: the server's log
/// - `secrets.properties`, `ports.properties`
/// - `run.lock`: the lock, with the run's process number
/// - `running.txt`: address and login, while a run is up
final class DataFolder {
  private final Path path;
  private final FileLock lock;

  private DataFolder(Path path, FileLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /// What came of asking for the folder.
  sealed interface Opened {
    /// It is this run's until the process ends.
    record Ours(DataFolder folder) implements Opened {}

    /// Another run has it.
    ///
    /// @param greeting what that run told its user; empty while it still starts
    record InUse(Optional<String> greeting) implements Opened {}
  }

  static Opened open(Path wanted) throws IOException {
    if (!Files.exists(wanted)) {
      Files.createDirectories(wanted.toAbsolutePath().getParent());
      Files.createDirectory(
          wanted,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Path path = wanted.toRealPath();
    Path greeting = path.resolve("running.txt");
    FileChannel channel =
        FileChannel.open(
            path.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return new Opened.InUse(
          Files.exists(greeting) ? Optional.of(Files.readString(greeting)) : Optional.empty());
    }
    Files.deleteIfExists(greeting);
    String pid = String.valueOf(ProcessHandle.current().pid());
    channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
    Files.createDirectories(path.resolve("logs"));
    Files.createDirectories(path.resolve("keys"));
    return new Opened.Ours(new DataFolder(path, lock));
  }

  Path postgres() {
    return path.resolve("postgresql");
  }

  Path keycloak() {
    return path.resolve("keycloak");
  }

  Path keyFile() {
    return path.resolve("keys").resolve("local.key");
  }

  /// Outside of the database's folder, so that a copy of that one can be put back on its own.
  Path ledger() {
    return path.resolve("ledger");
  }

  Path log() {
    return path.resolve("logs").resolve("bothy.json");
  }

  Secrets secrets() throws IOException {
    return Secrets.in(path.resolve("secrets.properties"));
  }

  Ports ports() throws IOException {
    return Ports.in(path.resolve("ports.properties"));
  }

  /// Leaves address and login for a second call.
  void greet(String greeting) throws IOException {
    Secrets.writeOwnerOnly(path.resolve("running.txt"), greeting);
  }

  /// For another run to take.
  void release() throws IOException {
    Files.deleteIfExists(path.resolve("running.txt"));
    lock.channel().close();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
