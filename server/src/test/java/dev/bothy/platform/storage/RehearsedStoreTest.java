package dev.bothy.platform.storage;

import static dev.bothy.platform.storage.ObjectStoreContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As any store for whoever uses it, and the real one stays as it is.
class RehearsedStoreTest implements ObjectStoreContract {
  @TempDir Path folder;

  private final Clock clock = Clock.systemUTC();
  private ObjectStore rehearsed = new RehearsedStore(FolderStore.of(Path.of("none")), clock);
  private boolean made;

  @Override
  public synchronized ObjectStore store() {
    if (!made) {
      made = true;
      rehearsed = new RehearsedStore(FolderStore.of(folder), clock);
    }
    return rehearsed;
  }

  @Test
  void theRealStoreIsShownAndNotChanged() {
    ObjectStore real = FolderStore.of(folder);
    real.put("a/1", text("one"));
    real.put("a/2", text("two"));
    store().put("a/1", text("other"));
    store().put("b/3", text("three"));
    store().delete(List.of("a/2"));
    assertThat(store().get("a/1")).isEqualTo(text("other"));
    assertThat(store().list("")).extracting(StoredObject::key).containsExactly("a/1", "b/3");
    assertThat(store().exists("a/2")).isFalse();
    assertThatThrownBy(() -> store().get("a/2")).isInstanceOf(StorageException.class);
    assertThat(real.get("a/1")).isEqualTo(text("one"));
    assertThat(real.list("")).extracting(StoredObject::key).containsExactly("a/1", "a/2");
  }
}
