package dev.bothy.embedded;

import dev.bothy.BothyServer;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole of Bothy on one machine, for a first look and for development: PostgreSQL, Keycloak,
/// and the server in this very process. `docs/how-to/embedded-run.md` is its manual.
public final class EmbeddedRun {
  static final int BOTHY_PORT = 8080;
  static final int KEYCLOAK_PORT = 8180;
  static final int POSTGRES_PORT = 15432;

  private static final int WRONG_USE = 2;

  private final DataFolder data;
  private final Options.Run options;
  private final Progress progress;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable ConfigurableApplicationContext bothy;

  private EmbeddedRun(DataFolder data, Options.Run options, Progress progress) {
    this.data = data;
    this.options = options;
    this.progress = progress;
  }

  public static void main(String[] arguments) throws IOException {
    Progress progress = new Progress(System.out);
    switch (Options.parse(arguments)) {
      case Options.Wrong wrong -> {
        System.err.println(wrong.why());
        System.exit(WRONG_USE);
      }
      case Options.Prepare() -> {
        PostgresBinaries.unpacked();
        KeycloakDistribution.unpacked();
      }
      case Options.Backups command -> System.exit(BackupRun.run(command, progress));
      case Options.Run run -> {
        switch (DataFolder.open(run.data())) {
          case DataFolder.Opened.InUse inUse ->
              progress.say(
                  inUse
                      .greeting()
                      .map(greeting -> "Bothy is running already.\n" + greeting)
                      .orElse(
                          "Another run is starting in "
                              + run.data()
                              + ", or a command works there. Try again when it has ended."));
          case DataFolder.Opened.Ours ours -> new EmbeddedRun(ours.folder(), run, progress).run();
        }
      }
    }
  }

  private void run() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    try {
      start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      System.exit(1);
    } catch (IOException | SQLException | RuntimeException e) {
      if (!stopping.get()) {
        System.err.println("\nBothy could not start: " + deepest(e));
        System.err.println("The logs are in " + data + "; a new attempt harms nothing.");
      }
      System.exit(1);
    }
  }

  private void start() throws IOException, SQLException, InterruptedException {
    progress.say("Starting Bothy with everything it needs; its data lies in " + data);
    endLeftovers();
    Ports ports = data.ports();
    options.port().ifPresent(port -> ports.prefer("Bothy", port));
    int bothyPort = ports.take("Bothy", BOTHY_PORT, this::sayPort);
    int keycloakPort = ports.take("Keycloak", KEYCLOAK_PORT, this::sayPort);
    int postgresPort = ports.take("PostgreSQL", POSTGRES_PORT, this::sayPort);
    Secrets secrets = data.secrets();
    URI address = URI.create("http://localhost:" + bothyPort);
    URI signOn = URI.create("http://localhost:" + keycloakPort);
    KeycloakRealm realm = ServerSettings.realm(address, secrets);

    PostgresServer postgres =
        progress.step(
            "PostgreSQL",
            "starts on port " + postgresPort,
            () -> PostgresServer.start(data.postgres(), postgresPort, Map.of()));
    BothyDatabase database = new BothyDatabase(postgres, secrets);
    database.prepare();
    database.moveIssuer(realm.issuer(signOn));

    CompletableFuture<KeycloakServer> keycloak = startKeycloak(keycloakPort, realm);
    Map<String, String> settings = new LinkedHashMap<>(database.properties());
    settings.putAll(ServerSettings.of(data, secrets, realm, signOn));
    settings.put("server.address", "127.0.0.1");
    settings.put("server.port", String.valueOf(bothyPort));
    settings.put("logging.file.name", data.log().toString());
    progress.step(
        "Bothy",
        "starts on port " + bothyPort,
        () -> {
          startServer(settings);
          return address;
        });
    watch(postgres.process().orElseThrow(), "PostgreSQL");
    watch(keycloak.join().process(), "Keycloak");
    ReadinessProbe.await(address.resolve("/readyz"));

    String greeting = greeting(address, realm);
    data.greet(greeting);
    progress.say(greeting);
    progress.say("Ctrl-C stops it.");
    stopped.await();
  }

  private CompletableFuture<KeycloakServer> startKeycloak(int port, KeycloakRealm realm) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return progress.step(
                "Keycloak",
                "starts on port "
                    + port
                    + (KeycloakServer.hasState(data.keycloak())
                        ? ""
                        : "; the first time it makes its database, which takes a while"),
                () -> {
                  KeycloakServer server = KeycloakServer.start(data.keycloak(), port);
                  server.ensure(realm);
                  return server;
                });
          } catch (IOException e) {
            throw new CompletionException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
          }
        },
        task -> Thread.ofPlatform().name("keycloak").start(task));
  }

  private void startServer(Map<String, String> settings) {
    List<String> arguments = new ArrayList<>();
    settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    arguments.addAll(options.settings());
    SpringApplication application = new SpringApplication(BothyServer.class);
    application.setRegisterShutdownHook(false);
    bothy = application.run(arguments.toArray(String[]::new));
  }

  private static String greeting(URI address, KeycloakRealm realm) {
    return """

    Bothy is ready.

        open       %1$s
        sign in    %2$s
        password   %3$s   (bob, chen and dana have the same)

    Try this: open %1$s/sandbox and type /rotation new
    """
        .formatted(address, KeycloakRealm.OWNER, realm.password());
  }

  private void sayPort(String sentence) {
    progress.say("  " + sentence);
  }

  private void watch(ProcessHandle process, String name) {
    process
        .onExit()
        .thenRun(() -> {
          if (!stopping.get()) {
            System.err.println(name + " has ended by itself, so Bothy stops. See " + data);
            System.exit(1);
          }
        });
  }

  /// The server first, since it writes to the other two until it ends.
  private void stop() {
    stopping.set(true);
    progress.say("\nStopping");
    try {
      if (bothy != null) {
        bothy.close();
      }
      endLeftovers();
      data.release();
      progress.say("Stopped; your data stays in " + data);
    } catch (IOException e) {
      System.err.println(e.getMessage());
    } finally {
      stopped.countDown();
    }
  }

  /// What runs in this data folder, be it ours or that of a run that was killed.
  private void endLeftovers() throws IOException {
    KeycloakServer.endLeftover(data.keycloak());
    PostgresServer.endLeftover(data.postgres());
  }

  private static String deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null ? deepest.toString() : message;
  }
}
