package dev.bothy.platform.keys;

/// Somebody has destroyed the data key that sealed it.
public final class KeyDestroyed extends CannotOpen {
  private static final long serialVersionUID = 1L;

  KeyDestroyed(String message) {
    super(message);
  }

  @Override
  CannotOpen of(String record) {
    return new KeyDestroyed(record + ": " + getMessage());
  }
}
