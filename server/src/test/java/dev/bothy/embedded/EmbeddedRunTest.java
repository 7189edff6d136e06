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
  void aRunThatWasKilledIsFollowedByOneWithTheSameAddressAndLogin() throws Exception {
    Process first = run("first.txt");
    String greeting = greetingIn("first.txt");

    Process second = run("second.txt");
    assertThat(second.onExit()).succeedsWithin(START);
    assertThat(second.exitValue()).isZero();
    assertThat(output("second.txt")).contains("running already", greeting);

    first.destroyForcibly();
    first.onExit().join();
    Process third = run("third.txt");
    assertThat(greetingIn("third.txt")).isEqualTo(greeting);

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

  private Process run(String output) throws IOException {
    Process process =
        new ProcessBuilder(
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
                data().toString())
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
