package dev.bothy.platform.vault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Opens connections with the login that Vault gave last. If PostgreSQL refuses it, because Vault
/// dropped the user or changed the password before its time, a new one is asked for at once.
final class LoginDataSource extends DelegatingDataSource {
  /// Wrong password, or no such role.
  private static final Set<String> REFUSED = Set.of("28P01", "28000");

  private final DatabaseLogins logins;

  /// Which user each was opened as; the pool alone holds them.
  private final Map<Connection, String> opened = Collections.synchronizedMap(new WeakHashMap<>());

  /// @param driver opens a connection as a given user
  LoginDataSource(DataSource driver, DatabaseLogins logins) {
    super(driver);
    this.logins = logins;
  }

  @Override
  public Connection getConnection() throws SQLException {
    DatabaseLogin login = logins.current();
    try {
      return open(login);
    } catch (SQLException refused) {
      if (refused.getSQLState() == null || !REFUSED.contains(refused.getSQLState())) {
        throw refused;
      }
      DatabaseLogin other = logins.insteadOf(login);
      if (other.equals(login)) {
        throw refused;
      }
      return open(other);
    }
  }

  private Connection open(DatabaseLogin login) throws SQLException {
    Connection connection = getConnection(login.user(), login.password());
    opened.put(connection, login.user());
    return connection;
  }

  /// Whether a connection of this user is open.
  boolean holds(String user) {
    synchronized (opened) {
      return opened.entrySet().stream()
          .anyMatch(each -> each.getValue().equals(user) && isOpen(each.getKey()));
    }
  }

  private static boolean isOpen(Connection connection) {
    try {
      return !connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }
}
