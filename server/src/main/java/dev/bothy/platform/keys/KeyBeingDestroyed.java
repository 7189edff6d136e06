package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.OutOfReach;

/// The keys of an owner are being destroyed at the provider. What would be sealed now could be
/// sealed under them, so it has to wait.
final class KeyBeingDestroyed extends OutOfReach {
  private static final long serialVersionUID = 1L;

  KeyBeingDestroyed(String owner) {
    super("The keys of " + owner + " in this workspace are being destroyed; try again later", null);
  }
}
