package dev.bothy.platform.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.migrate.Migration;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("real")
class MigratedElsewhereTest {
  private final TestDatabase database = TestDatabase.create();

  @Test
  void withoutAnyMigrationTheServerNamesTheCommandAndEndsWithoutAStackTrace() {
    assertThatThrownBy(() ->
            ServerProcess.start(
                ServerProcess.freePort(),
                List.of(
                    "spring.flyway.enabled=false",
                    "spring.datasource.url=" + database.url(),
                    "spring.datasource.username=bothy_app",
                    "spring.datasource.password=" + TestDatabase.PASSWORD,
                    "bothy.installation.mode=trial",
                    "bothy.egress.region=test",
                    "bothy.keys.local-file=/tmp/never-made/key",
                    "bothy.sign-on.issuer=http://localhost:1/realms/none")))
        .hasMessageContaining("argument migrate")
        .hasMessageNotContaining("stack_trace");
  }

  @Test
  void afterMigratingNothingIsMissingEvenIfTheSchemaIsNewer() throws SQLException {
    migrate();
    change(
        "insert into flyway_schema_history_people select 99, '99', description, type, script,"
            + " checksum, installed_by, installed_on, execution_time, success"
            + " from flyway_schema_history_people limit 1");

    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void aMigrationThatIsMissingIsNamed() throws SQLException {
    migrate();
    change("delete from flyway_schema_history_work where version = '1'");

    assertThatThrownBy(this::check)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("work V1")
        .hasMessageNotContaining("people");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsSaid() {
    assertThatThrownBy(() ->
            new MigrationsPresent(
                    new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none", "a", "hush"))
                .afterPropertiesSet())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("spring.datasource.url")
        .hasMessageNotContaining("hush");
  }

  @Test
  void aRestoreThatHasNotEndedRefusesTheStartBeforeAnythingIsMigrated() throws SQLException {
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create schema bothy_before_restore");
      statement.execute("comment on schema bothy_before_restore is '{\"backup\":\"b1\"}'");
    }
    List<String> settings = new ArrayList<>(List.of(database.properties()));
    settings.addAll(
        List.of(
            "bothy.installation.mode=trial",
            "bothy.egress.region=test",
            "bothy.keys.local-file=/tmp/never-made/key",
            "bothy.sign-on.issuer=http://localhost:1/realms/none"));
    assertThatThrownBy(() -> ServerProcess.start(ServerProcess.freePort(), settings))
        .hasMessageContaining("A restore of this database has not ended")
        .hasMessageContaining("{\\\"backup\\\":\\\"b1\\\"}")
        .hasMessageContaining("restore --undo")
        .hasMessageNotContaining("stack_trace");
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery("select count(*) from pg_tables where schemaname = 'bothy'")) {
      tables.next();
      assertThat(tables.getInt(1)).isZero();
    }
  }

  private void migrate() {
    assertThat(
            Migration.run(
                List.of(
                    "--bothy.installation.mode=trial",
                    "--spring.flyway.url=" + database.url(),
                    "--spring.flyway.user=bothy_migrate",
                    "--spring.flyway.password=" + TestDatabase.PASSWORD)))
        .isZero();
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.connect("bothy_migrate");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void check() {
    new MigrationsPresent(
            new DriverManagerDataSource(database.url(), "bothy_app", TestDatabase.PASSWORD))
        .afterPropertiesSet();
  }
}
