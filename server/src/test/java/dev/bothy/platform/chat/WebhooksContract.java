package dev.bothy.platform.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.Webhooks.Received;
import dev.bothy.platform.work.OutboxSender.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every connector does whose network calls it over HTTP.
public interface WebhooksContract extends ChatConnectorContract {
  @Override
  WebhooksHarness harness();

  /// A connector with a network that calls it.
  interface WebhooksHarness extends Harness {
    Webhooks webhooks();

    /// Genuine requests as the network sends them, one for each recorded payload that is an event
    /// of ours, by the payload's name.
    Map<String, Webhooks.Request> recorded();

    /// A genuine request of a type that we do not know.
    Webhooks.Request unknown();

    /// The header that carries the signature, in lower case.
    String signatureHeader();

    /// Makes the network refuse the next message, asking for this much patience.
    void limitNext(Duration retryAfter);
  }

  private Received receive(Webhooks.Request request) {
    return harness().webhooks().receive(harness().connection(), request);
  }

  @Test
  default void eachRecordedPayloadIsAnEvent() {
    assertThat(harness().recorded()).isNotEmpty();
    harness()
        .recorded()
        .forEach((name, request) ->
            assertThat(receive(request)).as(name).isInstanceOf(Received.Event.class));
  }

  @Test
  default void aReplayHasTheSameDeliveryId() {
    harness()
        .recorded()
        .forEach((name, request) -> {
          Received.Event first = (Received.Event) receive(request);
          Received.Event second = (Received.Event) receive(request);
          assertThat(first.deliveryId()).as(name).isEqualTo(second.deliveryId());
        });
  }

  @Test
  default void distinctRequestsHaveDistinctDeliveryIds() {
    List<String> ids =
        harness().recorded().values().stream()
            .map(request -> ((Received.Event) receive(request)).deliveryId())
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  default void aForgedSignatureIsRefused() {
    Webhooks.Request genuine = harness().recorded().values().iterator().next();
    Map<String, String> headers = new HashMap<>(genuine.headers());
    headers.computeIfPresent(
        harness().signatureHeader(),
        (_, signature) ->
            signature.substring(0, signature.length() - 1) + (signature.endsWith("0") ? "1" : "0"));
    assertThat(receive(new Webhooks.Request(genuine.path(), headers, genuine.body())))
        .isInstanceOfSatisfying(
            Received.Refused.class, refused -> assertThat(refused.status()).isEqualTo(401));
  }

  @Test
  default void aChangedBodyIsRefused() {
    Webhooks.Request genuine = harness().recorded().values().iterator().next();
    byte[] body = genuine.body().clone();
    body[body.length / 2] ^= 1;
    assertThat(receive(new Webhooks.Request(genuine.path(), genuine.headers(), body)))
        .isInstanceOf(Received.Refused.class);
  }

  @Test
  default void aMissingSignatureIsRefused() {
    Webhooks.Request genuine = harness().recorded().values().iterator().next();
    Map<String, String> headers = new HashMap<>(genuine.headers());
    headers.remove(harness().signatureHeader());
    assertThat(receive(new Webhooks.Request(genuine.path(), headers, genuine.body())))
        .isInstanceOf(Received.Refused.class);
  }

  @Test
  default void anUnknownTypeIsIgnored() {
    assertThat(receive(harness().unknown())).isInstanceOf(Received.Ignored.class);
  }

  @Test
  default void theNetworksOwnDelayIsHonoured() {
    harness().limitNext(Duration.ofSeconds(7));
    Result result =
        harness()
            .connector()
            .send(
                new ChatConnector.Delivery(
                    UUID.randomUUID(),
                    harness().connection(),
                    new OutboundMessage.Post(harness().conversation(), null, Content.of("soon")),
                    null));
    assertThat(result).isEqualTo(new Result.RateLimited(Duration.ofSeconds(7)));
  }

  @Test
  default void requestsShowNoSecrets() {
    harness()
        .recorded()
        .forEach((name, request) -> {
          String shown = request + " " + receive(request);
          harness().secrets().forEach(secret -> assertThat(shown).as(name).doesNotContain(secret));
        });
  }
}
