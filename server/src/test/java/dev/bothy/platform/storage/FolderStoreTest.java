package dev.bothy.platform.storage;

import static dev.bothy.platform.storage.ObjectStoreContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.storage.StorageException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest implements ObjectStoreContract {
  @TempDir Path folder;

  @Override
  public ObjectStore store() {
    return FolderStore.of(folder.resolve("made/by/the/first"));
  }

  @Test
  void aKeyIsAFileAndNothingElseIsLeftBeside() throws IOException {
    store().put("erasures/2026/1.json", text("{}\n"));
    assertThat(files()).containsExactly(folder.resolve("made/by/the/first/erasures/2026/1.json"));
  }

  @Test
  void foldersThatTheLastObjectLeftGoAndTheRootStays() throws IOException {
    store().put("a/b/c", text("x"));
    store().put("a/d", text("x"));
    store().delete(List.of("a/b/c"));
    assertThat(folder.resolve("made/by/the/first/a/b")).doesNotExist();
    store().delete(List.of("a/d"));
    assertThat(folder.resolve("made/by/the/first")).isEmptyDirectory();
  }

  @Test
  void whatAKilledWriterLeftIsNoObjectAndGoesAfterADay() throws IOException {
    store().put("a/b", text("x"));
    Path old = Files.writeString(begun("a"), "cut");
    Path young = Files.writeString(begun("a"), "being written");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    assertThat(store().list("")).extracting(StoredObject::key).containsExactly("a/b");
    store().delete(List.of("a/b"));
    assertThat(files()).containsExactly(young);
  }

  @Test
  void whatOthersKeepThereIsNoObject() throws IOException {
    store().put("a", text("x"));
    Path root = folder.resolve("made/by/the/first");
    Files.createDirectories(root.resolve("lost+found"));
    Files.writeString(root.resolve("lost+found/#1"), "");
    Files.writeString(root.resolve("README.TXT"), "");
    assertThat(store().list("")).extracting(StoredObject::key).containsExactly("a");
  }

  @Test
  void aFileInAFoldersPlaceIsMisconfigured() throws IOException {
    Files.writeString(folder.resolve("made"), "");
    assertThatThrownBy(() -> store().put("a", text("x")))
        .hasMessageContaining("a file stands where a folder should be")
        .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
        .extracting(StorageException::reason)
        .isEqualTo(Reason.MISCONFIGURED);
  }

  @Test
  void aFullDiskIsFull() throws IOException {
    // The device that has no space, where a store would make its file.
    assertThat(Path.of("/dev/full")).exists();
    IOException e = catchWrite(Path.of("/dev/full"));
    StorageException failure = new FolderFailures(folder).of("write a", e);
    assertThat(failure.reason()).isEqualTo(Reason.FULL);
    assertThat(failure).hasMessageContaining("no space is left").hasMessageContaining("a in the");
  }

  private static IOException catchWrite(Path device) {
    try {
      Files.write(device, new byte[1]);
      throw new AssertionError("It took it");
    } catch (IOException e) {
      return e;
    }
  }

  private Path begun(String name) {
    return folder.resolve("made/by/the/first").resolve(name).resolve("." + UUID.randomUUID());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
