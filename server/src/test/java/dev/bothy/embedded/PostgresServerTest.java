package dev.bothy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class PostgresServerTest {
  @TempDir static Path folder;
  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = startAgain();
    execute("create table seen (at serial)");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void whatIsCommittedIsOnTheDisk() throws Exception {
    assertThat(query("show fsync")).containsExactly("on");
    assertThat(query("show synchronous_commit")).containsExactly("on");
    assertThat(query("show full_page_writes")).containsExactly("on");
  }

  @Test
  void itListensOnLoopbackOnlyAndAsksForAPassword() throws Exception {
    assertThat(query("show listen_addresses")).containsExactly("127.0.0.1");
    assertThatThrownBy(
            () -> DriverManager.getConnection(server.url("postgres"), "postgres", "guessed"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void dataStaysBetweenStarts() throws Exception {
    int before = countAfterInsert();
    server.close();
    server = startAgain();
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void aServerThatAKilledRunLeftBehindIsReplaced() throws Exception {
    int before = countAfterInsert();
    ProcessHandle leftover = server.process().orElseThrow();
    server = startAgain();
    assertThat(leftover.onExit()).succeedsWithin(Duration.ofSeconds(20));
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void itComesBackAfterItWasKilled() throws Exception {
    int before = countAfterInsert();
    ProcessHandle killed = server.process().orElseThrow();
    killed.destroyForcibly();
    killed.onExit().join();
    server = startAgain();
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void aLeftPidFileWhoseNumberBelongsToAStrangerIsNoObstacle() throws Exception {
    int before = countAfterInsert();
    Path pidFile = folder.resolve("files/postmaster.pid");
    List<String> lines = Files.readAllLines(pidFile);
    server.close();
    Files.write(
        pidFile,
        Stream.concat(
                Stream.of(String.valueOf(ProcessHandle.current().pid())), lines.stream().skip(1))
            .toList());
    server = startAgain();
    assertThat(count()).isEqualTo(before);
  }

  private static PostgresServer startAgain() throws IOException {
    return PostgresServer.start(folder, Ports.nextFree(25_432), Map.of());
  }

  private static int countAfterInsert() throws SQLException {
    execute("insert into seen default values");
    return count();
  }

  private static int count() throws SQLException {
    return Integer.parseInt(query("select count(*)::text from seen").getFirst());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(String sql) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return List.of(rows.getString(1));
    }
  }
}
