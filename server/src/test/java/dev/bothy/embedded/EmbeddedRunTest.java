package dev.bothy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the whole of it in processes of their own, as a person at a terminal does.
@Tag("real")
class EmbeddedRunTest {
  private static final Duration START = Duration.ofMinutes(4);

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() throws IOException {
    started.forEach(Process::destroyForcibly);
    KeycloakServer.endLeftover(data().resolve("keycloak"));
    PostgresServer.endLeftover(data().resolve("postgresql"));
  }

  @Test
  void aRunThatWasKilledAndRestoredIsFollowedByOneWithTheSameAddressAndLogin() throws Exception {
    Process first = run("first.txt");
    String greeting = greetingIn("first.txt");

    Process second = run("second.txt");
    assertThat(second.onExit()).succeedsWithin(START);
    assertThat(second.exitValue()).isZero();
    assertThat(output("second.txt")).contains("running already", greeting);

    assertThat(command("backup", "--name=first")).as(said()).isZero();
    assertThat(said()).contains("is complete").doesNotContain("BOTHY-PROGRESS", "is started");
    assertThat(command("restore", "--backup=newest")).isEqualTo(1);
    assertThat(said()).contains("Bothy runs on the database", "Stop it");

    first.destroyForcibly();
    first.onExit().join();
    assertThat(command("restore", "--backup=newest")).as(said()).isZero();
    assertThat(said()).contains("its PostgreSQL is started", "is restored", "scripts/run release");
    assertThat(command("backups")).as(said()).isZero();
    assertThat(said()).contains("  first\n", "  before-restore-of-");
    Process third = run("third.txt");
    assertThat(greetingIn("third.txt")).isEqualTo(greeting);

    assertThat(command("release")).as(said()).isZero();
    assertThat(said()).contains("Released");
    third.destroy();
    assertThat(third.onExit()).succeedsWithin(START);
    assertThat(output("third.txt")).contains("Stopped; your data stays in");
    assertThat(new ProcessFile(data().resolve("keycloak/keycloak.pid")).running()).isEmpty();
    assertThat(data().resolve("postgresql/files/postmaster.pid")).doesNotExist();
    assertThat(data().resolve("running.txt")).doesNotExist();
  }

  private Path data() {
    return folder.resolve("data");
  }

  /// @return what it ended with
  private int command(String... words) throws Exception {
    Process process = run("command.txt", words);
    assertThat(process.onExit()).succeedsWithin(START);
    return process.exitValue();
  }

  private String said() throws IOException {
    return output("command.txt");
  }

  private Process run(String output, String... words) throws IOException {
    List<String> program =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-D"
                + KeycloakDistribution.ARCHIVE
                + "="
                + System.getProperty(KeycloakDistribution.ARCHIVE),
            "-cp",
            classPathWithoutTests(),
            EmbeddedRun.class.getName(),
            "--data",
            data().toString());
    Process process =
        new ProcessBuilder(Stream.concat(program.stream(), Arrays.stream(words)).toList())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(output).toFile())
            .start();
    started.add(process);
    return process;
  }

  /// The server finds its parts by looking through the class path, and would take a test's for its
  /// own.
  private static String classPathWithoutTests() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// What a run says at last, from its address on.
  private String greetingIn(String file) throws IOException {
    await()
        .atMost(START)
        .until(() -> output(file).contains("Ctrl-C stops it") || !started.getLast().isAlive());
    String said = output(file);
    assertThat(said).contains("Bothy is ready", "sign in    alice", "/rotation new");
    return said.substring(said.indexOf("Bothy is ready"), said.indexOf("Ctrl-C")).strip();
  }

  private String output(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }
}
