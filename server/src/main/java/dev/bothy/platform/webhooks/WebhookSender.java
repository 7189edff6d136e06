package dev.bothy.platform.webhooks;

import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.webhooks.WebhookCall.Answer;
import dev.bothy.platform.webhooks.WebhookDelivery.State;
import dev.bothy.platform.webhooks.WebhookEndpoint.Details;
import dev.bothy.platform.work.OutboxSender;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Sends what waits for endpoints.
///
/// ## Waiting
///
/// An endpoint that fails is asked again after longer and longer, and what came later waits behind:
/// by [Result.RateLimited], since the outbox's own patience is made for chat networks and ends in
/// dead letters for whoever runs the server. What failed here is in the endpoint's log, where those
/// who know the receiver look. A receiver knows repetitions by the delivery's id.
@Component
class WebhookSender implements OutboxSender {
  private final EndpointTable endpoints;
  private final DeliveryTable deliveries;
  private final DeliveryOutcomes outcomes;
  private final WebhookCall call;
  private final WebhookSettings settings;
  private final Workspaces workspaces;
  private final Clock clock;

  WebhookSender(
      EndpointTable endpoints,
      DeliveryTable deliveries,
      DeliveryOutcomes outcomes,
      WebhookCall call,
      WebhookSettings settings,
      Workspaces workspaces,
      Clock clock) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.outcomes = outcomes;
    this.call = call;
    this.settings = settings;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What is to be sent.
  ///
  /// @param secrets to sign with, at least one
  private record Ready(
      WebhookDelivery delivery, Details details, List<WebhookSecret> secrets, byte[] body) {}

  @Override
  public Set<String> kinds() {
    return Set.of(Webhooks.KIND);
  }

  @Override
  public Result send(Item item) {
    UUID id = Webhooks.delivery(item.payload());
    Optional<Ready> ready = workspaces.inWorkspace(item.workspace(), () -> prepare(id));
    if (ready.isEmpty()) {
      return new Result.Sent(null);
    }
    Ready what = ready.get();
    Instant at = clock.instant();
    long begun = System.nanoTime();
    Answer answer = call.send(what.details(), what.secrets(), what.delivery(), what.body(), at);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    Optional<Duration> wait =
        workspaces.inWorkspace(
            item.workspace(), () -> outcomes.record(what.delivery(), answer, took));
    return wait.<Result>map(Result.RateLimited::new).orElseGet(() -> new Result.Sent(null));
  }

  /// @return empty if there is nothing to send any more; the log says why
  private Optional<Ready> prepare(UUID id) {
    Optional<WebhookDelivery> found =
        deliveries.find(id).filter(delivery -> delivery.state() == State.WAITING);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    WebhookDelivery delivery = found.get();
    Optional<WebhookEndpoint> endpoint = endpoints.find(delivery.endpoint());
    if (endpoint.isEmpty()) {
      return givenUp(id, "The endpoint was deleted.");
    }
    boolean isTest = delivery.type().equals(WebhookTypes.TEST);
    if (endpoint.get().state() != EndpointState.ON && !isTest) {
      return givenUp(id, "Not sent: the endpoint is off.");
    }
    Instant now = clock.instant();
    if (endpoint.get().failingSince() != null
        && !isTest
        && deliveries.queuedAt(id).plus(settings.keepTrying()).isBefore(now)) {
      return givenUp(id, "Not sent: the endpoint took nothing for too long.");
    }
    Details details = endpoint.get().details();
    Optional<byte[]> body = deliveries.body(id);
    if (details == null || body.isEmpty()) {
      return givenUp(id, "Not sent: what it says is no longer kept, or its key is gone.");
    }
    try {
      List<WebhookSecret> secrets = endpoints.secrets(delivery.endpoint(), now);
      return Optional.of(new Ready(delivery, details, secrets, body.get()));
    } catch (CannotOpen gone) {
      return givenUp(id, "Not sent: the key of the secret is gone.");
    }
  }

  private Optional<Ready> givenUp(UUID id, String why) {
    deliveries.note(id, State.FAILED, false, null, why, null, clock.instant());
    return Optional.empty();
  }
}
