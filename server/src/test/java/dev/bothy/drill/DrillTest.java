package dev.bothy.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.BothyServer;
import dev.bothy.backuptool.BackupTool;
import dev.bothy.command.BackupCommand;
import dev.bothy.testkit.CommandProcess;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server was used, backed up and stopped; what proves the backup is done as the Jobs do it.
@Tag("real")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillTest {
  @TempDir static Path folder;

  private static EmbeddedPostgres throwAway;
  private static List<String> settings;

  @BeforeAll
  static void useABothyAndBackItUp() throws Exception {
    throwAway = EmbeddedPostgres.builder().start();
    TestDatabase database = TestDatabase.create();
    List<String> all = new ArrayList<>(Arrays.asList(database.properties()));
    all.addAll(
        List.of(
            "bothy.installation.mode=trial",
            "bothy.installation.public-address=http://127.0.0.1:8080",
            "bothy.installation.first-owner=ada",
            "bothy.egress.region=here",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:9",
            "bothy.sign-on.issuer=http://127.0.0.1:9/realms/none",
            "bothy.sign-on.client-secret=none",
            "bothy.keys.local-file=" + folder.resolve("local.key"),
            "bothy.storage.kind=folder",
            "bothy.storage.folder=" + folder.resolve("store"),
            "bothy.backup.password=" + TestDatabase.PASSWORD));
    try (ServerProcess server = ServerProcess.start(ServerProcess.freePort(), all)) {
      assertThat(server.isAlive()).isTrue();
    }
    settings =
        Stream.concat(
                all.stream().map(setting -> "--" + setting),
                Stream.of(
                    "--bothy.drill.database-url="
                        + "jdbc:postgresql://127.0.0.1:"
                        + throwAway.getPort()
                        + "/postgres",
                    "--bothy.drill.database-password=none"))
            .toList();
    assertThat(run(new BackupCommand.Backup("nightly", report(), settings)))
        .as("%s", said())
        .isZero();
  }

  @AfterAll
  static void stop() throws IOException {
    throwAway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Restore", "Loading", "Server"})
  @Order(0)
  void aDrillThatIsKilledLeavesNoEvidenceAndIsInNoOnesWay(String phase) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("drill"));
    arguments.addAll(settings);

    try (CommandProcess process = CommandProcess.start(arguments)) {
      assertThat(process.killAt(line -> line.contains("\"phase\":\"" + phase + '"')))
          .as("%s", process.said())
          .isTrue();
    }

    assertThat(folder.resolve("store").resolve("evidence")).doesNotExist();
    if (phase.equals("Loading")) {
      // As of one that was killed while it took down what it had made: the roles alone.
      try (Connection connection = throwAway.getDatabase("postgres", "postgres").getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("drop database bothy_drill with (force)");
      }
    }
  }

  @Test
  @Order(1)
  void aGoodBackupIsRestoredServedAndAnswersAndTheEvidenceSaysSo() throws IOException {
    int ended = drill();

    assertThat(ended).as("%s", said()).isZero();
    JsonNode report = json();
    assertThat(report.path("outcome").asString()).isEqualTo("Succeeded");
    assertThat(report.path("drill").path("checks").findValuesAsString("name"))
        .containsExactly(
            "Backup", "Restore", "Keys", "Server", "Prepared", "Canaries", "Sign-in", "Answer");
    run(new BackupCommand.ListAll(null, settings));
    assertThat(said()).contains("verified 20").contains("nightly");
  }

  @Test
  @Order(2)
  void aBackupThatWasDamagedOnPurposeIsFoundAndNamed() throws IOException {
    Path part;
    try (Stream<Path> files = Files.walk(folder.resolve("store").resolve("backups"))) {
      part =
          files
              .filter(file -> file.toString().contains("data/workspace/"))
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);

    int ended = drill();

    assertThat(ended).isEqualTo(1);
    assertThat(json().path("reason").asString()).isEqualTo("DrillFailed");
    assertThat(json().path("message").asString())
        .contains("data/workspace/")
        .contains("has another SHA-256 than the manifest says");
  }

  private static int drill() {
    return tell(out ->
        Drill.run(
            new BackupCommand.Drill("newest", report(), settings),
            BothyServer.class,
            Clock.systemUTC(),
            out));
  }

  private static int run(BackupCommand.OfStore command) {
    return tell(out -> BackupTool.run(command, Clock.systemUTC(), out));
  }

  private static String saidLast = "";

  private static String said() {
    return saidLast;
  }

  private static int tell(java.util.function.ToIntFunction<PrintStream> work) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int ended = work.applyAsInt(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    saidLast = bytes.toString(StandardCharsets.UTF_8);
    return ended;
  }

  private static Path report() {
    return folder.resolve("report.json");
  }

  private static JsonNode json() throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(report()));
  }
}
