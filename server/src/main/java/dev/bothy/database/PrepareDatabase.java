package dev.bothy.database;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.operation.ToolContext;
import dev.bothy.platform.workspace.DatabaseLink;
import dev.bothy.platform.workspace.Installation;
import dev.bothy.platform.workspace.Outage;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/// Makes a database and its roles, as a DBA would by hand: for a trial, whose PostgreSQL is as new
/// as Bothy. What is there already stays; running it again does no harm.
public final class PrepareDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(PrepareDatabase.class);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final String URL = "spring.datasource.url";
  private static final Pattern ADDRESS = Pattern.compile("(jdbc:postgresql://[^/?]+/)([^?]*)(.*)");

  /// Another run made the same at the same time: duplicate_database, duplicate_object,
  /// unique_violation, duplicate_schema.
  private static final Set<String> MADE_MEANWHILE = Set.of("42P04", "42710", "23505", "42P06");

  private final String admin;
  private final String adminPassword;
  private final Matcher address;
  private final PrepareSettings settings;
  private final Environment environment;

  private PrepareDatabase(String admin, PrepareSettings settings, Environment environment) {
    this.admin = admin;
    this.settings = settings;
    this.environment = environment;
    this.adminPassword = given(settings.adminPassword(), "bothy.prepare.admin-password");
    String url = given(environment.getProperty(URL), URL);
    this.address = ADDRESS.matcher(url);
    if (!address.matches()) {
      throw new StartRefused(
          URL + " is not the address of a database: " + url,
          "Write it like jdbc:postgresql://db.example.com:5432/bothy");
    }
  }

  @EnableConfigurationProperties({PrepareSettings.class, Installation.class})
  private static final class Beans {}

  /// @param admin the superuser's name
  /// @param arguments settings, each `--name=value`
  /// @return 0 when everything is there, 1 when it could not be made; a log line says why
  public static int run(String admin, List<String> arguments) {
    try (ConfigurableApplicationContext context =
        ToolContext.start(Beans.class, Map.of(), arguments)) {
      Environment environment = context.getEnvironment();
      DatabaseLink.check(
          context.getBean(Installation.class), URL, environment.getProperty(URL), new Properties());
      new PrepareDatabase(admin, context.getBean(PrepareSettings.class), environment).prepare();
      return 0;
    } catch (StartRefused | SQLException | IOException e) {
      LOG.error("The database could not be prepared: {}", e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private void prepare() throws SQLException, IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean said = false;
    while (true) {
      try {
        once();
        return;
      } catch (SQLException e) {
        boolean passes = Outage.isCauseOf(e) || MADE_MEANWHILE.contains(e.getSQLState());
        if (!passes || System.nanoTime() > deadline) {
          throw e;
        }
        if (!said) {
          LOG.info("Waiting for PostgreSQL, up to {} s: {}", PATIENCE.toSeconds(), e.getMessage());
          said = true;
        }
        Thread.sleep(BETWEEN);
      }
    }
  }

  private void once() throws SQLException, IOException {
    String named = settings.database();
    String database = named == null || named.isBlank() ? address.group(2) : named;
    String role = settings.role();
    try (Connection connection = connect("postgres")) {
      if (role != null && !role.isBlank()) {
        ensureRole(connection, role);
        RoleScript.setPassword(
            connection, role, given(settings.rolePassword(), "bothy.prepare.role-password"));
        ensureDatabase(connection, database, role);
      } else {
        ensureDatabase(connection, database, null);
      }
    }
    if (role == null || role.isBlank()) {
      try (Connection connection = connect(database)) {
        RoleScript.run(connection);
        RoleScript.setPassword(connection, "bothy_app", secret("spring.datasource.password"));
        RoleScript.setPassword(connection, "bothy_migrate", secret("spring.flyway.password"));
        String backupPassword = environment.getProperty("bothy.backup.password");
        if (backupPassword != null && !backupPassword.isBlank()) {
          RoleScript.setPassword(connection, "bothy_backup", backupPassword);
        }
      }
    }
    LOG.info("The database {} and its roles are there.", database);
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        address.group(1) + database + address.group(3), admin, adminPassword);
  }

  private String secret(String key) {
    return given(environment.getProperty(key), key);
  }

  private static void ensureRole(Connection connection, String role) throws SQLException {
    if (!exists(connection, "select from pg_roles where rolname = ?", role)) {
      execute(connection, "select format('create role %I login', ?::text)", role);
    }
    execute(
        connection,
        "select format('alter role %I login nosuperuser nocreatedb nocreaterole nobypassrls',"
            + " ?::text)",
        role);
  }

  private static void ensureDatabase(Connection connection, String database, @Nullable String owner)
      throws SQLException {
    if (!exists(connection, "select from pg_database where datname = ?", database)) {
      execute(connection, "select format('create database %I', ?::text)", database);
    }
    if (owner != null) {
      execute(
          connection,
          "select format('alter database %I owner to %I', ?::text, ?::text)",
          database,
          owner);
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet found = statement.executeQuery()) {
        return found.next();
      }
    }
  }

  /// PostgreSQL puts the names into the statement, since it takes no parameters there.
  private static void execute(Connection connection, String format, String... names)
      throws SQLException {
    String sql;
    try (PreparedStatement statement = connection.prepareStatement(format)) {
      for (int i = 0; i < names.length; i++) {
        statement.setString(i + 1, names[i]);
      }
      try (ResultSet made = statement.executeQuery()) {
        made.next();
        sql = made.getString(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String given(@Nullable String value, String key) {
    if (value == null || value.isBlank()) {
      throw new StartRefused(key + " is missing.", "Set it, and run prepare-database again.");
    }
    return value;
  }
}
