package dev.bothy.platform.storage;

import org.jspecify.annotations.Nullable;

/// A store did not do what it was asked. The message is for people and has no secret in it.
public final class StorageException extends RuntimeException {
  /// Why, in as far as somebody could act on it.
  public enum Reason {
    /// There is no such object.
    MISSING,
    /// The store does not answer, or only with errors, after several tries: trying later helps.
    AWAY,
    /// Credentials are unknown or may not do this, or the folder's rights forbid it.
    REFUSED,
    /// No space is left, or a quota is used up.
    FULL,
    /// The store finds that this machine's clock is wrong.
    CLOCK_SKEW,
    /// An object lock forbids to delete or replace it before its time.
    LOCKED,
    /// The settings lead nowhere: no such bucket, another region, no folder.
    MISCONFIGURED
  }

  private final Reason reason;

  public StorageException(Reason reason, String message) {
    this(reason, message, null);
  }

  /// @param cause null where the store said so itself
  public StorageException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
