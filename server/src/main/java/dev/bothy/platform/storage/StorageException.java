package dev.bothy.platform.storage;

import org.jspecify.annotations.Nullable;

/// A store did not do what it was asked. The message is for people: what is so, and what to do
/// about it where somebody can. It has no secret in it.
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

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
    /// This machine's clock and the store's are too far apart.
    CLOCK_SKEW,
    /// An object lock forbids to delete or replace it before its time.
    LOCKED,
    /// The settings lead nowhere: no such bucket, another region, no folder, a certificate that
    /// nobody here believes.
    MISCONFIGURED
  }

  private final Reason reason;
  private final String why;
  private final String fix;

  public StorageException(Reason reason, String message) {
    this(reason, message, "", null);
  }

  /// @param why what is so, in sentences
  /// @param fix what to do next, in sentences; empty if nothing helps but to try later
  /// @param cause null where the store said so itself
  public StorageException(Reason reason, String why, String fix, @Nullable Throwable cause) {
    super(fix.isEmpty() ? why : why + " " + fix, cause);
    this.reason = reason;
    this.why = why;
    this.fix = fix;
  }

  public Reason reason() {
    return reason;
  }

  /// What is so.
  public String why() {
    return why;
  }

  /// What to do next; empty if nothing helps but to try later.
  public String fix() {
    return fix;
  }
}
