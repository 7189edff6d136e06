package dev.bothy.platform.keycloak;

import dev.bothy.platform.kernel.OutOfReach;

/// Keycloak answered, and said no. Somebody has to set something right there or in the settings;
/// then the same succeeds. The message says which call it was and what it needs, and nothing of
/// what was sent.
public final class KeycloakRefused extends OutOfReach {
  private static final long serialVersionUID = 1L;

  private final Why why;

  /// What is in the way.
  public enum Why {
    /// The login is not valid, or may not be used in this way.
    CREDENTIALS,
    /// The login lacks a role, which the message names.
    RIGHT,
    /// There is no such realm, or nothing of that name in it.
    MISSING,
    /// Another one has the name or the address.
    TAKEN,
    /// It did not take what it was given.
    CONTENT
  }

  KeycloakRefused(Why why, String message) {
    super(message, null);
    this.why = why;
  }

  /// What is in the way.
  public Why why() {
    return why;
  }
}
