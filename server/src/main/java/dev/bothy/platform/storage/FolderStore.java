package dev.bothy.platform.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// Keeps objects as files below a folder, each at its key: on a mounted volume, or on this
/// machine's own disk. A file is written beside its place under a name that begins with a dot,
/// forced to disk, and moved there.
public final class FolderStore implements ObjectStore {
  /// What is handed to the runtime at a time.
  private static final int SLICE = 64 << 10;

  /// Another may take away the folder that has just been made, as it was still empty.
  private static final int TRIES = 20;

  private final Path root;
  private final FolderFailures failures;

  private FolderStore(Path root) {
    this.root = root;
    this.failures = new FolderFailures(root);
  }

  /// @param root made with the first object if it is not there
  public static FolderStore of(Path root) {
    return new FolderStore(root.toAbsolutePath().normalize());
  }

  @Override
  public String describe() {
    return "folder " + root;
  }

  @Override
  public void put(String key, byte[] content) {
    Path file = file(key);
    ObjectKey.checkSize(key, content);
    try {
      for (int tries = 1; !written(file, content, tries < TRIES); tries++) {
        // Its folder went as it was made.
      }
    } catch (IOException e) {
      throw failures.of("write " + key, e);
    }
  }

  @Override
  public byte[] get(String key) {
    try {
      return Files.readAllBytes(file(key));
    } catch (IOException e) {
      throw failures.of("read " + key, e);
    }
  }

  @Override
  public boolean exists(String key) {
    return Files.isRegularFile(file(key));
  }

  @Override
  public List<StoredObject> list(String prefix) {
    int named = ObjectKey.checkedPrefix(prefix).lastIndexOf('/');
    Path folder = named < 0 ? root : root.resolve(prefix.substring(0, named));
    List<StoredObject> found = new ArrayList<>();
    try {
      if (Files.isDirectory(folder)) {
        Files.walkFileTree(folder, new Collector(prefix, found));
      }
    } catch (IOException e) {
      throw failures.of("list " + prefix, e);
    }
    found.sort(Comparator.comparing(StoredObject::key));
    return List.copyOf(found);
  }

  @Override
  public void delete(Collection<String> keys) {
    for (String key : keys) {
      Path file = file(key);
      try {
        if (Files.deleteIfExists(file)) {
          new EmptyFolders(root).tidy(file.resolveSibling(""));
        }
      } catch (IOException e) {
        throw failures.of("delete " + key, e);
      }
    }
  }

  private Path file(String key) {
    return root.resolve(ObjectKey.checked(key));
  }

  /// @param again whether to answer false, rather than to throw, if its folder was taken away
  private boolean written(Path file, byte[] content, boolean again) throws IOException {
    Path folder = file.resolveSibling("");
    Path begun = folder.resolve("." + UUID.randomUUID());
    try {
      Files.createDirectories(folder);
      try (FileChannel channel = FileChannel.open(begun, CREATE_NEW, WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          // The runtime copies what it is given, and keeps memory for that with each thread.
          bytes.limit(Math.min(bytes.position() + SLICE, content.length));
          channel.write(bytes);
          bytes.limit(content.length);
        }
        channel.force(true);
      }
      Files.move(begun, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      if (again) {
        return false;
      }
      throw e;
    } finally {
      Files.deleteIfExists(begun);
    }
    // A name is on disk once the folder that has it is, and so is the folder's own.
    for (Path each = folder; each.startsWith(root); each = each.resolveSibling("")) {
      force(each);
    }
    return true;
  }

  /// One that has gone meanwhile needs nothing.
  static void force(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, READ)) {
      names.force(true);
    } catch (NoSuchFileException e) {
      // Another took it away.
    }
  }

  private final class Collector extends SimpleFileVisitor<Path> {
    private final String prefix;
    private final List<StoredObject> found;

    Collector(String prefix, List<StoredObject> found) {
      this.prefix = prefix;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String below = root.relativize(folder) + "/";
      boolean leadsThere =
          folder.equals(root) || below.startsWith(prefix) || prefix.startsWith(below);
      return leadsThere ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String key = root.relativize(file).toString();
      // Those that are no keys are being written, or the file system's own.
      if (attributes.isRegularFile() && key.startsWith(prefix) && ObjectKey.isOne(key)) {
        found.add(
            new StoredObject(key, attributes.size(), attributes.lastModifiedTime().toInstant()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      // As `lost+found`, which is another's.
      if (e instanceof NoSuchFileException || !ObjectKey.isOne(root.relativize(file).toString())) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
