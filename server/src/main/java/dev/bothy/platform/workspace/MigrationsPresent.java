package dev.bothy.platform.workspace;

import dev.bothy.platform.kernel.StartRefused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;

/// Refuses to start on a database that lacks migrations of this version, where something else than
/// this server runs them. Migrations of a later version do not disturb it.
final class MigrationsPresent implements InitializingBean {
  private static final String UNDEFINED_TABLE = "42P01";
  private static final String NOT_ALLOWED = "42501";

  private final DataSource database;

  MigrationsPresent(DataSource database) {
    this.database = database;
  }

  @Override
  public void afterPropertiesSet() {
    Set<String> missing = new TreeSet<>();
    try (Connection connection = database.getConnection()) {
      for (ModuleMigrations.Module module : ModuleMigrations.modules()) {
        Set<String> applied = applied(connection, module.historyTable());
        module.versions().stream()
            .filter(version -> !applied.contains(version))
            .forEach(version -> missing.add(module.name() + " V" + version));
      }
    } catch (SQLException e) {
      throw new StartRefused(
          "The database of spring.datasource.url cannot be used: " + e.getMessage(),
          "Look whether PostgreSQL runs, whether this server may reach it, and whether user and"
              + " password are right.");
    }
    if (!missing.isEmpty()) {
      throw new StartRefused(
          "The database lacks migrations of this version: " + String.join(", ", missing) + ".",
          "Run this server's image with the argument migrate, which uses spring.flyway.url, .user"
              + " and .password; then start the server again.");
    }
  }

  /// Nothing, if the history is not there or was never opened to this role: `migrate` does both.
  private static Set<String> applied(Connection connection, String table) throws SQLException {
    List<String> versions = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "select version from " + table + " where success and version is not null");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        versions.add(rows.getString(1));
      }
    } catch (SQLException e) {
      if (!UNDEFINED_TABLE.equals(e.getSQLState()) && !NOT_ALLOWED.equals(e.getSQLState())) {
        throw e;
      }
    }
    return new HashSet<>(versions);
  }
}
