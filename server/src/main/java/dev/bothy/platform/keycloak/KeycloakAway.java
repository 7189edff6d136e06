package dev.bothy.platform.keycloak;

import dev.bothy.platform.kernel.OutOfReach;
import org.jspecify.annotations.Nullable;

/// Keycloak was not reached, does not answer in time, or is in trouble of its own (5xx).
public final class KeycloakAway extends OutOfReach {
  private static final long serialVersionUID = 1L;

  KeycloakAway(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
