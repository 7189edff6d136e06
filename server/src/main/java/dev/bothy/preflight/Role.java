package dev.bothy.preflight;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// A role of PostgreSQL as the settings name it.
///
/// @param url the JDBC address
/// @param setting the prefix of its settings, e.g. `spring.datasource`
record Role(String url, String user, String password, String setting) {
  private static final String CONNECT_SECONDS = "5";
  private static final String ANSWER_SECONDS = "10";

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("loginTimeout", ANSWER_SECONDS);
    properties.setProperty("socketTimeout", ANSWER_SECONDS);
    properties.setProperty("ApplicationName", "bothy preflight");
    return DriverManager.getConnection(url, properties);
  }

  String host() {
    return part(PGProperty.PG_HOST, "localhost");
  }

  int port() {
    return Integer.parseInt(part(PGProperty.PG_PORT, "5432"));
  }

  String place() {
    return host() + ":" + port();
  }

  String database() {
    return part(PGProperty.PG_DBNAME, "");
  }

  boolean isEncrypted() {
    return !"disable".equals(part(PGProperty.SSL_MODE, "prefer"));
  }

  /// Of several hosts the first: they hold the same.
  private String part(PGProperty property, String otherwise) {
    Properties parts = Driver.parseURL(url, new Properties());
    String value = parts == null ? null : property.getOrDefault(parts);
    return value == null ? otherwise : value.split(",", -1)[0];
  }

  @Override
  public String toString() {
    return user + " at " + place();
  }
}
