package dev.bothy.platform.keycloak;

/// A part of the realm, as far as the login may look at it.
sealed interface Seen<T> {
  /// It is so.
  record Is<T>(T value) implements Seen<T> {}

  /// Keycloak does not show it.
  ///
  /// @param why names the role that is missing
  record Hidden<T>(String why) implements Seen<T> {}
}
