package dev.bothy.platform.keys;

import java.util.Optional;

/// Holds the keys that wrap data keys, and never gives them out.
interface KeyProvider {
  /// Stored beside each wrapped key, so that a change of provider is noticed: `local-file` or
  /// `vault`.
  String id();

  /// Wraps a data key, with a wrapping key that is made if it is missing.
  byte[] wrap(KeyName name, byte[] key);

  /// Gives back what [#wrap] was given for the same name.
  ///
  /// @throws KeyUnusable if it was wrapped for another name or under another key, or was changed
  byte[] unwrap(KeyName name, byte[] wrapped);

  /// The version of the wrapping key that made it.
  int wrappingVersion(byte[] wrapped);

  /// The key that wraps for this owner; empty if there is none.
  Optional<WrappingKey> wrappingKey(KeyOwner owner);

  /// What the key that wraps for this owner alone is called; empty if there is one for all.
  Optional<String> ownName(KeyOwner owner);

  /// Makes the next version of the owner's wrapping key.
  ///
  /// @throws UnsupportedOperationException if the key is not the owner's [own][WrappingKey#own]
  void rotate(KeyOwner owner);

  /// Unwraps nothing any more that an older version than this one wrapped.
  ///
  /// @throws UnsupportedOperationException if the key is not the owner's [own][WrappingKey#own]
  void refuseOlder(KeyOwner owner, int version);

  /// Destroys the owner's wrapping key with all its versions, for good. Nothing happens if there is
  /// none, or if it is not the owner's [own][WrappingKey#own]; when this returns there is none.
  void destroy(KeyOwner owner);
}
