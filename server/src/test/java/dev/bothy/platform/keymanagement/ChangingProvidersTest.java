package dev.bothy.platform.keymanagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.BothyServer;
import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keymanagement.KeyCare.Round;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.keys.TestServer;
import dev.bothy.platform.keys.TestServer.Provider;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.Leases;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestLink;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.AppRole;
import dev.bothy.testkit.TestVault.Product;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// All keys of an installation go over from one provider to another, on a database of the test's
/// own, since a round takes all of them along.
@Tag("real")
class ChangingProvidersTest {
  private static final Purpose NOTE = new Purpose("rotations", "rotations.test-note");
  private static final int WORKSPACES = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// Added to each answer, so that a round lasts long enough to be interrupted.
  private static final Duration LATENCY = Duration.ofMillis(40);

  private static final TestDatabase DATABASE = TestDatabase.create();

  @TempDir private static Path folder;

  private static ConfigurableApplicationContext context;
  private static Workspaces workspaces;
  private static TestVault vault;

  private final Map<WorkspaceId, Sealed> sealed = new LinkedHashMap<>();
  private final UUID row = UUID.randomUUID();

  @BeforeAll
  static void start() {
    vault = TestVault.shared(Product.OPENBAO);
    List<String> settings = new ArrayList<>(List.of(DATABASE.properties()));
    settings.addAll(
        List.of(
            "bothy.installation.mode=embedded",
            "bothy.keys.local-file=" + folder.resolve("key"),
            "bothy.egress.region=test",
            "bothy.sign-on.issuer=http://localhost:1/realms/none"));
    context =
        new SpringApplicationBuilder(BothyServer.class)
            .properties("server.port=0", "logging.level.dev.bothy.platform.keymanagement=error")
            .run(settings.stream().map("--"::concat).toArray(String[]::new));
    workspaces = context.getBean(Workspaces.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void whateverInterruptsItAllKeysGoOverToVaultAndBackAndToAnotherVault() throws Exception {
    Provider file = Provider.running(context);
    TestServer before = TestServer.of(file, null, context);
    for (int number = 0; number < WORKSPACES; number++) {
      WorkspaceId workspace = TestWorkspaces.fresh(workspaces).id();
      sealed.put(workspace, seal(before, workspace));
    }
    AppRole role = role("bothy-changing", "");
    try (TestLink link = TestLink.to(vault.address())) {
      Provider transit = Provider.transit(link.address(), role, "transit");
      TestServer server = TestServer.of(transit, file, context);
      link.slow(LATENCY);

      stopInTheMiddle(care(server));
      long afterStop = wrappedBy("vault");
      assertThat(afterStop).as("at the stop").isPositive().isLessThan(WORKSPACES);
      assertAllOpens(server);

      Round cut = cutInTheMiddle(server, link);
      assertThat(cut.rewrapped()).isPositive();
      assertThat(cut.failed()).isPositive();
      assertThat(wrappedBy("vault")).as("when Vault went").isGreaterThan(afterStop);
      assertThat(wrappedBy("local-file")).isPositive();

      link.mend();
      WorkspaceId left = anyWrappedBy("local-file");
      policy(
          "bothy-changing",
          "\npath \"transit/encrypt/bothy-%s-*\" { capabilities = [\"deny\"] }\n".formatted(left));
      await()
          .atMost(PATIENCE)
          .until(() -> care(server).round().failed() == 1 && wrappedBy("local-file") == 1);
      assertThat(anyWrappedBy("local-file")).as("for which Vault refuses").isEqualTo(left);
      assertAllOpens(server);

      policy("bothy-changing", "");
      Round last = care(server).round();
      assertThat(last).isEqualTo(new Round(1, 0));
      assertThat(wrappedBy("local-file")).isZero();
      assertThat(installationsProvider()).isEqualTo("vault");
      assertThat(care(server).round()).isEqualTo(new Round(0, 0));
      assertAllOpens(TestServer.of(transit, null, context));

      // Back, and from there to another Vault.
      assertThat(care(TestServer.of(file, transit, context)).round())
          .isEqualTo(new Round(WORKSPACES + 1, 0));
      assertThat(wrappedBy("vault")).isZero();
      assertAllOpens(TestServer.of(file, null, context));
    }
    try (TestVault another = TestVault.start(Product.OPENBAO)) {
      Provider there = Provider.transit(another.address(), another.role(), "transit");
      assertThat(care(TestServer.of(there, file, context)).round())
          .isEqualTo(new Round(WORKSPACES + 1, 0));
      assertThat(wrappedBy("local-file")).isZero();
      assertAllOpens(TestServer.of(there, null, context));
    }
  }

  /// As a server is told to stop.
  private static void stopInTheMiddle(KeyCare care) throws InterruptedException {
    Thread round = Thread.ofVirtual().start(care::round);
    awaitSomeMore();
    round.interrupt();
    assertThat(round.join(Duration.ofSeconds(20))).as("it ends soon").isTrue();
  }

  private static Round cutInTheMiddle(TestServer server, TestLink link) throws Exception {
    CompletableFuture<Round> round = CompletableFuture.supplyAsync(care(server)::round);
    awaitSomeMore();
    link.cut();
    return round.get();
  }

  private static void awaitSomeMore() {
    long before = wrappedBy("vault");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> wrappedBy("vault") >= before + 4);
  }

  /// Whoever failed to reach Vault does not ask it again within a second.
  private void assertAllOpens(TestServer server) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(OutOfReach.class)
        .untilAsserted(() -> assertOpens(server));
  }

  private void assertOpens(TestServer server) {
    sealed.forEach((workspace, each) ->
        assertThat(workspaces.inWorkspace(workspace, () -> server.keys().open(NOTE, row, each)))
            .isEqualTo(text(workspace)));
  }

  private Sealed seal(TestServer server, WorkspaceId workspace) {
    return workspaces.inWorkspace(workspace, () -> server.keys().seal(NOTE, row, text(workspace)));
  }

  private static byte[] text(WorkspaceId workspace) {
    return workspace.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static KeyCare care(TestServer server) {
    return new KeyCare(
        server.dataKeys(),
        workspaces,
        context.getBean(Leases.class),
        context.getBean(Metrics.class),
        context.getBean(Clock.class));
  }

  private static AppRole role(String policy, String more) throws Exception {
    policy(policy, more);
    return vault.role(policy);
  }

  private static void policy(String name, String more) throws Exception {
    vault.policy(
        name, Files.readString(Path.of("../docs/reference/vault/bothy-server.hcl")) + more);
  }

  private static long wrappedBy(String provider) {
    return byProvider(provider).size();
  }

  private static WorkspaceId anyWrappedBy(String provider) {
    return new WorkspaceId(UUID.fromString(byProvider(provider).getFirst()));
  }

  private static List<String> byProvider(String provider) {
    return texts("select workspace_id from data_key where provider = '" + provider + "'");
  }

  private static String installationsProvider() {
    return texts("select provider from installation_key").getFirst();
  }

  private static List<String> texts(String query) {
    List<String> all = new ArrayList<>();
    try (Connection superuser = DATABASE.connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("set search_path = bothy");
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          all.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }
}
