package dev.bothy.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Tag("real")
@ExtendWith(OutputCaptureExtension.class)
class PrepareDatabaseTest {
  private final TestDatabase existing = TestDatabase.create();
  private final String name = "fresh_" + UUID.randomUUID().toString().replace("-", "");
  private final String url = existing.url().replaceAll("[^/]+$", name);

  @Test
  void itMakesADatabaseThatTheRolesUseAndCanBeRunAgain() throws SQLException {
    for (int time = 0; time < 2; time++) {
      assertThat(prepare()).isZero();
    }

    try (Connection app = DriverManager.getConnection(url, "bothy_app", TestDatabase.PASSWORD);
        Connection migrate =
            DriverManager.getConnection(url, "bothy_migrate", TestDatabase.PASSWORD);
        Statement statement = migrate.createStatement()) {
      assertThat(app.isValid(1)).isTrue();
      statement.execute("create table bothy.tried (id int)");
    }
  }

  @Test
  void theRoleOfBackupsGetsAPasswordWhereOneIsGiven() throws SQLException {
    // The role is every test database's: its password is set back.
    assertThat(prepare("--bothy.backup.password=another")).isZero();
    try (Connection backup = DriverManager.getConnection(url, "bothy_backup", "another")) {
      assertThat(backup.isValid(1)).isTrue();
    } finally {
      assertThat(prepare("--bothy.backup.password=" + TestDatabase.PASSWORD)).isZero();
    }
  }

  @Test
  void itMakesAnotherServicesRoleAndDatabaseInstead() throws SQLException {
    String role = name + "'\"; x";
    for (int time = 0; time < 2; time++) {
      assertThat(
              prepare(
                  "--bothy.prepare.role=" + role,
                  "--bothy.prepare.database=" + name + "_k",
                  "--bothy.prepare.role-password=pa'ss"))
          .isZero();
    }

    try (Connection connection = DriverManager.getConnection(url + "_k", role, "pa'ss");
        Statement statement = connection.createStatement();
        ResultSet owner =
            statement.executeQuery(
                "select pg_get_userbyid(datdba), rolsuper from pg_database join pg_roles on"
                    + " rolname = current_user where datname = current_database()")) {
      assertThat(owner.next()).isTrue();
      assertThat(owner.getString(1)).isEqualTo(role);
      assertThat(owner.getBoolean(2)).isFalse();
      statement.execute("create table tried (id int)");
    }
  }

  @Test
  void aWrongPasswordIsSaidAtOnceWithoutTheSecrets(CapturedOutput output) {
    assertThat(
            PrepareDatabase.run(
                "nobody_of_that_name",
                List.of(
                    "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/" + name,
                    "--bothy.installation.mode=trial")))
        .isEqualTo(1);

    assertThat(output).contains("bothy.prepare.admin-password is missing");
  }

  @Test
  void productionRefusesAPlainLink(CapturedOutput output) {
    assertThat(prepare("--bothy.installation.mode=production")).isEqualTo(1);

    assertThat(output).contains("spring.datasource.url").contains("sslmode=verify-full");
    assertThat(output).doesNotContain(TestDatabase.PASSWORD + "-admin");
  }

  private int prepare(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.datasource.url=" + url,
                "--spring.datasource.password=" + TestDatabase.PASSWORD,
                "--spring.flyway.password=" + TestDatabase.PASSWORD,
                "--bothy.prepare.admin-password=" + TestDatabase.PASSWORD + "-admin",
                "--bothy.installation.mode=trial"));
    arguments.addAll(List.of(more));
    return PrepareDatabase.run("postgres", arguments);
  }
}
