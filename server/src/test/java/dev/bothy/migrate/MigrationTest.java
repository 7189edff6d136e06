package dev.bothy.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Tag("real")
@ExtendWith(OutputCaptureExtension.class)
class MigrationTest {
  private final TestDatabase database = TestDatabase.create();

  /// Switched off for the server, as the operator does; no Keycloak and no key anywhere.
  @Test
  void itMigratesAlthoughTheServersSettingsSwitchFlywayOff() throws SQLException {
    assertThat(migrate("--spring.flyway.enabled=false")).isZero();
    assertThat(migrate("--spring.flyway.enabled=false")).isZero();

    try (Connection app = database.connect("bothy_app");
        Statement statement = app.createStatement();
        ResultSet history = statement.executeQuery("select version from flyway_schema_history")) {
      assertThat(history.next()).isTrue();
    }
  }

  @Test
  void whatARestoreReplacedAndCouldNotDropGoes() throws SQLException {
    try (Connection owner = database.connect("bothy_migrate");
        Statement statement = owner.createStatement()) {
      statement.execute("create schema bothy_replaced; create table bothy_replaced.old (id int)");

      assertThat(migrate()).isZero();

      try (ResultSet left =
          statement.executeQuery("select to_regnamespace('bothy_replaced') is null")) {
        assertThat(left.next() && left.getBoolean(1)).isTrue();
      }
    }
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsSaidWithoutAStackTrace(CapturedOutput output) {
    assertThat(migrate("--spring.flyway.url=jdbc:postgresql://127.0.0.1:1/bothy")).isEqualTo(1);

    assertThat(output).contains("was not migrated").doesNotContain("stack_trace");
  }

  @Test
  void aMissingAddressIsSaid(CapturedOutput output) {
    assertThat(Migration.run(List.of("--bothy.installation.mode=trial"))).isEqualTo(1);

    assertThat(output).contains("spring.flyway.url is missing").doesNotContain("stack_trace");
  }

  @Test
  void productionRefusesAPlainLink(CapturedOutput output) {
    assertThat(migrate("--bothy.installation.mode=production")).isEqualTo(1);

    assertThat(output).contains("spring.flyway.url").contains("sslmode=verify-full");
  }

  private int migrate(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.flyway.url=" + database.url(),
                "--spring.flyway.user=bothy_migrate",
                "--spring.flyway.password=" + TestDatabase.PASSWORD,
                "--bothy.installation.mode=trial"));
    arguments.addAll(List.of(more));
    return Migration.run(arguments);
  }
}
