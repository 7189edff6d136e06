package dev.bothy.platform.keys;

import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/// The data keys of one owner, by version.
///
/// @param current the version that seals; older ones only open
/// @param keys those that were unwrapped
/// @param unusable those that were not, with why
record KeyRing(int current, Map<Integer, SecretKey> keys, Map<Integer, KeyUnusable> unusable) {
  KeyRing {
    keys = Map.copyOf(keys);
    unusable = Map.copyOf(unusable);
  }

  /// @throws KeyUnusable if the current one was not unwrapped
  SecretKey currentKey() {
    SecretKey key = ofVersion(current);
    if (key == null) {
      throw new IllegalStateException("No key of the current version " + current);
    }
    return key;
  }

  boolean has(int version) {
    return keys.containsKey(version) || unusable.containsKey(version);
  }

  /// @return null if there is none
  /// @throws KeyUnusable if it was not unwrapped
  @Nullable SecretKey ofVersion(int version) {
    KeyUnusable why = unusable.get(version);
    if (why != null) {
      throw why.again();
    }
    return keys.get(version);
  }

  @Override
  public String toString() {
    return "KeyRing(versions " + keys.keySet() + ", unusable " + unusable.keySet() + ")";
  }
}
