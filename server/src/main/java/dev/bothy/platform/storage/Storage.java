package dev.bothy.platform.storage;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The store that the settings name (`bothy.storage.*`), if they name one.
public final class Storage {
  private final @Nullable ObjectStore store;

  /// @param store null where the settings name none
  Storage(@Nullable ObjectStore store) {
    this.store = store;
  }

  /// Where the settings name none, for tests and programs that need none.
  public static Storage none() {
    return new Storage(null);
  }

  /// Empty where the settings name none. Nothing has been asked of it yet.
  public Optional<ObjectStore> store() {
    return Optional.ofNullable(store);
  }

  /// The folder where one is named, else what [#store] gives.
  ///
  /// @param folder null or empty for none
  public Optional<ObjectStore> orFolder(@Nullable Path folder) {
    return folder == null || folder.toString().isBlank()
        ? store()
        : Optional.of(FolderStore.of(folder));
  }
}
