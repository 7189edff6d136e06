package dev.bothy.platform.keys;

/// A ciphertext will never open: it was made for another workspace, purpose or row, was changed, or
/// its key is gone for good ([KeyDestroyed]). Carries no key material and no content.
///
/// That its key does not unwrap at present is something else, and may pass
/// ([dev.bothy.platform.kernel.OutOfReach]).
public sealed class CannotOpen extends RuntimeException permits KeyDestroyed {
  private static final long serialVersionUID = 1L;

  public CannotOpen(String message) {
    super(message);
  }

  /// The same, with the record that did not open.
  CannotOpen of(String record) {
    return new CannotOpen(record + ": " + getMessage());
  }
}
