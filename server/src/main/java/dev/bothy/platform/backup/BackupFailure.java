package dev.bothy.platform.backup;

import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.workspace.Outage;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Why a backup, a restore or a check did not come to its end. Its message is a sentence for the
/// person who runs the installation, and says what to do; it holds no secret and no content.
public final class BackupFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /// One word for programs.
  public enum Reason {
    /// The key provider does not have the key that is needed, or has another one.
    WrongKey(false),
    /// An object is not what the manifest says of it.
    DamagedObject(false),
    /// An object that the manifest names is not there.
    MissingPart(false),
    /// The backup is of another installation than the one in the database.
    OtherInstallation(false),
    /// The backup was made by a newer version, whose schema this one does not know.
    NewerSchema(false),
    /// The store has no room left.
    StorageFull(true),
    /// The store does not accept the credentials, or forbids what was asked.
    StorageRefused(true),
    /// The store does not answer.
    StorageAway(true),
    /// Clocks differ by more than the store allows.
    ClockSkew(true),
    /// Another backup has not ended.
    BackupRunning(true),
    /// Another restore has not ended.
    RestoreRunning(true),
    /// Servers are connected to the database that is to be replaced.
    ServersRunning(true),
    /// There is no such backup.
    NoBackup(false),
    /// PostgreSQL does not answer.
    DatabaseAway(true),
    /// PostgreSQL answered with an error.
    DatabaseRefused(true),
    /// The role lacks a privilege.
    NotEnoughPrivileges(false),
    /// What is in the database is not what the manifest says.
    VerificationFailed(false),
    /// The key provider does not answer.
    KeyProviderAway(true),
    /// An earlier restore was not finished, and what was asked does not finish it.
    Unfinished(false),
    /// A setting is missing.
    NotConfigured(false),
    /// A drill did not come to a good end.
    DrillFailed(true),
    /// What nobody thought of; its message is all that is known.
    Unexpected(true);

    private final boolean passing;

    Reason(boolean passing) {
      this.passing = passing;
    }

    /// Whether trying the same again may help.
    public boolean mayPass() {
      return passing;
    }
  }

  public BackupFailure(Reason reason, String message) {
    this(reason, message, null);
  }

  public BackupFailure(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /// What went wrong, in these words.
  public static BackupFailure of(Throwable e) {
    return switch (e) {
      case BackupFailure own -> own;
      case StorageException storage -> new BackupFailure(reason(storage), said(storage), storage);
      case OutOfReach away -> new BackupFailure(Reason.KeyProviderAway, said(away), away);
      case SQLException sql when "42501".equals(sql.getSQLState()) ->
          new BackupFailure(
              Reason.NotEnoughPrivileges,
              "PostgreSQL refuses it: %s. Run db/roles.sql again".formatted(said(sql)),
              sql);
      case SQLException sql ->
          new BackupFailure(
              Outage.isCauseOf(sql) ? Reason.DatabaseAway : Reason.DatabaseRefused,
              "PostgreSQL: " + said(sql),
              sql);
      case InterruptedException stopped ->
          new BackupFailure(Reason.Unexpected, "It was told to stop", stopped);
      case OutOfMemoryError full ->
          new BackupFailure(
              Reason.Unexpected,
              "The program has too little memory (%s). Give it more, or set bothy.backup.parallel lower"
                  .formatted(said(full)),
              full);
      default ->
          new BackupFailure(
              Reason.Unexpected, "%s: %s".formatted(e.getClass().getSimpleName(), said(e)), e);
    };
  }

  private static Reason reason(StorageException failure) {
    return switch (failure.reason()) {
      case MISSING -> Reason.MissingPart;
      case AWAY -> Reason.StorageAway;
      case REFUSED, LOCKED, MISCONFIGURED -> Reason.StorageRefused;
      case FULL -> Reason.StorageFull;
      case CLOCK_SKEW -> Reason.ClockSkew;
    };
  }

  private static String said(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
