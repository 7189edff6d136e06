package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.OutOfReach;

/// As many ask the provider for keys as may at the same time, and it is slow.
final class KeyProviderBusy extends OutOfReach {
  private static final long serialVersionUID = 1L;

  KeyProviderBusy() {
    super("The key provider is slow, and others wait for it already; try again later", null);
  }
}
