package dev.bothy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.chat.slack.SlackRequests;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestLink;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.Product;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each way in which Vault can be away or get slow while a warm server runs: it goes on taking
/// signed deliveries, says 503 to whoever needs a key that it has no more, and does afterwards
/// whatever was left. That Vault is sealed tries [VaultOutageTest].
@Tag("real")
class VaultAwayTest {
  private static final String POLICY = "bothy-away";
  private static final Path POLICY_FILE = Path.of("../docs/reference/vault/bothy-server.hcl");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PER_SECOND = 10;

  /// Longer than the hard life of a key.
  private static final int MEANWHILE = 3 * PER_SECOND;

  /// Six times as many as the server has connections to the database.
  private static final int WORKSPACES = 120;

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static Path folder = Path.of("");
  private static TestVault vault;
  private static TestLink link;
  private static FakeSlack slack;
  private static BenchDatabase database;
  private static SlackScene scene;
  private static BenchServer server;
  private static TestPeople.Someone admin;

  /// What happens to Vault.
  enum Trouble {
    UNREACHABLE(true, (_, way) -> way.cut()),
    BREAKS_OFF(true, (_, way) -> way.reset()),
    HANGS(true, (_, way) -> way.hang()),
    REFUSES(true, (server, _) -> server.policy(POLICY, "path \"none\" { capabilities = [] }")),
    SLOW(false, (_, way) -> way.slow(Duration.ofMillis(1_500))),
    SESSION_REVOKED(false, (server, _) -> server.revokeAll()),
    SESSION_REVOKED_BY_ACCESSOR(false, (server, _) -> server.revokeAccessors());

    private final boolean away;
    private final BiConsumer<TestVault, TestLink> begin;

    Trouble(boolean away, BiConsumer<TestVault, TestLink> begin) {
      this.away = away;
      this.begin = begin;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    folder = Files.createDirectories(Path.of("target/vault-away").toAbsolutePath());
    Clock clock = Clock.systemUTC();
    vault = TestVault.shared(Product.OPENBAO);
    vault.policy(POLICY, Files.readString(POLICY_FILE));
    link = TestLink.to(vault.address());
    slack = FakeSlack.start(clock);
    database = BenchDatabase.start(folder.resolve("postgres"));
    List<String> services = new ArrayList<>(database.settings(BenchDatabase.NAME));
    services.addAll(vault.serverSettings(link.address(), vault.role(POLICY)));
    services.add("bothy.egress.on-premises-hosts=http://127.0.0.1:*");
    services.add("bothy.keys.hard-life=2s");
    services.add("bothy.keys.soft-life=1s");
    scene = SlackScene.set(clock, slack, services, 8);
    List<String> java =
        new ArrayList<>(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    java.addAll(BenchServer.withFeature(CrashFeature.class, folder));
    server =
        BenchServer.start(
            java, ServerProcess.freePort(), scene.settings(), folder.resolve("server.log"));
    try (Connection superuser = database.superuser()) {
      admin = TestPeople.signedIn(superuser, scene.workspace(), "Ada", Role.ADMIN);
    }
    assertThat(room().statusCode()).isEqualTo(200);
    assertThat(say("bench", "the key to this is in Vault").statusCode()).isEqualTo(200);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    link.close();
    slack.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void aWarmServerAcknowledgesEverythingAndDoesItAll(Trouble trouble) throws Exception {
    int first = NUMBERS.get();
    SteadyDeliveries network = network();
    Thread sending = send(network);
    try {
      tryOut(trouble, network, first);
    } finally {
      network.stop();
      sending.join();
    }
  }

  private static void tryOut(Trouble trouble, SteadyDeliveries network, int first)
      throws Exception {
    long waiting;
    try {
      awaitSent(network, PER_SECOND);
      trouble.begin.accept(vault, link);
      if (trouble.away) {
        // The first that is refused: a key that was on its way already may answer the next one.
        HttpResponse<String> refused =
            await().atMost(PATIENCE).until(VaultAwayTest::room, page -> page.statusCode() != 200);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("10");
        assertThat(refused.body()).contains("Nothing is lost").doesNotContain("in Vault");
        assertThat(ready()).as("it stays ready").isEqualTo(200);
        awaitSent(network, MEANWHILE);
      } else {
        int until = network.count().sent() + MEANWHILE;
        while (network.count().sent() < until) {
          assertThat(room().statusCode()).isEqualTo(200);
          awaitSent(network, 2);
        }
      }
      waiting = waiting();
    } finally {
      link.mend();
      vault.policy(POLICY, Files.readString(POLICY_FILE));
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(room().body()).contains("the key to this is in Vault"));
    long back = System.nanoTime();
    network.stop();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          SteadyDeliveries.Count count = network.count();
          return count.sent() == count.acknowledged() + count.retried() + count.failed()
              && waiting() == 0;
        });
    System.out.printf(
        "Vault %s: %s, %d waited, done %.1f s after it was back, slowest %.0f ms%n",
        trouble,
        network.count(),
        waiting,
        (System.nanoTime() - back) / 1e9,
        network.latencies().milliseconds(1));

    assertThat(network.count().failed()).as("never acknowledged").isZero();
    assertNoneRefused(network);
    assertThat(network.count().sent()).isEqualTo(NUMBERS.get() - first);
    assertThat(effects(first)).as("each done once").hasSize(network.count().sent());
    assertThat(effects(first).values()).containsOnly(1);
    if (trouble.away) {
      // The run says nothing if nobody had needed a key.
      assertThat(waiting).isPositive();
    }
  }

  /// Each key takes Vault longer than all else that a page needs, and whoever waits for one must
  /// not take from the deliveries what they need.
  @Test
  void whileVaultIsSlowManyWorkspacesThatNeedTheirKeysDoNotHoldUpDeliveries() throws Exception {
    List<String> rooms = new ArrayList<>();
    try (Connection superuser = database.superuser();
        PreparedStatement made =
            superuser.prepareStatement("insert into workspace values (?, ?, ?, now())")) {
      for (int number = 0; number < WORKSPACES; number++) {
        WorkspaceId id = new WorkspaceId(UUID.randomUUID());
        String slug = "slow-" + number;
        made.setObject(1, id.value());
        made.setString(2, slug);
        made.setString(3, slug);
        made.execute();
        TestPeople.join(superuser, id, admin, Role.ADMIN);
        rooms.add(slug);
      }
    }
    for (String slug : rooms) {
      assertThat(room(slug).statusCode()).isEqualTo(200);
      assertThat(say(slug, "hello").statusCode()).isEqualTo(200);
    }
    SteadyDeliveries network = network();
    Thread sending = send(network);
    try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
      link.slow(Duration.ofMillis(1_500));
      // Until no key is in memory any more.
      awaitSent(network, 3 * PER_SECOND);
      List<Future<Integer>> pages =
          rooms.stream().map(slug -> visitors.submit(() -> room(slug).statusCode())).toList();
      Map<Integer, Integer> statuses = new HashMap<>();
      for (Future<Integer> page : pages) {
        statuses.merge(page.get(), 1, Integer::sum);
      }
      awaitSent(network, PER_SECOND);
      System.out.printf(
          "Vault SLOW for %d workspaces at once: pages %s, deliveries %s %s, slowest %.0f ms%n",
          WORKSPACES,
          statuses,
          network.count(),
          network.answers(),
          network.latencies().milliseconds(1));
      assertThat(statuses.keySet()).isSubsetOf(200, 503);
    } finally {
      link.mend();
      network.stop();
      sending.join();
    }
    assertThat(network.count().failed()).as("never acknowledged").isZero();
    assertNoneRefused(network);
    await().atMost(PATIENCE).until(() -> waiting() == 0);
  }

  /// A busy machine may need longer than the network waits, but nothing may be refused.
  private static void assertNoneRefused(SteadyDeliveries network) {
    assertThat(network.answers().keySet())
        .as("no refusal")
        .allMatch(answer -> answer.equals("200") || answer.startsWith("no answer in"));
  }

  private static SteadyDeliveries network() {
    return new SteadyDeliveries(
        Clock.systemUTC(),
        URI.create("http://127.0.0.1:" + server.port() + scene.path("events")),
        scene.requests(),
        VaultAwayTest::message);
  }

  private static SlackRequests.Request message(int ofThisRun) {
    int number = NUMBERS.getAndIncrement();
    return scene.message(
        1_000_000L + number,
        scene.channels().get(number % scene.channels().size()),
        CrashFeature.WORD + number);
  }

  private static Thread send(SteadyDeliveries network) {
    return Thread.startVirtualThread(() -> {
      try {
        network.run(PER_SECOND);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private static void awaitSent(SteadyDeliveries network, int more) {
    int sent = network.count().sent() + more;
    await().atMost(PATIENCE).until(() -> network.count().sent() >= sent);
  }

  private static long waiting() throws Exception {
    return database.number(
        "select (select count(*) from inbox_item where state = 'waiting')"
            + " + (select count(*) from outbox_item where state in ('waiting', 'sending'))");
  }

  private static Map<Integer, Integer> effects(int first) throws Exception {
    Map<Integer, Integer> effects = new HashMap<>();
    for (String number :
        database.texts(
            "select subject_id from audit_entry where action = '" + CrashFeature.ACTION + "'")) {
      if (Integer.parseInt(number) >= first) {
        effects.merge(Integer.parseInt(number), 1, Integer::sum);
      }
    }
    return effects;
  }

  /// Shows what lies sealed in the database.
  private static HttpResponse<String> room() {
    return room("bench");
  }

  private static HttpResponse<String> room(String slug) {
    return Http.onPort(server.port())
        .pageOf(admin.token(), "/w/" + slug + "/sandbox?as=ada&in=general");
  }

  private static HttpResponse<String> say(String slug, String text) {
    return Http.onPort(server.port())
        .post(
            "/w/" + slug + "/sandbox/say",
            Map.of(
                "_csrf",
                admin.csrf(),
                "as",
                "ada",
                "in",
                "general",
                "saying",
                UUID.randomUUID().toString(),
                "text",
                text),
            "Cookie",
            "bothy-session=" + admin.token());
  }

  private static int ready() {
    return Http.onPort(server.port()).get("/readyz").statusCode();
  }
}
