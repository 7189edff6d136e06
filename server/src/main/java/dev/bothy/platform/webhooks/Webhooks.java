package dev.bothy.platform.webhooks;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.work.Outbox;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/// Tells endpoints of events.
@Service
public class Webhooks {
  /// The kind of message in the outbox; its target is the endpoint, its payload the delivery's id.
  static final String KIND = "webhook";

  private final EndpointTable endpoints;
  private final DeliveryTable deliveries;
  private final WebhookTypes types;
  private final Outbox outbox;
  private final Workspaces workspaces;
  private final JsonMapper json;
  private final Clock clock;

  Webhooks(
      EndpointTable endpoints,
      DeliveryTable deliveries,
      WebhookTypes types,
      Outbox outbox,
      Workspaces workspaces,
      JsonMapper json,
      Clock clock) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.types = types;
    this.outbox = outbox;
    this.workspaces = workspaces;
    this.json = json;
    this.clock = clock;
  }

  /// In which order deliveries to an endpoint go: what happens, in the order in which it happened.
  /// Trials and what somebody replays do not stand behind that.
  enum Lane {
    EVENTS(""),
    TEST(":test"),
    REPLAY(":replay");

    private final String suffix;

    Lane(String suffix) {
      this.suffix = suffix;
    }
  }

  /// What is sent, by the Standard Webhooks' "Payload structure", and the workspace that it
  /// happened in.
  private record Body(String type, Instant timestamp, UUID workspace, Object data) {}

  /// Tells every endpoint of the workspace that wants this type. Nothing is written if none does.
  /// Called within a transaction of the workspace: the event goes out exactly if that commits.
  ///
  /// @param type the name of a declared [WebhookType]
  /// @param data what becomes a JSON object: ids of ours, times, words of code; never what a person
  ///   wrote
  /// @throws IllegalArgumentException if nobody declares the type
  public void publish(String type, Object data) {
    if (!types.knows(type)) {
      throw new IllegalArgumentException("No module declares this type of webhook: " + type);
    }
    List<UUID> wanting =
        workspaces
            .once(this, HashMap<String, List<UUID>>::new)
            .computeIfAbsent(type, endpoints::wanting);
    if (!wanting.isEmpty()) {
      UUID event = Ids.next(clock);
      byte[] body = body(type, data);
      wanting.forEach(endpoint -> add(endpoint, event, type, body, Lane.EVENTS));
    }
  }

  /// Sends a trial, whatever types the endpoint wants.
  ///
  /// @return the delivery's id
  UUID test(UUID endpoint) {
    byte[] body = body(WebhookTypes.TEST, new Trial(endpoint));
    return add(endpoint, Ids.next(clock), WebhookTypes.TEST, body, Lane.TEST);
  }

  private record Trial(UUID endpoint) {}

  /// Sends what was sent or given up before once more, under its old id.
  ///
  /// @return false if it waits already, or its body is gone
  boolean replay(UUID endpoint, UUID delivery) {
    boolean queued = deliveries.requeue(delivery, clock.instant());
    if (queued) {
      enqueue(endpoint, delivery, Lane.REPLAY);
    }
    return queued;
  }

  private UUID add(UUID endpoint, UUID event, String type, byte[] body, Lane lane) {
    UUID delivery = Ids.next(clock);
    deliveries.insert(delivery, endpoint, event, type, body, clock.instant());
    enqueue(endpoint, delivery, lane);
    return delivery;
  }

  private void enqueue(UUID endpoint, UUID delivery, Lane lane) {
    byte[] payload =
        ByteBuffer.allocate(16)
            .putLong(delivery.getMostSignificantBits())
            .putLong(delivery.getLeastSignificantBits())
            .array();
    outbox.add(new Outbox.Message(endpoint, endpoint + lane.suffix, KIND, payload));
  }

  /// The delivery that a message in the outbox is about.
  static UUID delivery(byte[] payload) {
    ByteBuffer id = ByteBuffer.wrap(payload);
    return new UUID(id.getLong(), id.getLong());
  }

  private byte[] body(String type, Object data) {
    return json.writeValueAsBytes(
        new Body(type, clock.instant(), workspaces.current().value(), data));
  }
}
