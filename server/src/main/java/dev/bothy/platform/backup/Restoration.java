package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.kernel.ProductVersion;
import dev.bothy.platform.keys.BackupKeys;
import dev.bothy.platform.keys.NeededKey;
import dev.bothy.platform.workspace.ModuleMigrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a backup in the place of what the database holds.
///
/// What is there is put aside, untouched, until the backup is loaded, compared with its manifest
/// and migrated to this version; only then is it dropped. Whatever ends a run before, the next one
/// begins the load again, and [#undo] puts back what was there.
public final class Restoration {
  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

  private final ConnectionSource database;
  private final Flyway flyway;
  private final ModuleMigrations migrations;
  private final int parallel;
  private final BackupProgress progress;
  private final long largeBytes;

  /// @param database as the role that owns the schema
  /// @param flyway configured for the same database and role
  /// @param migrations bring the loaded schema to this version
  /// @param parallel how many connections load at once
  public Restoration(
      ConnectionSource database,
      Flyway flyway,
      ModuleMigrations migrations,
      int parallel,
      BackupProgress progress) {
    this(database, flyway, migrations, parallel, progress, Definitions.LARGE_BYTES);
  }

  /// @param largeBytes from which size on a table's indexes are made after its rows
  Restoration(
      ConnectionSource database,
      Flyway flyway,
      ModuleMigrations migrations,
      int parallel,
      BackupProgress progress,
      long largeBytes) {
    this.database = database;
    this.flyway = flyway;
    this.migrations = migrations;
    this.parallel = parallel;
    this.progress = progress;
    this.largeBytes = largeBytes;
  }

  /// Done in the restored database before it takes its place.
  @FunctionalInterface
  public interface Mark {
    void on(Connection connection) throws SQLException;
  }

  /// Looks whether the backup could be restored, and changes nothing.
  ///
  /// @param installation whose backup it may be beside the database's own; null for none
  /// @param acceptMissingKeys whether it may be restored without keys that the provider has not:
  ///   what they encrypted cannot be read then
  /// @throws BackupFailure if not
  public void check(
      BackupReader backup,
      BackupKeys keys,
      @Nullable UUID installation,
      boolean acceptMissingKeys) {
    Manifest manifest = backup.manifest();
    refuseNewer(manifest);
    try (Connection connection = database.open()) {
      Optional<UUID> own = Schemas.installation(connection);
      if (own.isPresent()
          && !own.get().equals(manifest.installation())
          && !manifest.installation().equals(installation)) {
        throw new BackupFailure(
            Reason.OtherInstallation,
            "The backup %s is of the installation %s, and the database of %s. If that is meant, as in"
                    .formatted(manifest.id(), manifest.installation(), own.get())
                + " a new cluster, name it: --installation="
                + manifest.installation());
      }
      if (!Schemas.mayCreate(connection)) {
        throw new BackupFailure(
            Reason.NotEnoughPrivileges,
            "%s may not create a schema in the database. Run db/roles.sql again, which grants it"
                .formatted(connection.getMetaData().getUserName()));
      }
    } catch (SQLException | RuntimeException e) {
      throw BackupFailure.of(e);
    }
    if (!acceptMissingKeys) {
      refuseWithoutKeys(manifest, keys);
    }
  }

  private static void refuseNewer(Manifest manifest) {
    Map<String, String> known = ModuleMigrations.newest();
    List<String> newer = new ArrayList<>();
    manifest
        .schema()
        .forEach((module, version) -> {
          String own = known.get(module);
          if (own == null || MigrationVersion.fromVersion(version).isNewerThan(own)) {
            newer.add(module + " V" + version);
          }
        });
    if (!newer.isEmpty()) {
      throw new BackupFailure(
          Reason.NewerSchema,
          "The backup %s was made by version %s, and this program does not know its %s. Restore it"
                  .formatted(manifest.id(), manifest.version(), String.join(", ", newer))
              + " with that version, or a later one");
    }
  }

  private static void refuseWithoutKeys(Manifest manifest, BackupKeys keys) {
    List<String> lacking = new ArrayList<>();
    try {
      for (NeededKey needed : manifest.keys()) {
        keys.lacking(needed).ifPresent(lacking::add);
      }
    } catch (RuntimeException e) {
      throw BackupFailure.of(e);
    }
    if (!lacking.isEmpty()) {
      throw new BackupFailure(
          Reason.WrongKey,
          "The key provider lacks keys of the backup %s: %s. Restore them there first; if they were"
                  .formatted(manifest.id(), String.join("; ", lacking))
              + " destroyed on purpose, --accept-missing-keys=true restores the rest");
    }
  }

  /// Whether the database holds anything that a restore would replace: false for one without a
  /// schema, with tables that nothing was ever written to, or where a restore was not finished.
  public boolean isInUse() {
    try (Connection connection = database.open()) {
      return Schemas.isInUse(connection);
    } catch (SQLException e) {
      throw BackupFailure.of(e);
    }
  }

  /// Restores. Nobody else may use the database meanwhile.
  ///
  /// @param mark is done in the restored database before it takes its place
  /// @throws BackupFailure if it did not come to its end
  public void restore(BackupReader backup, Mark mark) {
    Manifest manifest = backup.manifest();
    refuseNewer(manifest);
    try (Connection connection = database.open()) {
      Schemas.lock(connection);
      Schemas.dropReplaced(connection);
      Schemas.refuseWhileServersRun(connection);
      progress.at("Preparing", 0, "The present database is put aside");
      Schemas.putAside(connection, manifest.id());
      Schemas.makeEmpty(connection);
      ModuleMigrations.migrateTo(flyway, manifest.schema());
      new Loading(database, parallel, progress, largeBytes).load(connection, backup);
      TableSums.of(manifest.tables(), database, parallel, progress)
          .compare(manifest, Reason.VerificationFailed, "was loaded with");
      progress.at("Migrating", 0, "To version " + ProductVersion.current());
      migrations.migrate(flyway);
      mark.on(connection);
      Schemas.commit(connection);
      LOG.info("Restored the backup {}", manifest.id());
      dropReplaced(connection);
    } catch (SQLException | RuntimeException e) {
      throw BackupFailure.of(e);
    }
  }

  /// It is restored whether or not this comes to its end.
  private static void dropReplaced(Connection connection) {
    try {
      Schemas.dropReplaced(connection);
    } catch (SQLException e) {
      LOG.warn("What was there before could not be dropped; the next restore does it", e);
    }
  }

  /// Whether a restore has begun and not ended: what was there before is put aside.
  public boolean isUnfinished() {
    try (Connection connection = database.open()) {
      return Schemas.isUnfinished(connection);
    } catch (SQLException e) {
      throw BackupFailure.of(e);
    }
  }

  /// Drops what a restore that has ended put aside, if its own attempt failed or was killed: erased
  /// people's rows are still in it.
  ///
  /// @param connection of the schema's owner
  public static void dropWhatWasReplaced(Connection connection) throws SQLException {
    Schemas.dropReplaced(connection);
  }

  /// Puts back what a restore that was not finished had put aside.
  ///
  /// @return whether there was anything to put back
  public boolean undo() {
    try (Connection connection = database.open()) {
      Schemas.lock(connection);
      Schemas.dropReplaced(connection);
      Schemas.refuseWhileServersRun(connection);
      return Schemas.putBack(connection);
    } catch (SQLException | RuntimeException e) {
      throw BackupFailure.of(e);
    }
  }
}
