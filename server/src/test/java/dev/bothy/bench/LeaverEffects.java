package dev.bothy.bench;

import dev.bothy.BothyServer;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.RotationOutcome;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.chatlinks.LinkedBy;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.scim.Directories;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// `scripts/bench leaver`: how long after a directory's request that deactivates somebody their
/// last session, stream and token are gone at another server, and their turn with somebody else.
final class LeaverEffects implements AutoCloseable {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("rounds", "20");
    DEFAULTS.put("folder", "target/bench/postgres");
    DEFAULTS.put("report", "-");
  }

  private static final Actor SYSTEM = new Actor.System();

  private final Options options;
  private final BenchDatabase database;
  private final ConfigurableApplicationContext told;
  private final ConfigurableApplicationContext other;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, List<Long>> times = new LinkedHashMap<>();

  private LeaverEffects(Options options) throws Exception {
    this.options = options;
    database = BenchDatabase.start(options.path("folder"));
    told = start();
    other = start();
  }

  static void main(String[] arguments) {
    Program.run(() -> {
      try (LeaverEffects bench = new LeaverEffects(Options.read(arguments, DEFAULTS))) {
        bench.round(-1);
        bench.times.clear();
        for (int round = 0; round < bench.options.number("rounds"); round++) {
          bench.round(round);
        }
        bench.report();
      }
    });
  }

  private ConfigurableApplicationContext start() {
    List<String> settings = new ArrayList<>(database.settings(BenchDatabase.NAME));
    settings.addAll(
        List.of(
            "server.port=0",
            "server.address=127.0.0.1",
            "logging.level.root=warn",
            "spring.jmx.enabled=false",
            "bothy.installation.mode=embedded",
            "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
            "bothy.egress.region=test",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*",
            "bothy.keys.local-file=" + Path.of("target/bench/leaver-keys").toAbsolutePath()));
    return new SpringApplicationBuilder(BothyServer.class)
        .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
  }

  private void round(int number) throws Exception {
    String slug = "leaver-" + (number + 1);
    Workspaces workspaces = told.getBean(Workspaces.class);
    Workspace workspace = workspaces.create(slug, slug);
    String directory =
        workspaces
            .inWorkspace(
                workspace.id(),
                () ->
                    told.getBean(Directories.class)
                        .connect("Directory", new PersonId(new UUID(0, 1)))
                        .orElseThrow())
            .token();
    String user = provision(directory, slug);
    PersonId person = people(workspace);
    String session = session(person);
    Viewer viewer = told.getBean(People.class).viewer(person, "Ada", slug).orElseThrow();
    String token =
        switch (told.getBean(ApiTokens.class)
            .make(
                viewer,
                "bench",
                Set.of("rotations:read"),
                Instant.now().plus(1, ChronoUnit.DAYS))) {
          case ApiTokens.Made.Token made -> made.token();
          case ApiTokens.Made.Refused refused ->
              throw new IllegalStateException(refused.toString());
        };
    UUID rotation = onDuty(workspace, person);
    InputStream stream = watch(session, slug);

    long began = System.nanoTime();
    CompletableFuture<Long> streamEnded =
        CompletableFuture.supplyAsync(() -> {
          drain(stream);
          return System.nanoTime() - began;
        });
    deactivate(directory, user);
    note("the request itself", System.nanoTime() - began);
    note(
        "their session at another server",
        until(began, () -> status("/w/" + slug, "Cookie", "bothy-session=" + session) != 200));
    note(
        "their API token at another server",
        until(
            began,
            () ->
                status(
                        "/api/v1/workspaces/" + slug + "/rotations",
                        "Authorization",
                        "Bearer " + token)
                    != 200));
    note("a page that watches at another server", streamEnded.get());
    note(
        "their turn, with the next person",
        until(
            began,
            () ->
                told.getBean(Rotations.class)
                    .find(workspace.id(), rotation)
                    .map(Rotation::onDuty)
                    .filter(new Participant("ben")::equals)
                    .isPresent()));
  }

  private String provision(String token, String slug) throws Exception {
    String body =
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@%s.example",
         "displayName": "Ada", "active": true}
        """
            .formatted(slug);
    return JsonMapper.shared().readTree(scim("POST", "/Users", token, body)).path("id").asString();
  }

  private void deactivate(String token, String user) throws Exception {
    String unused =
        scim(
            "PATCH",
            "/Users/" + user,
            token,
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations": [{"op": "Replace", "path": "active", "value": "False"}]}
            """);
    if (unused.isEmpty()) {
      throw new IllegalStateException("No answer");
    }
  }

  private String scim(String method, String path, String token, String body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(address(told).resolve("/scim/v2" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/scim+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(answer.body());
    }
    return answer.body();
  }

  private PersonId people(Workspace workspace) {
    return told.getBean(People.class).members(workspace.id()).getFirst().id();
  }

  /// As sign-on would have opened it.
  private String session(PersonId person) throws Exception {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    try (Connection superuser =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + database.port() + "/" + BenchDatabase.NAME,
                BenchDatabase.SUPERUSER,
                BenchDatabase.PASSWORD);
        PreparedStatement insert =
            superuser.prepareStatement(
                "insert into bothy.session (token_hash, person_id, created_at, last_seen_at,"
                    + " expires_at) values (?, ?, now(), now(), now() + interval '1 hour')")) {
      insert.setBytes(
          1,
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
      insert.setObject(2, person.value());
      insert.execute();
    }
    return token;
  }

  private UUID onDuty(Workspace workspace, PersonId person) {
    Workspaces workspaces = told.getBean(Workspaces.class);
    ChatConnection connection =
        workspaces.inWorkspace(workspace.id(), () -> told.getBean(SandboxRoom.class).open());
    told.getBean(Chat.class).refresh(connection.id(), List.of("ada", "ben"));
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          told.getBean(ChatLinks.class)
              .link(new LinkedAccount(connection.id(), "ada", person), LinkedBy.ADMIN, SYSTEM);
        });
    RotationOutcome made =
        told.getBean(Rotations.class)
            .create(
                workspace.id(),
                SYSTEM,
                connection.id(),
                "general",
                RotationInput.of(
                    "Desk",
                    "daily",
                    List.of(),
                    "",
                    "",
                    "09:00",
                    "Europe/Berlin",
                    List.of("ada", "ben")));
    if (made instanceof RotationOutcome.Done done) {
      return done.rotation().id();
    }
    throw new IllegalStateException(made.toString());
  }

  private InputStream watch(String session, String slug) throws Exception {
    HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(address(other).resolve("/w/" + slug + "/sandbox/live"))
                .header("Cookie", "bothy-session=" + session)
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("No stream: " + answer.statusCode());
    }
    return answer.body();
  }

  private static void drain(InputStream stream) {
    try (stream) {
      long unused = stream.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private int status(String path, String header, String value) {
    try {
      return http.send(
              HttpRequest.newBuilder(address(other).resolve(path)).header(header, value).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static long until(long began, BooleanSupplier gone) throws InterruptedException {
    while (!gone.getAsBoolean()) {
      if (System.nanoTime() - began > 120_000_000_000L) {
        throw new IllegalStateException("Not within two minutes");
      }
      Thread.sleep(2);
    }
    return System.nanoTime() - began;
  }

  private void note(String effect, long nanos) {
    times.computeIfAbsent(effect, _ -> new ArrayList<>()).add(nanos);
  }

  private void report() throws Exception {
    Report report = new Report();
    report.text(
        "%s; two servers, %d leavers one after the other; milliseconds from sending the directory's request"
            .formatted(Machine.describe(), options.number("rounds")));
    List<List<String>> rows = new ArrayList<>();
    times.forEach((effect, nanos) -> {
      Latencies latencies = new Latencies(nanos.stream().mapToLong(Long::longValue).toArray());
      rows.add(
          List.of(
              effect,
              Series.number(latencies.milliseconds(0)),
              Series.number(latencies.milliseconds(0.5)),
              Series.number(latencies.milliseconds(1))));
    });
    report.table(List.of("gone", "least", "median", "most"), rows);
    report.finish(options.text("report"));
  }

  private static URI address(ConfigurableApplicationContext server) {
    int port =
        Objects.requireNonNull(((WebServerApplicationContext) server).getWebServer()).getPort();
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() throws Exception {
    http.close();
    other.close();
    told.close();
    database.close();
  }
}
