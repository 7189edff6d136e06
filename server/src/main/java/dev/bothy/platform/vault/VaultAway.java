package dev.bothy.platform.vault;

import dev.bothy.platform.kernel.OutOfReach;
import org.jspecify.annotations.Nullable;

/// Vault does not answer, is sealed, or has nobody who is its leader.
public final class VaultAway extends OutOfReach {
  private static final long serialVersionUID = 1L;

  VaultAway(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
