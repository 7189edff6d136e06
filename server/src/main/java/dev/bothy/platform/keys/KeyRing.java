package dev.bothy.platform.keys;

import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/// The unwrapped data keys of one owner, by version.
///
/// @param current the version that seals; older ones only open
record KeyRing(int current, Map<Integer, SecretKey> keys) {
  KeyRing {
    keys = Map.copyOf(keys);
  }

  SecretKey currentKey() {
    SecretKey key = keys.get(current);
    if (key == null) {
      throw new IllegalStateException("No key of the current version " + current);
    }
    return key;
  }

  @Nullable SecretKey ofVersion(int version) {
    return keys.get(version);
  }

  @Override
  public String toString() {
    return "KeyRing(versions " + keys.keySet() + ")";
  }
}
