package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.workspace.InstallationId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The schema in use and the one that a restore puts aside. Renaming one touches no row.
///
/// | there is | means |
/// |---|---|
/// | `bothy` alone | nothing under way |
/// | `bothy_before_restore` | a restore has begun and not ended: it holds what was there, and `bothy`, if it is there, is not whole |
/// | `bothy_replaced` | a restore has ended: it holds what was there, and is to be dropped |
final class Schemas {
  /// Servers refuse to start while it is there (module recovery).
  static final String ASIDE = "bothy_before_restore";

  private static final String REPLACED = "bothy_replaced";
  private static final String LIVE = "bothy";
  private static final String RESTORE = "hashtextextended('bothy restore', 0)";
  private static final String BACKUP = "hashtextextended('bothy backup', 0)";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private Schemas() {}

  /// For as long as the connection is open: no other restore begins, and no backup, which would
  /// read what is half loaded. Nor does it begin while one of them runs. What was killed a moment
  /// ago is waited for.
  ///
  /// @throws BackupFailure if somebody else has it
  static void lock(Connection connection) throws SQLException {
    execute(connection, "set lock_timeout = '3s'");
    try {
      execute(connection, "select pg_advisory_lock(" + RESTORE + ")");
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      throw is(connection, "select pg_try_advisory_lock(" + BACKUP + ")")
          ? new BackupFailure(
              Reason.RestoreRunning,
              "Another restore of this database runs. Wait for its end, and try again",
              e)
          : new BackupFailure(
              Reason.BackupRunning,
              "A backup of this database runs. Wait for its end, and try again",
              e);
    }
    // Somebody who reads a table that is to go is not waited for without end.
    execute(connection, "set lock_timeout = '60s'");
  }

  /// Until [#unlock]: no restore begins, and no other backup.
  ///
  /// @throws BackupFailure if one runs, or a restore was not finished
  static void lockForBackup(Connection connection) throws SQLException {
    if (!is(connection, "select pg_try_advisory_lock_shared(" + RESTORE + ")")) {
      throw new BackupFailure(
          Reason.RestoreRunning,
          "A restore of this database runs. Wait for its end, and try again");
    }
    if (!is(connection, "select pg_try_advisory_lock(" + BACKUP + ")")) {
      throw new BackupFailure(
          Reason.BackupRunning,
          "Another backup of this database runs. Wait for its end, and try again");
    }
    if (exists(connection, ASIDE)) {
      throw new BackupFailure(
          Reason.Unfinished,
          "A restore was not finished, so that the database is not whole. Run restore again, or"
              + " restore --undo, which puts back what was there");
    }
  }

  /// At once, while the server notices the end of a connection some time later.
  static void unlock(Connection connection) {
    try {
      execute(connection, "select pg_advisory_unlock_all()");
    } catch (SQLException e) {
      // The end of the connection does it.
    }
  }

  /// Whose the data is that was there before any restore.
  static Optional<UUID> installation(Connection connection) throws SQLException {
    return InstallationId.of(connection, exists(connection, ASIDE) ? ASIDE : LIVE);
  }

  static boolean isUnfinished(Connection connection) throws SQLException {
    return exists(connection, ASIDE);
  }

  static boolean mayCreate(Connection connection) throws SQLException {
    return is(connection, "select has_database_privilege(current_database(), 'create')");
  }

  /// @throws BackupFailure naming who is connected
  static void refuseWhileServersRun(Connection connection) throws SQLException {
    List<String> others = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select distinct a.usename || coalesce(' from ' || host(a.client_addr), '')
                  from pg_stat_activity a join pg_roles r on r.rolname = a.usename
                 where a.datname = current_database() and a.usename <> current_user
                   and not r.rolsuper and pg_has_role(r.oid, 'bothy_app', 'member')
                """)) {
      while (rows.next()) {
        others.add(rows.getString(1));
      }
    }
    if (!others.isEmpty()) {
      throw new BackupFailure(
          Reason.ServersRunning,
          "Servers are connected to the database that is to be replaced: %s. Stop them first"
              .formatted(String.join(", ", others)));
    }
  }

  /// Puts what is there aside, unless an earlier run has: then `bothy` is not whole, and is
  /// dropped.
  static void putAside(Connection connection, String backup) throws SQLException {
    if (exists(connection, ASIDE)) {
      drop(connection, LIVE);
      return;
    }
    if (!exists(connection, LIVE)) {
      execute(connection, "create schema " + LIVE);
    }
    boolean auto = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      execute(connection, "alter schema " + LIVE + " rename to " + ASIDE);
      execute(
          connection,
          String.format(
              Locale.ROOT,
              "comment on schema %s is 'What was there before the restore of %s'",
              ASIDE,
              backup));
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(auto);
    }
  }

  /// As db/roles.sql makes it.
  static void makeEmpty(Connection connection) throws SQLException {
    execute(
        connection,
        "create schema bothy; revoke all on schema bothy from public;"
            + " grant usage on schema bothy to bothy_app, bothy_backup;"
            + " grant usage, create on schema bothy to bothy_queue");
  }

  /// From here on the restored schema is the one in use.
  static void commit(Connection connection) throws SQLException {
    execute(connection, "alter schema " + ASIDE + " rename to " + REPLACED);
  }

  static void dropReplaced(Connection connection) throws SQLException {
    drop(connection, REPLACED);
  }

  /// @return whether there was anything to put back
  static boolean putBack(Connection connection) throws SQLException {
    if (!exists(connection, ASIDE)) {
      return false;
    }
    drop(connection, LIVE);
    execute(
        connection,
        "comment on schema %s is null; alter schema %s rename to %s".formatted(ASIDE, ASIDE, LIVE));
    return true;
  }

  static boolean isInUse(Connection connection) throws SQLException {
    if (exists(connection, ASIDE)) {
      return true;
    }
    return is(connection, "select to_regclass('bothy.workspace') is not null")
        && is(connection, "select exists (select from bothy.workspace)");
  }

  private static void drop(Connection connection, String schema) throws SQLException {
    execute(connection, "drop schema if exists " + schema + " cascade");
  }

  private static boolean exists(Connection connection, String schema) throws SQLException {
    return is(connection, "select to_regnamespace('" + schema + "') is not null");
  }

  private static boolean is(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
