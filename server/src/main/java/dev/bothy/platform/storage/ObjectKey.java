package dev.bothy.platform.storage;

import java.util.regex.Pattern;

/// What keys and prefixes look like, so that one written to a bucket fits a folder and none leads
/// out of it.
final class ObjectKey {
  private static final int LONGEST = 512;
  private static final Pattern KEY =
      Pattern.compile("[a-z0-9_-][a-z0-9._-]*(/[a-z0-9_-][a-z0-9._-]*)*");

  private ObjectKey() {}

  static boolean isOne(String text) {
    return text.length() <= LONGEST && KEY.matcher(text).matches();
  }

  /// @throws IllegalArgumentException if it is no key
  static String checked(String key) {
    if (!isOne(key)) {
      throw new IllegalArgumentException("No key of an object: '" + key + "'");
    }
    return key;
  }

  /// @param prefix a key, or one with a slash at its end, or empty
  /// @throws IllegalArgumentException if no key could begin with it
  static String checkedPrefix(String prefix) {
    if (!prefix.isEmpty()) {
      checked(prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
    }
    return prefix;
  }

  /// @throws IllegalArgumentException if it is larger than an object may be
  static void checkSize(String key, byte[] content) {
    if (content.length > ObjectStore.MOST_BYTES) {
      throw new IllegalArgumentException(
          key + " has " + content.length + " bytes; " + ObjectStore.MOST_BYTES + " are the most");
    }
  }
}
