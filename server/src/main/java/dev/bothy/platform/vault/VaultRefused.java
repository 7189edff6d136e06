package dev.bothy.platform.vault;

import dev.bothy.platform.kernel.OutOfReach;

/// Vault answered, and said no: the sign-in is not valid, the policy is too narrow, or the mount is
/// not there. Somebody has to set something right in Vault; then the same succeeds. The message
/// says which call it was and what it needs, and nothing of what was sent.
public final class VaultRefused extends OutOfReach {
  private static final long serialVersionUID = 1L;

  private final int status;

  VaultRefused(String message, int status) {
    super(message, null);
    this.status = status;
  }

  /// Vault's HTTP status.
  public int status() {
    return status;
  }
}
