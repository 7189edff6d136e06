package dev.bothy.platform.vault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Opens connections with the login that Vault gave last. If PostgreSQL refuses it, because Vault
/// dropped the user or changed the password before its time, a new one is asked for at once.
final class LoginDataSource extends DelegatingDataSource {
  /// Wrong password, or no such role.
  private static final Set<String> REFUSED = Set.of("28P01", "28000");

  private final DatabaseLogins logins;

  /// @param driver opens a connection as a given user
  LoginDataSource(DataSource driver, DatabaseLogins logins) {
    super(driver);
    this.logins = logins;
  }

  @Override
  public Connection getConnection() throws SQLException {
    DatabaseLogin login = logins.current();
    try {
      return getConnection(login.user(), login.password());
    } catch (SQLException refused) {
      if (refused.getSQLState() == null || !REFUSED.contains(refused.getSQLState())) {
        throw refused;
      }
      DatabaseLogin other = logins.insteadOf(login);
      if (other.equals(login)) {
        throw refused;
      }
      return getConnection(other.user(), other.password());
    }
  }
}
