package dev.bothy.platform.webhooks;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.bin.BinKind;
import dev.bothy.platform.keys.Purpose;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// How endpoints go into the bin and out of it; at its end one goes with its log.
@Component
class EndpointBin implements BinKind {
  static final String KIND = "webhooks.endpoint";
  static final String APP = "webhooks";

  private final Endpoints endpoints;
  private final EndpointTable table;
  private final Audit audit;

  EndpointBin(Endpoints endpoints, EndpointTable table, Audit audit) {
    this.endpoints = endpoints;
    this.table = table;
    this.audit = audit;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String noun() {
    return "Webhook endpoint";
  }

  @Override
  public Optional<String> name(String subject) {
    return table.findAny(UUID.fromString(subject)).map(WebhookEndpoint::label);
  }

  @Override
  public String keyOwner(String subject) {
    return Purpose.PLATFORM;
  }

  @Override
  public String loss() {
    return "Its address, its secret and its log of deliveries.";
  }

  @Override
  public Moved putAway(String subject, Actor actor) {
    return endpoints.delete(actor, UUID.fromString(subject))
        ? new Moved.Done()
        : new Moved.Unknown();
  }

  @Override
  public Moved bringBack(String subject, Actor actor) {
    return endpoints.restore(actor, UUID.fromString(subject))
        ? new Moved.Done()
        : new Moved.Unknown();
  }

  @Override
  public End end(BinItem item, Actor actor, Instant now) {
    UUID id = UUID.fromString(item.subject());
    if (table.erase(id)) {
      audit.record(actor, "webhooks.erased", Subject.of(KIND, id));
    }
    return new End.Gone();
  }
}
