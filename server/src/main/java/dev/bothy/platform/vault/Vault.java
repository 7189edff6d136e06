package dev.bothy.platform.vault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.vault.VaultException;
import org.springframework.vault.authentication.ClientAuthentication;
import org.springframework.vault.authentication.LifecycleAwareSessionManager;
import org.springframework.vault.authentication.LoginToken;
import org.springframework.vault.authentication.SessionManager;
import org.springframework.vault.authentication.VaultLoginException;
import org.springframework.vault.client.VaultHttpHeaders;
import org.springframework.vault.core.VaultOperations;
import org.springframework.vault.support.VaultToken;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.RestClientException;

/// Calls to Vault.
///
/// ## When Vault is away
///
/// Who calls when it goes away waits for one time-out. After that one tries again each second, and
/// all others are refused at once, so that a Vault that hangs does not take all of the server's
/// threads and database connections with it.
///
/// ## When the session has ended
///
/// A token that was revoked answers 403, as a policy that is too narrow does. Whether it lives is
/// asked then, and if it does not, the server signs in again and the call is made once more.
///
/// ## What ends with its session
///
/// Vault takes a lease back when the token that asked for it ends, which renewing puts off but not
/// for ever. So what is leased is asked for with a sign-in of its own ([#lease]).
public final class Vault {
  private static final Logger LOG = LoggerFactory.getLogger(Vault.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// For how long the others are refused while one tries, should nothing come of it at all.
  private static final Duration TRIAL = Duration.ofSeconds(30);

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;

  /// Too many requests; and an enterprise Vault whose state is not there yet.
  private static final List<Integer> COME_AGAIN = List.of(429, 412);

  private static final ParameterizedTypeReference<Map<String, Object>> ANSWER =
      new ParameterizedTypeReference<>() {};

  private final VaultOperations operations;
  private final SessionManager session;
  private final ClientAuthentication signIn;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();

  private record Pause(long until, String why) {}

  Vault(
      VaultOperations operations,
      SessionManager session,
      ClientAuthentication signIn,
      LongSupplier nanoTime) {
    this.operations = operations;
    this.session = session;
    this.signIn = signIn;
    this.nanoTime = nanoTime;
  }

  /// Makes a call.
  ///
  /// @param body null sends none
  /// @return what the answer holds under `data`, or of its own; empty if there was none, or nothing
  ///   is at that path (404) of an engine that is there
  /// @throws VaultAway if Vault cannot say
  /// @throws VaultRefused if it says no
  public Optional<Map<String, Object>> call(VaultCall call, @Nullable Map<String, ?> body) {
    return answered(call, () -> signedIn(call, body));
  }

  /// Reads what Vault takes back after a time, under a sign-in made for it.
  ///
  /// @throws VaultAway if Vault cannot say
  /// @throws VaultRefused if it says no, or nothing is there
  Leased lease(VaultCall call) {
    return answered(
        call,
        () -> {
          VaultToken token = signIn.login();
          if (!(token instanceof LoginToken)) {
            // It was given, not made: the session keeps it alive.
            token = session.getSessionToken();
          }
          HttpEntity<?> request = new HttpEntity<>(VaultHttpHeaders.from(token));
          return Leased.of(
              unwrapped(() ->
                  operations.doWithVault(rest ->
                      rest.exchange(call.path(), call.method(), request, ANSWER).getBody())),
              token instanceof LoginToken own ? own.getLeaseDuration() : Duration.ZERO);
        });
  }

  private <T> T answered(VaultCall call, Supplier<T> exchange) {
    Pause paused = pause.get();
    if (paused != null
        && (nanoTime.getAsLong() - paused.until < 0
            || !pause.compareAndSet(paused, pauseUntil(TRIAL, paused.why)))) {
      throw new VaultAway(paused.why, null);
    }
    try {
      T answer = exchange.get();
      pause.set(null);
      return answer;
    } catch (HttpStatusCodeException e) {
      throw failure(call.toString(), call.policyLine(), e);
    } catch (VaultException | RestClientException e) {
      throw failed(e);
    }
  }

  private Optional<Map<String, Object>> signedIn(VaultCall call, @Nullable Map<String, ?> body) {
    VaultToken used = session.getSessionToken();
    try {
      return exchange(call.method(), call.path(), body);
    } catch (HttpStatusCodeException e) {
      if (e.getStatusCode().value() != FORBIDDEN || !signedInAnew(used)) {
        throw e;
      }
      return exchange(call.method(), call.path(), body);
    }
  }

  /// Of many whose session has ended one signs in.
  ///
  /// @return false if the session is not what a refusal was about
  private synchronized boolean signedInAnew(VaultToken refused) {
    if (!session.getSessionToken().equals(refused)) {
      return true;
    }
    if (lives() || !(session instanceof LifecycleAwareSessionManager managed)) {
      return false;
    }
    LOG.info("The session at Vault has ended; signing in again");
    managed.revoke();
    session.getSessionToken();
    return true;
  }

  private boolean lives() {
    try {
      exchange(HttpMethod.GET, "auth/token/lookup-self", null);
      return true;
    } catch (HttpStatusCodeException e) {
      return e.getStatusCode().value() != FORBIDDEN;
    }
  }

  private Optional<Map<String, Object>> exchange(
      HttpMethod method, String path, @Nullable Map<String, ?> body) {
    try {
      Map<String, Object> answer =
          unwrapped(() ->
              operations.doWithSession(
                  rest -> rest.exchange(path, method, new HttpEntity<>(body), ANSWER).getBody()));
      return Optional.ofNullable(answer).map(Vault::data);
    } catch (HttpStatusCodeException answered) {
      // Of a mount that is not there Vault says so.
      if (answered.getStatusCode().value() == NOT_FOUND
          && method == HttpMethod.GET
          && VaultErrors.of(answered.getResponseBodyAsString()).isEmpty()) {
        return Optional.empty();
      }
      throw answered;
    }
  }

  /// What the call itself was answered, spring-vault wraps.
  private static @Nullable Map<String, Object> unwrapped(
      Supplier<@Nullable Map<String, Object>> exchange) {
    try {
      return exchange.get();
    } catch (VaultLoginException e) {
      throw e;
    } catch (VaultException e) {
      if (e.getCause() instanceof HttpStatusCodeException answered) {
        throw answered;
      }
      throw e;
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> data(Map<String, Object> answer) {
    return answer.get("data") instanceof Map<?, ?> data ? (Map<String, Object>) data : answer;
  }

  /// What spring-vault throws of its own accord is about signing in, or wraps what the call met.
  private RuntimeException failed(RuntimeException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof HttpStatusCodeException status) {
        return failure("Signing in", null, status);
      }
    }
    return away("Vault does not answer: " + VaultErrors.ofSilence(failure), failure);
  }

  private RuntimeException failure(
      String call, @Nullable String policyLine, HttpStatusCodeException failure) {
    int status = failure.getStatusCode().value();
    String said = status + " " + VaultErrors.of(failure.getResponseBodyAsString());
    if (status >= SERVER_ERROR || COME_AGAIN.contains(status)) {
      return away("Vault answered %s with %s".formatted(call, said), failure);
    }
    pause.set(null);
    return new VaultRefused(
        "Vault answered %s with %s%s"
            .formatted(
                call,
                said,
                status == FORBIDDEN && policyLine != null
                    ? ". Its policy for this server needs: " + policyLine
                    : ""),
        status);
  }

  private VaultAway away(String why, RuntimeException cause) {
    pause.set(pauseUntil(PAUSE, why));
    return new VaultAway(why, cause);
  }

  private Pause pauseUntil(Duration length, String why) {
    return new Pause(nanoTime.getAsLong() + length.toNanos(), why);
  }
}
