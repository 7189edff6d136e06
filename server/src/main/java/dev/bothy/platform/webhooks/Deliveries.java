package dev.bothy.platform.webhooks;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.webhooks.WebhookDelivery.State;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The log of an endpoint's deliveries, for the workspace's admins: what became of them, and what
/// is sent once more.
@Service
public class Deliveries {
  /// How many are sent once more at a time.
  public static final int MOST_AT_ONCE = 1_000;

  private final DeliveryTable table;
  private final EndpointTable endpoints;
  private final Webhooks webhooks;
  private final Audit audit;
  private final Workspaces workspaces;

  Deliveries(
      DeliveryTable table,
      EndpointTable endpoints,
      Webhooks webhooks,
      Audit audit,
      Workspaces workspaces) {
    this.table = table;
    this.endpoints = endpoints;
    this.webhooks = webhooks;
    this.audit = audit;
    this.workspaces = workspaces;
  }

  /// What became of a wish to send something once more.
  public enum Replayed {
    /// It is on its way.
    DONE,
    /// It is on its way already, or its body is gone, or the endpoint is off.
    NOT_NOW,
    /// There is no such delivery.
    UNKNOWN
  }

  /// A page of an endpoint's log, newest first; empty if there is no such endpoint.
  ///
  /// @param state null for any
  /// @param after where the page before ended; null for the first
  /// @param limit 1 to 201
  public List<WebhookDelivery> page(
      Viewer admin,
      UUID endpoint,
      @Nullable State state,
      WebhookDelivery.@Nullable Place after,
      int limit) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(), () -> table.page(endpoint, state, after, limit));
  }

  public Optional<WebhookDelivery> find(Viewer admin, UUID endpoint, UUID id) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(admin.workspace(), () -> known(endpoint, id));
  }

  /// How many of an endpoint's were given up and can be sent once more.
  public long failed(Viewer admin, UUID endpoint) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(admin.workspace(), () -> table.failed(endpoint));
  }

  /// Sends a trial to the endpoint, also to one that is off.
  ///
  /// @return the delivery's id; empty if there is no such endpoint
  public Optional<UUID> test(Viewer admin, UUID endpoint) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () ->
            endpoints
                .find(endpoint)
                .map(found -> {
                  UUID delivery = webhooks.test(endpoint);
                  record(admin, "webhooks.tested", endpoint, Map.of());
                  return delivery;
                }));
  }

  /// Sends one once more, whatever became of it, under the id that it had.
  public Replayed replay(Viewer admin, UUID endpoint, UUID id) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () -> {
          if (known(endpoint, id).isEmpty()) {
            return Replayed.UNKNOWN;
          }
          if (!isOn(endpoint) || !webhooks.replay(endpoint, id)) {
            return Replayed.NOT_NOW;
          }
          record(
              admin,
              "webhooks.replayed",
              endpoint,
              Map.of("delivery", id.toString(), "count", "1"));
          return Replayed.DONE;
        });
  }

  /// Sends those once more that were given up, oldest first, at most [#MOST_AT_ONCE].
  ///
  /// @return how many; empty if there is no such endpoint, or it is off
  public Optional<Integer> replayFailed(Viewer admin, UUID endpoint) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () -> {
          if (!isOn(endpoint)) {
            return Optional.empty();
          }
          long count =
              table.failed(endpoint, MOST_AT_ONCE).stream()
                  .filter(id -> webhooks.replay(endpoint, id))
                  .count();
          record(admin, "webhooks.replayed", endpoint, Map.of("count", Long.toString(count)));
          return Optional.of((int) count);
        });
  }

  private boolean isOn(UUID endpoint) {
    return endpoints.lock(endpoint).filter(each -> each.state() == EndpointState.ON).isPresent();
  }

  private Optional<WebhookDelivery> known(UUID endpoint, UUID id) {
    return endpoints
        .find(endpoint)
        .flatMap(_ -> table.find(id))
        .filter(delivery -> delivery.endpoint().equals(endpoint));
  }

  private void record(Viewer admin, String action, UUID endpoint, Map<String, String> details) {
    audit.record(
        new Actor.Person(admin.person()),
        action,
        Subject.of("webhooks.endpoint", endpoint),
        details);
  }
}
