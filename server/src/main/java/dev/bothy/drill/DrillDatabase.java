package dev.bothy.drill;

import dev.bothy.database.RoleScript;
import dev.bothy.platform.backup.ConnectionSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A database that a drill makes in a throw-away PostgreSQL, and drops again. Its roles get
/// passwords that nobody else knows.
final class DrillDatabase implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("(jdbc:postgresql://[^/?]+/)([^?]*)(.*)");
  private static final String NAME = "bothy_drill";

  /// On a role that a drill made: one that was killed as it took down what it made left it.
  private static final String MARK = "Made by a drill, and gone with it";

  private static final int PASSWORD_BYTES = 24;

  private final Matcher address;
  private final String user;
  private final String password;
  private final String rolePassword;

  private DrillDatabase(Matcher address, String user, String password) {
    this.address = address;
    this.user = user;
    this.password = password;
    byte[] chance = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(chance);
    this.rolePassword = Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
  }

  /// @param url of any database of the throw-away PostgreSQL
  /// @param user a superuser
  /// @throws IllegalArgumentException if the url is none, or leads to a server that is in use
  static DrillDatabase make(String url, String user, String password)
      throws SQLException, IOException {
    Matcher address = ADDRESS.matcher(url);
    if (!address.matches()) {
      throw new IllegalArgumentException(
          "bothy.drill.database-url must be like jdbc:postgresql://localhost:5432/postgres");
    }
    DrillDatabase database = new DrillDatabase(address, user, password);
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      refuseUnlessThrowAway(statement);
      statement.execute("drop database if exists " + NAME + " with (force)");
      statement.execute("create database " + NAME);
    }
    try (Connection connection = database.connect(user, password)) {
      RoleScript.run(connection);
      for (String role : new String[] {"bothy_migrate", "bothy_app", "bothy_backup"}) {
        RoleScript.setPassword(connection, role, database.rolePassword);
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("comment on role bothy_app is '" + MARK + "'");
      }
    }
    return database;
  }

  /// Passwords of roles hold for all databases of a server: a drill beside a database in use would
  /// lock its servers out.
  private static void refuseUnlessThrowAway(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select exists (select from pg_roles where rolname = 'bothy_app'"
                + " and shobj_description(oid, 'pg_authid') is distinct from '"
                + MARK
                + "') and not exists (select from pg_database where datname = '"
                + NAME
                + "')")) {
      if (row.next() && row.getBoolean(1)) {
        throw new IllegalArgumentException(
            "bothy.drill.database-url leads to a PostgreSQL that has Bothy's roles already, so that"
                + " it is no throw-away one. Give it one that holds nothing else");
      }
    }
  }

  String url() {
    return address.group(1) + NAME + address.group(3);
  }

  String rolePassword() {
    return rolePassword;
  }

  ConnectionSource as(String role) {
    return () -> connect(role, rolePassword);
  }

  private Connection connect(String as, String with) throws SQLException {
    return DriverManager.getConnection(url(), as, with);
  }

  @Override
  public void close() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                address.group(1) + address.group(2) + address.group(3), user, password);
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + NAME + " with (force)");
      statement.execute("drop role if exists bothy_app, bothy_migrate, bothy_backup, bothy_queue");
    }
  }
}
