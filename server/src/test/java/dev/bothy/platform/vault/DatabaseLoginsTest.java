package dev.bothy.platform.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.AppRole;
import dev.bothy.testkit.TestVault.Product;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/// The pool as the server has it, with users that OpenBao makes in a PostgreSQL that asks for
/// passwords.
@Tag("real")
class DatabaseLoginsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private static Path folder;
  private static TestVault vault;
  private static DatabaseEngine engine;

  private final TestClock clock = new TestClock();
  private final HikariDataSource pool = new HikariDataSource();
  private final List<DatabaseLogins> started = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    vault = TestVault.shared(Product.OPENBAO);
    engine = DatabaseEngine.start(vault, folder);
  }

  @AfterAll
  static void stop() throws Exception {
    engine.close();
  }

  @AfterEach
  void close() {
    pool.close();
    started.forEach(DatabaseLogins::close);
  }

  @ParameterizedTest(name = "lease {0} s, longest {1} s, token {2} s")
  @CsvSource({"5, 8, 3600", "3600, 3600, 5"})
  void aLoadRunsOnThroughUserAfterUserWithoutAFailedQuery(long lease, long longest, long token)
      throws Exception {
    engine.users(Duration.ofSeconds(lease), Duration.ofSeconds(longest));
    connect(vault.role(DatabaseEngine.POLICY, Duration.ofSeconds(token)));
    try (Load load = new Load(pool)) {
      String firstUser = load.awaitUser();
      // Past two of the longest lives.
      load.run(Duration.ofSeconds(20));
      assertThat(load.failures).isEmpty();
      assertThat(load.users).hasSizeGreaterThanOrEqualTo(5);
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(engine.users()).doesNotContain(firstUser));
      assertThat(engine.users()).as("the present one and the one before").hasSizeLessThan(5);
      load.report();
    }
  }

  @Test
  void anOutageOfVaultThatEndsBeforeTheLeaseDoesIsNotNoticed() throws Exception {
    engine.users(Duration.ofSeconds(12));
    connect(vault.role(DatabaseEngine.POLICY));
    try (Load load = new Load(pool)) {
      String firstUser = load.awaitUser();
      vault.seal();
      try {
        // The next one was due after 6.
        load.run(Duration.ofSeconds(8));
        assertThat(load.users).containsExactly(firstUser);
      } finally {
        vault.unseal();
      }
      load.run(Duration.ofSeconds(7));
      assertThat(load.failures).isEmpty();
      assertThat(load.users).hasSizeGreaterThan(1);
    }
  }

  @Test
  void anOutageThatOutlastsTheLeaseIsNoticedWhenVaultIsBackAndEndsByItself() throws Exception {
    engine.users(Duration.ofSeconds(4));
    connect(vault.role(DatabaseEngine.POLICY));
    try (Load load = new Load(pool)) {
      String firstUser = load.awaitUser();
      vault.seal();
      try {
        load.run(Duration.ofSeconds(7));
        assertThat(load.failures).as("open connections go on").isEmpty();
        assertThat(load.users).containsExactly(firstUser);
      } finally {
        vault.unseal();
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(load.users).hasSizeGreaterThan(2));
      load.failures.clear();
      load.run(Duration.ofSeconds(3));
      assertThat(load.failures).isEmpty();
    }
  }

  @Test
  void whenEveryLeaseIsRevokedThePoolGoesOnAsANewUser() throws Exception {
    engine.users(HOUR);
    connect(vault.role(DatabaseEngine.POLICY));
    String revoked = work(pool);
    await().until(() -> pool.getHikariPoolMXBean().getIdleConnections() == 10);
    clock.advance(Duration.ofMinutes(1));
    engine.revokeAll();
    assertThat(engine.users()).isEmpty();
    AtomicLong failures = new AtomicLong();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          try {
            assertThat(work(pool)).isNotEqualTo(revoked);
          } catch (SQLException e) {
            failures.incrementAndGet();
            throw new AssertionError(e);
          }
        });
    assertThat(failures).as("one for each connection at most").hasValueLessThanOrEqualTo(10);
    for (int i = 0; i < 50; i++) {
      work(pool);
    }
  }

  @Test
  void aPasswordThatVaultChangedIsAskedForWhenTheOldOneIsRefused() throws Exception {
    engine.staticUser(Duration.ofHours(24));
    DatabaseLogins logins =
        connect(vault.role(DatabaseEngine.POLICY + "-static"), "database/static-creds/bothy-app");
    assertThat(work(pool)).isEqualTo("bothy_app");
    DatabaseLogin before = logins.current();
    engine.rotate();
    clock.advance(Duration.ofMinutes(1));
    pool.getHikariPoolMXBean().softEvictConnections();

    assertThat(work(pool)).isEqualTo("bothy_app");
    assertThat(logins.current().password()).isNotEqualTo(before.password());
    assertThat(logins.current().toString()).doesNotContain(logins.current().password());
  }

  @Test
  void whileVaultChangesThePasswordByItselfConnectionsAreOpenedAllTheTime() throws Exception {
    engine.staticUser(Duration.ofSeconds(5));
    DatabaseLogins logins =
        connect(vault.role(DatabaseEngine.POLICY + "-static"), "database/static-creds/bothy-app");
    String before = logins.current().password();
    try (Load load = new Load(pool)) {
      load.awaitUser();
      for (int i = 0; i < 60; i++) {
        load.run(Duration.ofMillis(200));
        pool.getHikariPoolMXBean().softEvictConnections();
      }
      assertThat(load.failures).isEmpty();
      assertThat(logins.current().password()).isNotEqualTo(before);
      load.report();
    }
  }

  @Test
  void aPolicyThatLacksThePathIsNamedWithTheLineThatItNeeds() {
    DatabaseLogins logins = logins(vault.role(), "database/creds/bothy-app");
    assertThat(logins.start(user -> {})).isFalse();
    assertThatThrownBy(logins::current).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> VaultClients.of(vault, vault.role()).lease(logins.call()))
        .isInstanceOf(VaultRefused.class)
        .hasMessageContaining("GET database/creds/bothy-app")
        .hasMessageContaining("403")
        .hasMessageContaining("path \"database/creds/bothy-app\" { capabilities = [\"read\"] }");
  }

  @Test
  void aRoleThatVaultDoesNotHaveIsSaid() {
    vault.policy("wide", "path \"*\" { capabilities = [\"read\"] }");
    assertThatThrownBy(() ->
            VaultClients.of(vault, vault.role("wide"))
                .lease(logins(vault.role("wide"), "database/creds/nobody").call()))
        .isInstanceOf(VaultRefused.class)
        .hasMessageContaining("GET database/creds/nobody")
        .hasMessageContaining("nobody");
  }

  @Test
  void aLoginInTheSettingsBesideIsRefused() {
    pool.setJdbcUrl(engine.url());
    pool.setUsername("bothy_app");
    assertThatThrownBy(() ->
            DatabaseLoginConfiguration.connect(
                pool,
                logins(vault.role(DatabaseEngine.POLICY), "database/creds/bothy-app"),
                new MockEnvironment()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("bothy.database.vault-path");
  }

  private DatabaseLogins connect(AppRole role) {
    return connect(role, "database/creds/bothy-app");
  }

  private DatabaseLogins connect(AppRole role, String path) {
    pool.setJdbcUrl(engine.url());
    pool.setMaximumPoolSize(10);
    pool.setConnectionTimeout(5000);
    DatabaseLogins logins = logins(role, path);
    DatabaseLoginConfiguration.connect(pool, logins, new MockEnvironment());
    return logins;
  }

  private DatabaseLogins logins(AppRole role, String path) {
    DatabaseLogins logins =
        new DatabaseLogins(VaultClients.of(vault, role), path, clock, Metrics.unscraped());
    started.add(logins);
    return logins;
  }

  /// A transaction as the server has them: bound to a workspace, under row-level security.
  ///
  /// @return as which user
  private static String work(HikariDataSource pool) throws SQLException {
    UUID workspace = UUID.randomUUID();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select set_config('bothy.workspace', '" + workspace + "', true)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into workspace (id, slug, name, created_at) values (?, ?, 'W', now())")) {
        insert.setObject(1, workspace);
        insert.setString(2, "w" + workspace.toString().replace("-", "").substring(0, 30));
        insert.execute();
      }
      try (ResultSet row = statement.executeQuery("select session_user, count(*) from workspace")) {
        row.next();
        assertThat(row.getLong(2)).as("other workspaces' rows are hidden").isEqualTo(1);
        String user = row.getString(1);
        connection.rollback();
        return user;
      }
    }
  }

  /// Four at work without a break.
  private static final class Load implements AutoCloseable {
    private final Set<String> users = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<Thread> threads = new ArrayList<>();

    Load(HikariDataSource pool) {
      for (int i = 0; i < 4; i++) {
        threads.add(Thread.ofPlatform().start(() -> work(pool)));
      }
    }

    private void work(HikariDataSource pool) {
      while (running.get()) {
        long begin = System.nanoTime();
        try {
          users.add(DatabaseLoginsTest.work(pool));
          done.incrementAndGet();
        } catch (SQLException | AssertionError e) {
          failures.add(String.valueOf(e.getMessage()));
        }
        slowestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
      }
    }

    String awaitUser() {
      await().until(() -> !users.isEmpty());
      // How long the first ones took to connect is another matter.
      slowestNanos.set(0);
      return users.iterator().next();
    }

    void run(Duration time) throws InterruptedException {
      Thread.sleep(time);
    }

    void report() {
      System.out.printf(
          "%d transactions as %d users, none failed, the slowest took %d ms%n",
          done.get(), users.size(), slowestNanos.get() / 1_000_000);
    }

    @Override
    public void close() throws InterruptedException {
      running.set(false);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
