package dev.bothy.platform.workspace;

import dev.bothy.platform.kernel.StartRefused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/// Refuses to start on a database whose restore has not ended: what is in the schema `bothy` is not
/// whole, and what was there before lies beside it.
final class UnfinishedRestore implements InitializingBean {
  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedRestore.class);

  /// What was there before, while a restore runs, and after one that was broken off.
  private static final String BEFORE = "bothy_before_restore";

  private final DataSource database;

  UnfinishedRestore(DataSource database) {
    this.database = database;
  }

  @Override
  public void afterPropertiesSet() {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = ?")) {
      query.setString(1, BEFORE);
      try (ResultSet found = query.executeQuery()) {
        if (found.next()) {
          String said = found.getString(1);
          throw new StartRefused(
              "A restore of this database has not ended: the schema "
                  + BEFORE
                  + " is there"
                  + (said == null ? "." : ", of " + said + "."),
              "If it still runs, wait for it. If it was broken off, run the command restore again,"
                  + " which begins anew, or restore --undo, which puts back what was there before;"
                  + " then start the server.");
        }
      }
    } catch (SQLException e) {
      // Whoever needs it next says what is wrong with it.
      LOG.debug("Whether a restore has not ended could not be looked up", e);
    }
  }
}
