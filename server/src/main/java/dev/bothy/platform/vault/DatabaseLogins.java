package dev.bothy.platform.vault;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.HealthReporter;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.PartHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;

/// The server's login to the database, from Vault's database engine.
///
/// ## A user for a time
///
/// Nothing is renewed: at half of its life another user is asked for, so that no limit to renewing,
/// of the lease or of the token, is ever met. From then on connections are opened as the new user,
/// and those of the old one end as they are given back. Vault drops the old one when its lease
/// ends.
///
/// ## While Vault is away
///
/// The login at hand serves on, for as long as PostgreSQL takes it.
final class DatabaseLogins implements HealthReporter, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLogins.class);
  private static final String NAME = "Database login";
  private static final Duration WHILE_AWAY = Duration.ofSeconds(2);

  /// Somebody has to mend it first, and each try leaves a token in Vault that nobody uses.
  private static final Duration WHILE_REFUSED = Duration.ofSeconds(15);

  /// A login that is refused and younger than this is not to blame: each new one is a user more.
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Vault vault;
  private final VaultCall call;
  private final Clock clock;
  private final Metrics metrics;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("database-login").factory());
  private final CountDownLatch first = new CountDownLatch(1);

  private volatile @Nullable DatabaseLogin current;
  private volatile @Nullable String trouble;
  private volatile Consumer<String> evict = user -> {};

  private @Nullable Future<?> next;

  /// @param path where the engine gives it, e.g. `database/creds/bothy-app`
  DatabaseLogins(Vault vault, String path, Clock clock, Metrics metrics) {
    this.vault = vault;
    this.call = new VaultCall(HttpMethod.GET, path, path, List.of("read"));
    this.clock = clock;
    this.metrics = metrics;
  }

  /// Asks for the first login, and from then on for each that follows.
  ///
  /// @param evictConnections ends those of a user: what nobody uses at once, and each other one
  ///   when it is given back; does nothing if that user has none
  /// @return false if it is not there yet
  boolean start(Consumer<String> evictConnections) {
    evict = evictConnections;
    renew();
    return current != null;
  }

  /// Waits for the first login. Without a limit: Spring interrupts a start that it is to give up
  /// only if it waits like that.
  void await() throws InterruptedException {
    first.await();
  }

  /// How Vault is asked.
  VaultCall call() {
    return call;
  }

  /// @throws IllegalStateException before there is one
  DatabaseLogin current() {
    DatabaseLogin login = current;
    if (login == null) {
      throw new IllegalStateException("There is no login to the database yet");
    }
    return login;
  }

  /// The login to take instead of one that PostgreSQL refused.
  ///
  /// @return the same if there is no other
  synchronized DatabaseLogin insteadOf(DatabaseLogin refused) {
    if (current().equals(refused) && !clock.instant().isBefore(refused.since().plus(FRESH))) {
      LOG.info("PostgreSQL refuses {}, which Vault gave: asking for another login", refused.user());
      renew();
    }
    return current();
  }

  private synchronized void renew() {
    Duration wait;
    try {
      wait = Duration.between(clock.instant(), ask().renewAt());
    } catch (VaultAway e) {
      failed(String.valueOf(e.getMessage()));
      wait = WHILE_AWAY;
    } catch (VaultRefused e) {
      failed(String.valueOf(e.getMessage()));
      wait = WHILE_REFUSED;
    } catch (RuntimeException e) {
      LOG.error("Asking Vault for a login to the database broke", e);
      wait = WHILE_REFUSED;
    }
    schedule(wait);
  }

  private DatabaseLogin ask() {
    Instant since = clock.instant();
    DatabaseLogin login = DatabaseLogin.of(vault.lease(call), since);
    if (login == null) {
      throw new VaultRefused(
          "Vault answered "
              + call
              + " with something that is no login of its database engine; look at"
              + " bothy.database.vault-path",
          200);
    }
    DatabaseLogin old = current;
    current = login;
    trouble = null;
    metrics.databaseLoginEnds(login.end());
    if (old == null || !old.password().equals(login.password())) {
      LOG.info("Vault gave {} as the login to the database, until {}", login.user(), login.end());
    }
    first.countDown();
    if (old != null && !old.user().equals(login.user())) {
      evict.accept(old.user());
      // Once more, for what was being opened as the old user meanwhile.
      Duration left = Duration.between(clock.instant(), old.end()).dividedBy(2);
      thread.schedule(
          () -> evict.accept(old.user()), Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    }
    return login;
  }

  /// Says why, once for each reason.
  private void failed(String why) {
    if (!why.equals(trouble)) {
      DatabaseLogin login = current;
      if (login == null) {
        LOG.warn("Waiting for a login to the database from Vault, not ready until then: {}", why);
      } else {
        LOG.warn(
            "No new login to the database from Vault; {} serves on, whose time ends at {}: {}",
            login.user(),
            login.end(),
            why);
      }
      trouble = why;
    }
  }

  private void schedule(Duration wait) {
    if (next != null) {
      next.cancel(false);
    }
    if (!thread.isShutdown()) {
      next = thread.schedule(this::renew, Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public List<PartHealth> report(WorkspaceId workspace) {
    DatabaseLogin login = current();
    String why = trouble;
    return List.of(
        why == null
            ? PartHealth.ok(
                NAME, "Vault gave " + login.user() + ", whose time ends at " + login.end() + ".")
            : PartHealth.degraded(
                NAME,
                "Vault gives no new login; the present one's time ends at "
                    + login.end()
                    + ". "
                    + why,
                null));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
