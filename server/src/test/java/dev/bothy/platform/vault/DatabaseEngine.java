package dev.bothy.platform.vault;

import dev.bothy.database.RoleScript;
import dev.bothy.embedded.PostgresServer;
import dev.bothy.migrate.Migration;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Vault's database engine, and a migrated PostgreSQL that asks for passwords, set up as the
/// documentation says.
final class DatabaseEngine implements AutoCloseable {
  static final String POLICY = "bothy-database";
  private static final String MOUNT = "database";
  private static final String ADMIN = "vault_admin";
  private static final String PASSWORD = "of-the-tests";
  private static final Path PAGE = Path.of("../docs/how-to/database-login-from-vault.md");
  private static final Path POLICY_FILE = Path.of("../docs/reference/vault/bothy-database.hcl");

  private final TestVault vault;
  private final PostgresServer postgres;

  private DatabaseEngine(TestVault vault, PostgresServer postgres) {
    this.vault = vault;
    this.postgres = postgres;
  }

  static DatabaseEngine start(TestVault vault, Path folder) throws IOException, SQLException {
    PostgresServer postgres =
        PostgresServer.start(folder.resolve("postgres"), ServerProcess.freePort(), Map.of());
    DatabaseEngine engine = new DatabaseEngine(vault, postgres);
    postgres.ensureDatabase("bothy");
    try (Connection connection = postgres.connect("bothy");
        Statement statement = connection.createStatement()) {
      RoleScript.run(connection);
      RoleScript.setPassword(connection, "bothy_app", PASSWORD);
      RoleScript.setPassword(connection, "bothy_migrate", PASSWORD);
      statement.execute(example("sql", "create role " + ADMIN));
      RoleScript.setPassword(connection, ADMIN, PASSWORD);
    }
    if (Migration.run(engine.migrateSettings().stream().map("--"::concat).toList()) != 0) {
      throw new IllegalStateException("The database was not migrated");
    }
    if (!vault.call("GET", "sys/mounts", null).has(MOUNT + "/")) {
      vault.mount(MOUNT, "database");
    }
    vault.policy(POLICY, Files.readString(POLICY_FILE));
    vault.call(
        "POST",
        MOUNT + "/config/bothy",
        json(
            Map.of(
                "plugin_name",
                "postgresql-database-plugin",
                "allowed_roles",
                "bothy-app",
                "connection_url",
                "postgresql://{{username}}:{{password}}@127.0.0.1:"
                    + postgres.port()
                    + "/bothy?sslmode=disable",
                "username",
                ADMIN,
                "password",
                PASSWORD)));
    return engine;
  }

  /// Users that live this long, however often their lease is renewed.
  void users(Duration life) throws IOException {
    users(life, life);
  }

  void users(Duration life, Duration longest) throws IOException {
    vault.call("DELETE", MOUNT + "/static-roles/bothy-app", null);
    vault.call(
        "POST",
        MOUNT + "/roles/bothy-app",
        json(
            Map.of(
                "db_name",
                "bothy",
                "creation_statements",
                example("sql", "create role \"{{name}}\""),
                "revocation_statements",
                example("sql", "drop role"),
                "default_ttl",
                life.toSeconds() + "s",
                "max_ttl",
                longest.toSeconds() + "s")));
  }

  /// `bothy_app` itself, whose password Vault changes that often.
  void staticUser(Duration every) {
    vault.call("DELETE", MOUNT + "/roles/bothy-app", null);
    vault.call("DELETE", MOUNT + "/static-roles/bothy-app", null);
    vault.call(
        "POST",
        MOUNT + "/static-roles/bothy-app",
        json(
            Map.of(
                "db_name",
                "bothy",
                "username",
                "bothy_app",
                "rotation_period",
                every.toSeconds() + "s")));
    vault.policy(
        POLICY + "-static",
        "path \"database/static-creds/bothy-app\" { capabilities = [\"read\"] }");
  }

  void rotate() {
    vault.call("POST", MOUNT + "/rotate-role/bothy-app", "{}");
  }

  /// As somebody does who takes every login back.
  void revokeAll() {
    vault.call("PUT", "sys/leases/revoke-prefix/" + MOUNT + "/creds/bothy-app", "{}");
  }

  String url() {
    return postgres.url("bothy");
  }

  /// The users that Vault has made and not yet dropped.
  List<String> users() throws SQLException {
    try (Connection connection = postgres.connect("bothy");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select m.rolname from pg_roles g join pg_auth_members on roleid = g.oid"
                    + " join pg_roles m on m.oid = member"
                    + " where g.rolname = 'bothy_app' and m.rolname like 'v-%'")) {
      return all(rows);
    }
  }

  /// Who is connected now, besides migrations and Vault.
  List<String> connected() throws SQLException {
    try (Connection connection = postgres.connect("bothy");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select distinct usename from pg_stat_activity where datname = 'bothy'"
                    + " and usename not in ('postgres', '"
                    + ADMIN
                    + "')")) {
      return all(rows);
    }
  }

  List<String> migrateSettings() {
    return List.of(
        "bothy.installation.mode=trial",
        "spring.flyway.url=" + url(),
        "spring.flyway.user=bothy_migrate",
        "spring.flyway.password=" + PASSWORD);
  }

  @Override
  public void close() throws IOException {
    // Else it would try for ever to drop users of a PostgreSQL that is gone.
    vault.call("PUT", "sys/leases/revoke-force/" + MOUNT, "{}");
    postgres.close();
  }

  /// The page's block in this language that holds these words, so that what it tells is what is
  /// tried.
  private static String example(String language, String words) throws IOException {
    String[] blocks = Files.readString(PAGE).split("```", -1);
    for (int i = 1; i < blocks.length; i += 2) {
      if (blocks[i].startsWith(language + "\n") && blocks[i].contains(words)) {
        return blocks[i].substring(language.length() + 1);
      }
    }
    throw new IllegalStateException(PAGE + " has no block with: " + words);
  }

  private static List<String> all(ResultSet rows) throws SQLException {
    List<String> found = new ArrayList<>();
    while (rows.next()) {
      found.add(rows.getString(1));
    }
    return found;
  }

  private static String json(Map<String, String> fields) {
    return JsonMapper.shared().writeValueAsString(fields);
  }
}
