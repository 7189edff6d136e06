package dev.bothy.platform.people;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.HealthReporter;
import dev.bothy.platform.operation.PartHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/// Whether the identity provider hands out its keys, without which nobody can sign in. Asked at
/// most every quarter of a minute, however many people look.
@Component
class SignOnHealth implements HealthReporter {
  private static final Duration FRESH = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMillis(1500);
  private static final String NAME = "Sign-on";

  private final RestClient client;
  private final String keys;
  private final String issuer;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Instant askedAt;
  private @Nullable Instant downSince;

  SignOnHealth(SignOnSettings settings, Egress egress, Clock clock) {
    this.client = egress.restClient(SignOnSettings.IDENTITY_PROVIDER);
    this.keys = settings.serverEndpoint("certs");
    this.issuer = settings.issuer().toString();
    this.clock = clock;
  }

  @Override
  public List<PartHealth> report(WorkspaceId workspace) {
    lock.lock();
    try {
      Instant now = clock.instant();
      Instant before = askedAt;
      if (before == null || before.plus(FRESH).isBefore(now) || before.isAfter(now)) {
        boolean answers = answers();
        downSince = answers ? null : downSince == null ? now : downSince;
        askedAt = now;
      }
      return List.of(
          downSince == null
              ? PartHealth.ok(NAME, "Keycloak answers.")
              : PartHealth.down(
                  NAME,
                  issuer
                      + " does not answer. Who is signed in stays so; nobody else can sign in."
                      + " Look whether it runs and whether this server may reach it.",
                  downSince));
    } finally {
      lock.unlock();
    }
  }

  /// Whoever looks at the page does not wait as long as a sign-in would.
  private boolean answers() {
    FutureTask<Boolean> request =
        new FutureTask<>(() -> {
          client.get().uri(keys).retrieve().toBodilessEntity();
          return true;
        });
    Thread.ofVirtual().name("sign-on-health").start(request);
    try {
      return request.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      request.cancel(true);
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
