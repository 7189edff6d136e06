package dev.bothy.platform.keys;

/// Holds the keys that wrap data keys, and never gives them out.
interface KeyProvider {
  /// Stored beside each wrapped key, so that a change of provider is noticed: `local-file` or
  /// `vault`.
  String id();

  /// Wraps a data key.
  byte[] wrap(KeyName name, byte[] key);

  /// Gives back what [#wrap] was given for the same name.
  ///
  /// @throws CannotOpen if it was wrapped for another name or under another key, or was changed
  byte[] unwrap(KeyName name, byte[] wrapped);
}
