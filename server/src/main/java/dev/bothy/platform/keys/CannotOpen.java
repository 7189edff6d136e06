package dev.bothy.platform.keys;

/// A ciphertext did not open: it was made for another workspace, purpose or row, was changed, or
/// its key is gone. Carries no key material and no content.
public final class CannotOpen extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotOpen(String message) {
    super(message);
  }
}
