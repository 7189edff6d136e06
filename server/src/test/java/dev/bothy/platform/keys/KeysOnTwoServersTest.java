package dev.bothy.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.BothyServer;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.Product;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// What one server does to keys the other knows of: two processes on one database, their keys in an
/// OpenBao.
@Tag("real")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeysOnTwoServersTest {
  /// Five batches and a bit.
  private static final int ROWS = 1_100;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// What is promised is a second (docs/reference/keys.md), on a machine that nobody else uses.
  private static final Duration SOON = Duration.ofSeconds(10);

  /// The channel that the load is in: of what was said long ago there its page shows nothing.
  private static final String LOUD = "on-call";

  private static final String OF_BUSY =
      "workspace_id = (select id from workspace where slug = 'busy')";
  private static final String OF_LARGE =
      "workspace_id = (select id from workspace where slug = 'large')";
  private static final String FINISHED =
      "select count(*) from reencryption where finished_at is not null and ";

  private static final TestDatabase DATABASE = TestDatabase.create();

  private static Site busy;
  private static Site shredded;
  private static Site large;
  private static ServerProcess first;
  private static ServerProcess second;

  /// A workspace and its owner.
  private record Site(Workspace workspace, TestPeople.Someone owner) {
    String path(String below) {
      return "/w/" + workspace.slug() + below;
    }

    HttpResponse<String> room(ServerProcess server) {
      return room(server, "general");
    }

    HttpResponse<String> room(ServerProcess server, String channel) {
      return http(server).pageOf(owner.token(), path("/sandbox?as=ada&in=" + channel));
    }

    HttpResponse<String> say(ServerProcess server, String text) {
      return say(server, "general", text);
    }

    HttpResponse<String> say(ServerProcess server, String channel, String text) {
      return post(
          server,
          "/sandbox/say",
          Map.of("as", "ada", "in", channel, "saying", UUID.randomUUID() + "", "text", text));
    }

    HttpResponse<String> post(ServerProcess server, String below, Map<String, String> fields) {
      Map<String, String> all = new HashMap<>(fields);
      all.put("_csrf", owner.csrf());
      return http(server).post(path(below), all, "Cookie", "bothy-session=" + owner.token());
    }
  }

  @BeforeAll
  static void start() throws Exception {
    TestVault vault = TestVault.shared(Product.OPENBAO);
    List<String> settings = new ArrayList<>(List.of(DATABASE.properties()));
    settings.addAll(vault.serverSettings());
    settings.addAll(
        List.of(
            "bothy.installation.mode=trial",
            "bothy.work.lease=5s",
            "bothy.egress.region=test",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*",
            "bothy.sign-on.issuer=http://localhost:1/realms/none"));
    try (ConfigurableApplicationContext context =
            new SpringApplicationBuilder(BothyServer.class)
                .properties("server.port=0")
                .run(settings.stream().map("--"::concat).toArray(String[]::new));
        Connection superuser = DATABASE.connect("postgres")) {
      busy = site(context, superuser, "busy");
      shredded = site(context, superuser, "shredded");
      large = site(context, superuser, "large");
      Connections connections = context.getBean(Connections.class);
      context
          .getBean(Workspaces.class)
          .inWorkspace(
              large.workspace().id(),
              () -> {
                for (int number = 0; number < ROWS; number++) {
                  ChatConnection made =
                      connections.create(
                          Network.SLACK,
                          "S" + number,
                          "B",
                          ("secret " + number).getBytes(StandardCharsets.UTF_8));
                  connections.end(made.id(), "test");
                }
              });
    }
    first = ServerProcess.begin(ServerProcess.freePort(), settings);
    second = ServerProcess.begin(ServerProcess.freePort(), settings);
    first.awaitReady();
    second.awaitReady();
    for (Site site : List.of(busy, shredded)) {
      for (ServerProcess server : List.of(first, second)) {
        assertThat(site.room(server).statusCode()).isEqualTo(200);
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    first.close();
    second.close();
  }

  @Test
  @Order(1)
  void underLoadKeysAreRotatedAndReplacedWithoutAFailedRequestAndWhatOneSealsTheOtherOpensAtOnce()
      throws Exception {
    assertThat(busy.say(first, "sealed-before").statusCode()).isEqualTo(200);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger requests = new AtomicInteger();
    List<String> failures = new CopyOnWriteArrayList<>();
    List<Thread> load = new ArrayList<>();
    for (ServerProcess server : List.of(first, second)) {
      load.add(
          Thread.startVirtualThread(() -> {
            for (int number = 0; !over.get(); number++) {
              String said = "load-" + number + "-at-" + server.address().getPort();
              note(busy.say(server, LOUD, said), "say", failures);
              HttpResponse<String> page = busy.room(server, LOUD);
              note(page, "room", failures);
              if (!page.body().contains(said)) {
                failures.add("what was just said is not there: " + said);
              }
              requests.addAndGet(2);
            }
          }));
    }
    try {
      redirects(busy.post(first, "/keys/platform/rotate", Map.of()));
      assertThat(number("select min(wrapping_version) from data_key where " + OF_BUSY))
          .isEqualTo(2);
      redirects(busy.post(first, "/keys/platform/renew", Map.of()));
      assertThat(busy.say(first, "sealed-under-two").statusCode()).isEqualTo(200);
      assertThat(busy.room(second).body()).contains("sealed-under-two");
      assertThat(busy.say(second, "answered-under-two").statusCode()).isEqualTo(200);
      assertThat(busy.room(first).body()).contains("answered-under-two");
      await().atMost(PATIENCE).until(() -> number(FINISHED + OF_BUSY) == 1);
    } finally {
      over.set(true);
      for (Thread each : load) {
        each.join();
      }
    }
    System.out.printf(
        "Keys were rotated and replaced during %d requests to two servers.%n", requests.get());
    assertThat(failures).isEmpty();
    assertThat(requests.get()).isGreaterThan(20);
    assertThat(
            number(
                "select count(*) from sandbox_message where get_byte(content, 4) < 2 and "
                    + OF_BUSY))
        .isZero();
    for (ServerProcess server : List.of(first, second)) {
      assertThat(busy.room(server).body())
          .contains("sealed-before")
          .contains("answered-under-two")
          .doesNotContain("nobody any more");
    }
  }

  @Test
  @Order(2)
  void whatDestroyedKeysSealedTheOtherServerRefusesWithinSeconds() throws Exception {
    shredded.say(first, "planted-secret");
    assertThat(shredded.room(second).body()).contains("planted-secret");

    redirects(
        shredded.post(
            first,
            "/keys/platform/destroy",
            Map.of("typed", shredded.workspace().slug() + "/platform")));

    long since = System.nanoTime();
    assertThat(shredded.room(first).body()).doesNotContain("planted-secret");
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !shredded.room(second).body().contains("planted-secret"));
    System.out.printf(
        "The other server refused it %d ms after the keys were destroyed.%n",
        (System.nanoTime() - since) / 1_000_000);
    assertThat(shredded.room(second).body()).contains("can be read by nobody any more");
    await()
        .atMost(PATIENCE)
        .until(
            () -> number("select count(*) from key_destruction where destroyed_at is null") == 0);
    for (ServerProcess server : List.of(second, first)) {
      assertThat(shredded.say(server, "afterwards").statusCode()).isEqualTo(200);
    }
    assertThat(shredded.room(second).body())
        .contains("afterwards")
        .doesNotContain("planted-secret");
  }

  @Test
  @Order(3)
  void whenTheServerIsKilledThatSealsEverythingAnewTheOtherGoesOnWhereItWas() throws Exception {
    // So that the first one does it.
    second.pause();
    try {
      redirects(large.post(first, "/keys/platform/renew", Map.of()));
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> resealed() > 0);
      first.kill();
    } finally {
      second.resume();
    }
    long done = resealed();
    assertThat(done).isPositive().isLessThan(ROWS);
    assertThat(sealedUnder(2)).isEqualTo(done);

    await()
        .atMost(PATIENCE)
        .until(() ->
            number(
                    "select count(*) from reencryption where finished_at is not null and "
                        + OF_LARGE)
                == 1);
    System.out.printf("%d of %d rows were done when the server was killed.%n", done, ROWS);
    assertThat(resealed()).as("each once, whoever did it").isEqualTo(ROWS);
    assertThat(sealedUnder(2)).isEqualTo(ROWS);
  }

  private static long resealed() throws SQLException {
    return number("select sum(rows_resealed) from reencryption where " + OF_LARGE);
  }

  private static long sealedUnder(int version) throws SQLException {
    return number(
        "select count(*) from chat_connection where removed_at is not null and get_byte(secrets, 4)"
            + " = "
            + version
            + " and "
            + OF_LARGE);
  }

  private static Site site(
      ConfigurableApplicationContext context, Connection superuser, String slug)
      throws SQLException {
    Workspace workspace = context.getBean(Workspaces.class).create(slug, slug);
    return new Site(workspace, TestPeople.signedIn(superuser, workspace.id(), "Ada", Role.OWNER));
  }

  private static void redirects(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
  }

  private static void note(HttpResponse<String> answer, String what, List<String> failures) {
    if (answer.statusCode() != 200) {
      failures.add(what + ": " + answer.statusCode());
    }
  }

  private static Http http(ServerProcess server) {
    return new Http(server.address().toString());
  }

  private static long number(String query) throws SQLException {
    try (Connection superuser = DATABASE.connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("set search_path = bothy");
      try (ResultSet rows = statement.executeQuery(query)) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
