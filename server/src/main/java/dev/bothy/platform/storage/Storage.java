package dev.bothy.platform.storage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The store that the settings name (`bothy.storage.*`), if they name one.
public final class Storage {
  private final @Nullable ObjectStore store;
  private final UnaryOperator<ObjectStore> use;

  /// @param store null where the settings name none
  /// @param use what is used in place of a store
  Storage(@Nullable ObjectStore store, UnaryOperator<ObjectStore> use) {
    this.store = store == null ? null : use.apply(store);
    this.use = use;
  }

  /// Where the settings name none, for tests and programs that need none.
  public static Storage none() {
    return new Storage(null, UnaryOperator.identity());
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
        : Optional.of(use.apply(FolderStore.of(folder)));
  }
}
