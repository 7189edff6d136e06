package dev.bothy.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.migrate.Migration;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BreakGlassCommandTest {
  private final TestDatabase database = TestDatabase.create();

  @BeforeAll
  void anOwnerAndAMember() throws SQLException {
    Migration.run(
        List.of(
            "--spring.flyway.url=" + database.url(),
            "--spring.flyway.user=bothy_migrate",
            "--spring.flyway.password=" + TestDatabase.PASSWORD,
            "--bothy.installation.mode=trial"));
    try (Connection superuser = database.connect("postgres")) {
      WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());
      TestPeople.signedIn(superuser, workspace, "olga", Role.OWNER);
      TestPeople.signedIn(superuser, workspace, "ben", Role.MEMBER);
    }
  }

  @Test
  void itPrintsACodeForAnOwnerAndKeepsItsHash() throws SQLException {
    Said said = run("olga");
    assertThat(said.code()).isZero();
    assertThat(said.text())
        .contains("https://bothy.test/sign-in/break-glass")
        .containsPattern("(?m)^    [0-9A-Z]{5}(-[0-9A-Z]{5}){3}$");
    try (Connection superuser = database.connect("postgres");
        Statement statement = superuser.createStatement();
        ResultSet rows =
            statement.executeQuery("select octet_length(code_hash) from bothy.break_glass_code")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(32);
    }
  }

  @Test
  void itTellsWhoMayInsteadOfMakingOneForAMember() {
    Said said = run("ben");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).contains("No owner or admin has the user name ben", "olga");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsSaidInWords() {
    Said said =
        run(
            "olga",
            "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/bothy",
            "--spring.datasource.hikari.connection-timeout=1000");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).contains("No code was made").doesNotContain("\tat ");
  }

  private record Said(int code, String text) {}

  private Said run(String username, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=bothy_app",
                "--spring.datasource.password=" + TestDatabase.PASSWORD,
                "--bothy.installation.mode=trial",
                "--bothy.egress.region=eu",
                "--bothy.installation.public-address=https://bothy.test"));
    settings.addAll(List.of(more));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int code =
        BreakGlassCommand.run(
            username,
            settings,
            Clock.systemUTC(),
            new PrintStream(text, true, StandardCharsets.UTF_8));
    return new Said(code, text.toString(StandardCharsets.UTF_8));
  }
}
