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
import org.jspecify.annotations.Nullable;

/// All that an embedded run keeps, in one folder that only its owner may enter. One run uses it at
/// a time; the operating system gives the lock back however that run ends.
///
/// - `backups/`: the object store of a machine alone
/// - `drill/`: the throw-away PostgreSQL of a drill, while one runs
/// - `postgresql/`, `keycloak/`: their state, logs and process numbers
/// - `keys/`: the key that wraps the data keys
/// - `logs/`: the server's log
/// - `secrets.properties`, `ports.properties`
/// - `run.lock`: the lock, with the run's process number
/// - `running.txt`: address and login, while a run is up
final class DataFolder {
  private final Path path;
  private final @Nullable FileLock lock;

  private DataFolder(Path path, @Nullable FileLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /// What came of asking for the folder.
  sealed interface Opened {
    /// It is this run's until the process ends.
    record Ours(DataFolder folder) implements Opened {}

    /// Another run has it.
    ///
    /// @param greeting what that run told its user; empty while it still starts, or if it is a
    ///   command
    /// @param folder to look into
    record InUse(Optional<String> greeting, DataFolder folder) implements Opened {}
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
          Files.exists(greeting) ? Optional.of(Files.readString(greeting)) : Optional.empty(),
          new DataFolder(path, null));
    }
    Files.deleteIfExists(greeting);
    String pid = String.valueOf(ProcessHandle.current().pid());
    channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
    Files.createDirectories(path.resolve("logs"));
    Files.createDirectories(path.resolve("keys"));
    return new Opened.Ours(new DataFolder(path, lock));
  }

  /// One to look into, whoever has it.
  ///
  /// @return empty if nothing was ever started there
  static Optional<DataFolder> known(Path wanted) throws IOException {
    if (!Files.isDirectory(wanted)) {
      return Optional.empty();
    }
    DataFolder folder = new DataFolder(wanted.toRealPath(), null);
    return Optional.of(folder).filter(known -> Files.exists(known.keyFile()));
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

  Path backups() {
    return path.resolve("backups");
  }

  Path drill() {
    return path.resolve("drill");
  }

  Path log() {
    return log("bothy");
  }

  /// @param program letters
  Path log(String program) {
    return path.resolve("logs").resolve(program + ".json");
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
    if (lock != null) {
      lock.channel().close();
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
