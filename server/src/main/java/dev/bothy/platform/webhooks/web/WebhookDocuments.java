package dev.bothy.platform.webhooks.web;

import dev.bothy.platform.webhooks.EndpointInput;
import dev.bothy.platform.webhooks.EndpointState;
import dev.bothy.platform.webhooks.WebhookDelivery;
import dev.bothy.platform.webhooks.WebhookEndpoint;
import dev.bothy.platform.webhooks.WebhookType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What programs send and get.
final class WebhookDocuments {
  private WebhookDocuments() {}

  @Schema(name = "Webhook", description = "An endpoint: an address that is told of events.")
  record EndpointDocument(
      UUID id,
      @Schema(description = "Null if it cannot be read: its key is gone.") @Nullable String url,
      @Nullable String description,
      List<String> types,
      @Schema(description = "Whether a header `Authorization` goes with each delivery.")
          boolean authorized,
      @Schema(
              description =
                  "`ON`; `PAUSED` by an admin; `GONE` since it answered 410; `FAILING` since it took"
                      + " nothing for days.")
          EndpointState state,
      @Schema(description = "When the first of its failures in a row was; null if there is none.")
          @Nullable Instant failingSince,
      @Schema(description = "When it took a delivery last; null if it never did.")
          @Nullable Instant deliveredAt,
      @Schema(
              description =
                  "Until when deliveries are also signed with the secret before this one; null if"
                      + " there is none.")
          @Nullable Instant previousSecretUntil,
      Instant createdAt,
      Instant changedAt) {
    static EndpointDocument of(WebhookEndpoint endpoint) {
      WebhookEndpoint.Details details = endpoint.details();
      return new EndpointDocument(
          endpoint.id(),
          details == null ? null : details.url(),
          details == null ? null : details.description(),
          endpoint.types().stream().sorted().toList(),
          details != null && details.authorization() != null,
          endpoint.state(),
          endpoint.failingSince(),
          endpoint.deliveredAt(),
          endpoint.overlapUntil(),
          endpoint.createdAt(),
          endpoint.changedAt());
    }
  }

  @Schema(name = "WebhookInput", description = "An endpoint as it is to be.")
  record EndpointInputDocument(
      @Schema(description = "Https, or http for a host that IT lists as on-premises.")
          @Nullable String url,
      @Schema(description = "For people, up to 200 characters.") @Nullable String description,
      @Schema(description = "What it is told of, at least one.") @Nullable Set<String> types,
      @Schema(
              description =
                  "The value of a header `Authorization`. Null leaves what there is while scheme,"
                      + " host and port stay the same, empty takes it away.")
          @Nullable String authorization) {
    EndpointInput input() {
      return new EndpointInput(
          url == null ? "" : url,
          description == null ? "" : description,
          types == null ? Set.of() : types,
          authorization == null ? null : authorization.strip());
    }

    @Override
    public String toString() {
      return "EndpointInputDocument(…)";
    }
  }

  @Schema(name = "WebhookWithSecret", description = "An endpoint and its new secret.")
  record SecretDocument(
      EndpointDocument webhook,
      @Schema(description = "`whsec_` and base64; told this once and never again.") String secret) {
    @Override
    public String toString() {
      return "SecretDocument(…)";
    }
  }

  @Schema(name = "WebhookType", description = "A kind of event that endpoints can be told of.")
  record TypeDocument(String name, String description) {
    static TypeDocument of(WebhookType type) {
      return new TypeDocument(type.name(), type.description());
    }
  }

  @Schema(name = "WebhookDelivery", description = "An event on its way to an endpoint.")
  record DeliveryDocument(
      UUID id,
      @Schema(description = "The header `webhook-id`.") UUID event,
      String type,
      @Schema(description = "`waiting`, `delivered` or `failed`.") String state,
      int attempts,
      @Schema(description = "Of the last answer; null if there was none.") @Nullable Integer status,
      @Schema(description = "What was wrong last; null if nothing was.") @Nullable String problem,
      @Schema(description = "How long the last attempt took; null before the first.")
          @Nullable BigDecimal tookSeconds,
      Instant createdAt,
      @Schema(description = "When it was delivered or given up; null while it is neither.")
          @Nullable Instant settledAt,
      @Schema(description = "Whether it can be sent once more.") boolean replayable) {
    static DeliveryDocument of(WebhookDelivery delivery) {
      return new DeliveryDocument(
          delivery.id(),
          delivery.event(),
          delivery.type(),
          delivery.state().label(),
          delivery.attempts(),
          delivery.status(),
          delivery.problem(),
          delivery.took() == null ? null : BigDecimal.valueOf(delivery.took().toMillis(), 3),
          delivery.createdAt(),
          delivery.settledAt(),
          delivery.replayable());
    }
  }

  @Schema(name = "WebhookTested", description = "A trial that was sent.")
  record TestedDocument(@Schema(description = "Where to read what came of it.") UUID delivery) {}

  @Schema(name = "WebhooksReplayed", description = "How many are sent once more.")
  record ReplayedDocument(int replayed) {}
}
