package dev.bothy.platform.keys;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The provider that wraps, and on the way from one to another the one whose wrapped keys are
/// unwrapped as well.
record KeyProviders(KeyProvider current, @Nullable KeyProvider other) {
  /// The provider of this id.
  ///
  /// @throws KeyUnusable if it is neither of them
  KeyProvider of(String id) {
    if (id.equals(current.id())) {
      return current;
    }
    if (other != null && id.equals(other.id())) {
      return other;
    }
    throw KeyUnusable.withTheseSettings(
        "A data key was wrapped by the provider "
            + id
            + ", but bothy.keys.provider is "
            + current.id()
            + (other == null
                ? "; set bothy.keys.other-provider to " + id
                : " and bothy.keys.other-provider is " + other.id()));
  }

  void each(Consumer<KeyProvider> work) {
    work.accept(current);
    if (other != null) {
      work.accept(other);
    }
  }

  /// Whether this wrapped key is as the provider would wrap it now.
  boolean isUpToDate(String provider, int wrappingVersion, WrappingKey key) {
    return provider.equals(current.id()) && wrappingVersion >= key.latestVersion();
  }
}
