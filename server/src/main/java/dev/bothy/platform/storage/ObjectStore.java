package dev.bothy.platform.storage;

import java.util.Collection;
import java.util.List;

/// Keeps whole objects by key.
///
/// ## Keys
///
/// Names of `[a-z0-9._-]`, divided by `/`, none of which begins with a dot, e.g.
/// `backups/20261127t021500z-3f9a1c/manifest.json`; at most 512 characters. Anything else is an
/// [IllegalArgumentException].
///
/// ## Failures
///
/// Every method throws [StorageException], after having tried again where that could help; its
/// message says what is wrong and where, for people. Threads may share a store.
public interface ObjectStore {
  /// The largest object: what is larger is cut into such by who writes it.
  int MOST_BYTES = 32 * 1024 * 1024;

  /// Which store it is, for people: `folder /backups` or `s3://bucket/prefix at https://…`; without
  /// secrets.
  String describe();

  /// Puts it there whole, in place of what was there; it stays, whatever happens, once this
  /// returns. Who reads meanwhile finds the one or the other, never a part.
  ///
  /// @throws IllegalArgumentException if it is larger than [#MOST_BYTES]
  void put(String key, byte[] content);

  /// @throws StorageException with [StorageException.Reason#MISSING] if there is none
  byte[] get(String key);

  boolean exists(String key);

  /// All whose key begins with it, by key; objects that come or go meanwhile may be in it or not.
  ///
  /// @param prefix empty for all; it may end within a name
  List<StoredObject> list(String prefix);

  /// The names directly below a prefix that end with `/` there, by name: what a file system calls
  /// folders. What is deeper is not looked at one by one where the store can spare it.
  ///
  /// @param prefix ends with `/`
  /// @return without prefix and `/`
  default List<String> folders(String prefix) {
    return list(prefix).stream()
        .map(object -> object.key().substring(prefix.length()))
        .filter(rest -> rest.contains("/"))
        .map(rest -> rest.substring(0, rest.indexOf('/')))
        .distinct()
        .toList();
  }

  /// One that is not there is no error. After a failure some may be gone and others not.
  void delete(Collection<String> keys);
}
