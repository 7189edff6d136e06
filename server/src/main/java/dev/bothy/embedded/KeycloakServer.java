package dev.bothy.embedded;

import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.keycloak.KeycloakConnection;
import dev.bothy.platform.keycloak.RealmStep;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A real Keycloak on loopback in a process of its own, whose state stays between starts.
///
/// Its state lies in an H2 database in its folder: that starts in less than a PostgreSQL schema of
/// its own would take, and opens again after a `kill -9`, where the last half second of changes may
/// be missing. The process survives the end of this one; the next [#start] on the same folder ends
/// it.
public final class KeycloakServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration END = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ProcessHandle process;
  private final URI address;
  private final KeycloakAdmin admin;

  private KeycloakServer(ProcessHandle process, URI address, KeycloakAdmin admin) {
    this.process = process;
    this.address = address;
    this.admin = admin;
  }

  /// Starts Keycloak and waits until it answers.
  ///
  /// @param folder holds its home, its log and the administrator's password; made if missing
  /// @param port a free port on 127.0.0.1
  /// @throws IOException with the end of the log, if it does not start
  public static KeycloakServer start(Path folder, int port) throws IOException {
    Path real = Files.createDirectories(folder).toRealPath();
    endLeftover(real);
    KeycloakDistribution distribution = KeycloakDistribution.unpacked();
    Path home = real.resolve("home");
    distribution.makeHome(home);
    String password = Secrets.in(real.resolve("secrets.properties")).forMachines("administrator");
    URI address = URI.create("http://localhost:" + port);
    Path log = real.resolve("keycloak.log");
    Programs.freshLog(log);

    List<String> command = new ArrayList<>();
    // Ctrl-C goes to every program of the terminal; this one is to end after the server, when told.
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\""));
    command.addAll(
        distribution.command(
            home,
            "start",
            "--optimized",
            "--cache=local",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=" + address));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KC_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                KeycloakAdmin.USER,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                password));
    ProcessHandle process = builder.start().toHandle();
    processFile(real).write(process);
    KeycloakServer server =
        new KeycloakServer(process, address, new KeycloakAdmin(address, password));
    server.awaitAnswer(log);
    return server;
  }

  /// Ends the server that an earlier, killed run left behind in this folder. Does nothing if there
  /// is none.
  static void endLeftover(Path folder) throws IOException {
    Optional<ProcessHandle> leftover = processFile(folder).running();
    leftover.ifPresent(process -> ProcessFile.end(process, END));
  }

  /// Whether a server has run in this folder before.
  static boolean hasState(Path folder) {
    return Files.exists(folder.resolve("home/data/h2"));
  }

  /// Where browsers and programs reach it, without a path.
  public URI address() {
    return address;
  }

  /// Makes the realm unless it is there, and does the realm step.
  public void ensure(KeycloakRealm realm) throws IOException {
    admin.ensure(realm);
    try (KeycloakConnection connection = connect(realm.name())) {
      RealmStep step = new RealmStep(connection);
      step.apply(step.plan(realm.wanted()));
    } catch (OutOfReach e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// The realm of this name as an administrator sees it. The caller closes it.
  public KeycloakConnection connect(String realm) {
    return admin.connect(realm);
  }

  ProcessHandle process() {
    return process;
  }

  @Override
  public void close() {
    ProcessFile.end(process, END);
  }

  private static ProcessFile processFile(Path folder) {
    return new ProcessFile(folder.resolve("keycloak.pid"));
  }

  private void awaitAnswer(Path log) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!admin.answers()) {
      boolean late = System.nanoTime() > deadline;
      if (late || !process.isAlive()) {
        close();
        throw new IOException(
            (late ? "Keycloak did not answer in time:\n" : "Keycloak ended by itself:\n")
                + Programs.lastLines(log));
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while Keycloak started", e);
      }
    }
  }
}
