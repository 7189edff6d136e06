package dev.bothy.platform.kernel;

import org.jspecify.annotations.Nullable;

/// Something outside that this needs did not answer. No request and no row is to blame: the same
/// may succeed a moment later, and work that met this waits.
public abstract class OutOfReach extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected OutOfReach(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
