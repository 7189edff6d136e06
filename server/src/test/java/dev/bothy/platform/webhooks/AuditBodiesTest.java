package dev.bothy.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.privacy.PersonErased;
import dev.bothy.platform.webhooks.WebhookDelivery.State;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Addresses in what endpoints were told of the audit log, after an erasure.
@BothyTest
class AuditBodiesTest {
  @Autowired AuditBodies bodies;
  @Autowired DeliveryTable deliveries;
  @Autowired Endpoints endpoints;
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired ApplicationEventPublisher events;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;

  private Workspace workspace;
  private UUID endpoint;

  @BeforeEach
  void anEndpoint() {
    workspace = TestWorkspaces.fresh(workspaces);
    Viewer admin =
        new Viewer(
            people.signedIn(workspace, "Ada", Role.ADMIN).id(),
            "Ada",
            workspace.id(),
            workspace.slug(),
            Set.of(Role.ADMIN));
    Endpoints.Outcome made =
        endpoints.add(
            admin,
            new EndpointInput("https://hooks.example.invalid/x", "", Set.of("people.left"), null));
    endpoint = ((Endpoints.Outcome.DoneWithSecret) made).endpoint().id();
  }

  @Test
  void afterAnErasureNoBodyOfTheAuditLogFromBeforeIsKept() {
    Instant now = clock.instant();
    UUID sent = delivery(AuditWebhooks.ENTRY, State.DELIVERED, now.minusSeconds(60));
    UUID givenUp = delivery(AuditWebhooks.ENTRY, State.FAILED, now.minusSeconds(50));
    UUID other = delivery("people.left", State.DELIVERED, now.minusSeconds(40));
    UUID waiting = delivery(AuditWebhooks.ENTRY, null, now.minusSeconds(30));
    UUID later = delivery(AuditWebhooks.ENTRY, State.DELIVERED, now.plusSeconds(3600));
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            events.publishEvent(new PersonErased(workspace.id(), new PersonId(UUID.randomUUID()))));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(withBody()).containsExactlyInAnyOrder(other, waiting, later));
    assertThat(withBody()).doesNotContain(sent, givenUp);
  }

  @Test
  void whatIsOnItsWayLosesItsBodyOnceItIsThere() {
    Instant now = clock.instant();
    UUID waiting = delivery(AuditWebhooks.ENTRY, null, now.minusSeconds(30));
    Due due = new Due(Ids.next(clock), now, now);
    Optional<Instant> again = workspaces.inWorkspace(workspace.id(), () -> bodies.run(due));
    assertThat(again).hasValueSatisfying(at -> assertThat(at).isAfter(now));
    assertThat(withBody()).containsExactly(waiting);
    workspaces.inWorkspace(workspace.id(), () -> settle(waiting, State.DELIVERED, now));
    assertThat(workspaces.inWorkspace(workspace.id(), () -> bodies.run(due))).isEmpty();
    assertThat(withBody()).isEmpty();
  }

  private UUID delivery(String type, @Nullable State settled, Instant at) {
    UUID id = Ids.next(clock);
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          deliveries.insert(id, endpoint, UUID.randomUUID(), type, new byte[] {1}, at);
          if (settled != null) {
            settle(id, settled, at);
          }
        });
    return id;
  }

  private void settle(UUID id, State state, Instant at) {
    deliveries.note(id, state, true, 204, null, Duration.ZERO, at);
  }

  private List<UUID> withBody() {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql("select id from webhook_delivery where body is not null")
                .query(UUID.class)
                .list());
  }
}
