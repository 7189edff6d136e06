package dev.bothy.platform.webhooks;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.webhooks.EndpointTable.Failures;
import dev.bothy.platform.webhooks.WebhookCall.Answer;
import dev.bothy.platform.webhooks.WebhookDelivery.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Decides what follows from an answer: delivered, tried again, given up, the endpoint switched
/// off. Called in the transaction that notes it.
@Component
class DeliveryOutcomes {
  private static final int GONE = 410;

  /// These say something of the endpoint; any other of 400 to 499 says something of the message.
  private static final Set<Integer> OF_THE_ENDPOINT = Set.of(401, 403, 404, 408, 425, 429);

  private static final Set<Integer> ASK_FOR_PATIENCE = Set.of(429, 503);

  /// A message that is refused for what it says holds those behind it no longer than this.
  private static final int MOST_REFUSALS = 5;

  /// Failures that lie further apart than this are none in a row: nothing was sent in between.
  private static final Duration IN_A_ROW = Duration.ofDays(1);

  private final EndpointTable endpoints;
  private final DeliveryTable deliveries;
  private final WebhookSettings settings;
  private final Audit audit;
  private final Metrics metrics;
  private final Clock clock;

  DeliveryOutcomes(
      EndpointTable endpoints,
      DeliveryTable deliveries,
      WebhookSettings settings,
      Audit audit,
      Metrics metrics,
      Clock clock) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.settings = settings;
    this.audit = audit;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// @return how long to wait before the next attempt; empty if there is none
  Optional<Duration> record(WebhookDelivery delivery, Answer answer, Duration took) {
    Instant now = clock.instant();
    Optional<WebhookEndpoint> endpoint = endpoints.lock(delivery.endpoint());
    if (answer instanceof Answer.Status status && status.isTaken()) {
      metrics.webhook(Metrics.Webhook.DELIVERED);
      deliveries.note(delivery.id(), State.DELIVERED, true, status.code(), null, took, now);
      endpoint.ifPresent(_ -> endpoints.delivered(delivery.endpoint(), now));
      return Optional.empty();
    }
    metrics.webhook(Metrics.Webhook.FAILED);
    boolean isTest = delivery.type().equals(WebhookTypes.TEST);
    Optional<Duration> wait =
        endpoint.isEmpty() || isTest ? Optional.empty() : next(delivery, answer, now);
    deliveries.note(
        delivery.id(),
        wait.isPresent() ? State.WAITING : State.FAILED,
        true,
        answer instanceof Answer.Status(int code, Duration _) ? code : null,
        inWords(answer),
        took,
        wait.isPresent() ? null : now);
    if (wait.isEmpty() && !isTest) {
      metrics.webhook(Metrics.Webhook.GIVEN_UP);
    }
    return wait;
  }

  private Optional<Duration> next(WebhookDelivery delivery, Answer answer, Instant now) {
    UUID id = delivery.endpoint();
    if (answer instanceof Answer.Status(int code, Duration _) && code == GONE) {
      switchOff(id, EndpointState.GONE, now);
      return Optional.empty();
    }
    Failures failures = oneMore(endpoints.failures(id), now);
    endpoints.failed(id, failures);
    Instant since = failures.since();
    if (since != null && !since.plus(settings.offAfter()).isAfter(now)) {
      switchOff(id, EndpointState.FAILING, now);
      return Optional.empty();
    }
    if (!deliveries.queuedAt(delivery.id()).plus(settings.keepTrying()).isAfter(now)
        || (isOfTheMessage(answer) && delivery.attempts() + 1 >= MOST_REFUSALS)) {
      return Optional.empty();
    }
    Duration asked = asked(answer);
    return Optional.of(
        asked != null
            ? asked
            : settings.backoff(failures.count(), ThreadLocalRandom.current().nextDouble()));
  }

  private static Failures oneMore(Failures before, Instant now) {
    Instant last = before.last();
    boolean inARow = last != null && last.plus(IN_A_ROW).isAfter(now);
    return inARow
        ? new Failures(before.count() + 1, before.since(), now)
        : new Failures(1, now, now);
  }

  private static boolean isOfTheMessage(Answer answer) {
    return answer instanceof Answer.Status(int code, Duration _)
        && code >= 400
        && code < 500
        && !OF_THE_ENDPOINT.contains(code);
  }

  private static @Nullable Duration asked(Answer answer) {
    return answer instanceof Answer.Status status && ASK_FOR_PATIENCE.contains(status.code())
        ? status.retryAfter()
        : null;
  }

  private void switchOff(UUID endpoint, EndpointState state, Instant now) {
    endpoints.setState(endpoint, state, now);
    audit.record(
        new Actor.System(),
        "webhooks.switched-off",
        Subject.of("webhooks.endpoint", endpoint),
        Map.of("why", state == EndpointState.GONE ? "gone" : "failing"));
  }

  private static String inWords(Answer answer) {
    return switch (answer) {
      case Answer.None(String problem) -> problem;
      case Answer.Status(int code, Duration _) when code >= 300 && code < 400 ->
          "It answered %d, a redirect; none is followed.".formatted(code);
      case Answer.Status(int code, Duration _) when code == GONE -> "It answered 410 Gone.";
      case Answer.Status(int code, Duration _) -> "It answered %d.".formatted(code);
    };
  }
}
