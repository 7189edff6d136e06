package dev.bothy.platform.webhooks;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.egress.EgressRefused;
import dev.bothy.platform.webhooks.WebhookEndpoint.Details;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;

/// Makes the call. Whoever answers drop by drop keeps every single wait short; so each call has a
/// thread of its own, which is interrupted when the patience for the whole is over.
@Component
class WebhookCall implements DisposableBean {
  /// In the log of refusals and their metric.
  static final String OWNER = "Webhook receivers";

  /// Nobody is to put an endpoint off for longer than this.
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final Answer.None LATE = new Answer.None("It did not answer in time.");

  private final ClientHttpRequestFactory requests;
  private final WebhookSettings settings;
  private final Clock clock;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

  WebhookCall(Egress egress, WebhookSettings settings, Clock clock) {
    this.requests = egress.typedAddresses(OWNER, settings.patience());
    this.settings = settings;
    this.clock = clock;
  }

  /// What came back.
  sealed interface Answer {
    /// A status, e.g. 204.
    ///
    /// @param retryAfter what the answer asks for, 1 s to an hour; null if nothing
    record Status(int code, @Nullable Duration retryAfter) implements Answer {
      boolean isTaken() {
        return code >= 200 && code < 300;
      }
    }

    /// Nothing.
    ///
    /// @param problem a sentence for people
    record None(String problem) implements Answer {}
  }

  /// @param secrets to sign with, the newest first
  Answer send(
      Details details,
      List<WebhookSecret> secrets,
      WebhookDelivery delivery,
      byte[] body,
      Instant at) {
    URI address = URI.create(details.url());
    if (!settings.allows(address.getHost().toLowerCase(Locale.ROOT))) {
      return new Answer.None("Whoever runs this server does not allow webhooks to this host.");
    }
    Future<Answer> answer = calls.submit(() -> call(address, details, secrets, delivery, body, at));
    try {
      return answer.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return LATE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.None("The server was stopped while it waited for the answer.");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private Answer call(
      URI address,
      Details details,
      List<WebhookSecret> secrets,
      WebhookDelivery delivery,
      byte[] body,
      Instant at) {
    String id = delivery.event().toString();
    long seconds = at.getEpochSecond();
    try {
      ClientHttpRequest request = requests.createRequest(address, HttpMethod.POST);
      HttpHeaders headers = request.getHeaders();
      headers.setContentType(MediaType.APPLICATION_JSON);
      headers.setContentLength(body.length);
      headers.set("webhook-id", id);
      headers.set("webhook-timestamp", Long.toString(seconds));
      headers.set(
          "webhook-signature",
          secrets.stream()
              .map(secret -> secret.sign(id, seconds, body))
              .collect(Collectors.joining(" ")));
      if (details.authorization() != null) {
        headers.set(HttpHeaders.AUTHORIZATION, details.authorization());
      }
      request.getBody().write(body);
      try (ClientHttpResponse response = request.execute()) {
        return new Answer.Status(response.getStatusCode().value(), retryAfter(response));
      }
    } catch (IOException e) {
      return new Answer.None(inWords(e));
    }
  }

  @Override
  public void destroy() {
    calls.shutdownNow();
  }

  /// RFC 9110 §10.2.3: seconds, or a date.
  private @Nullable Duration retryAfter(ClientHttpResponse response) {
    String asked = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
    if (asked == null) {
      return null;
    }
    Duration wait;
    if (asked.strip().matches("\\d{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(asked.strip()));
    } else {
      try {
        Instant date =
            ZonedDateTime.parse(asked.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        wait = Duration.between(clock.instant(), date);
      } catch (DateTimeException unreadable) {
        return null;
      }
    }
    Duration atLeast = wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
    return atLeast.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atLeast;
  }

  /// Without the exception's own words, which may quote the address.
  private static String inWords(IOException e) {
    return switch (e) {
      case EgressRefused refused ->
          "Not called: " + refused.refusal().explanation(refused.origin()) + ".";
      case UnknownHostException _ -> "Its host's name is not known.";
      case SocketTimeoutException _ -> LATE.problem();
      case InterruptedIOException _ -> LATE.problem();
      case ConnectException _ -> "Nothing listens at its address.";
      case SSLException _ -> "Its certificate or its TLS is not believed.";
      case IOException other -> "The connection broke (" + other.getClass().getSimpleName() + ").";
    };
  }
}
