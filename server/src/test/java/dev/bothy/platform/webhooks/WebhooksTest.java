package dev.bothy.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.webhooks.WebhookDelivery.State;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What endpoints are told, over real HTTP, and what becomes of what they do not take.
@BothyTest
class WebhooksTest {
  private static final String TYPE = "people.left";

  @Autowired Webhooks webhooks;
  @Autowired Endpoints endpoints;
  @Autowired Deliveries deliveries;
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired TestClock clock;

  private final Receiver receiver = receiver();
  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "none", "none");

  private static Receiver receiver() {
    try {
      return new Receiver();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void aWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private record Known(UUID id, String secret) {}

  private Viewer admin(Workspace of) {
    return new Viewer(
        people.signedIn(of, "Ada", Role.ADMIN).id(), "Ada", of.id(), of.slug(), Set.of(Role.ADMIN));
  }

  private Known added(Workspace to, String url, String... authorization) {
    Endpoints.Outcome outcome =
        endpoints.add(
            admin(to),
            new EndpointInput(
                url, "", Set.of(TYPE), authorization.length == 0 ? null : authorization[0]));
    Endpoints.Outcome.DoneWithSecret made = (Endpoints.Outcome.DoneWithSecret) outcome;
    return new Known(made.endpoint().id(), made.secret());
  }

  private void publish(Workspace in, UUID person) {
    workspaces.inWorkspace(in.id(), () -> webhooks.publish(TYPE, Map.of("person", person)));
  }

  private List<WebhookDelivery> log(UUID endpoint) {
    return deliveries.page(admin(workspace), endpoint, null, null, 50);
  }

  private WebhookDelivery settled(UUID endpoint) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> log(endpoint).getFirst(), delivery -> delivery.state() != State.WAITING);
  }

  private EndpointState state(UUID endpoint) {
    return endpoints.find(admin(workspace), endpoint).orElseThrow().state();
  }

  @Test
  void anEventComesSignedWithItsTypeItsTimeAndItsWorkspace() {
    Known endpoint = added(workspace, receiver.url());
    UUID person = UUID.randomUUID();
    long before = clock.instant().getEpochSecond();

    publish(workspace, person);

    WebhookDelivery delivery = settled(endpoint.id());
    assertThat(delivery.state()).isEqualTo(State.DELIVERED);
    assertThat(delivery.status()).isEqualTo(204);
    assertThat(delivery.attempts()).isEqualTo(1);
    assertThat(delivery.took()).isNotNull();
    Receiver.Received came = receiver.received().getFirst();
    assertThat(came.id()).isEqualTo(delivery.event().toString());
    assertThat(Long.parseLong(came.timestamp()))
        .isBetween(before, clock.instant().getEpochSecond());
    assertThat(came.isSignedBy(endpoint.secret())).isTrue();
    assertThat(came.isSignedBy(WebhookSecret.random().text())).isFalse();
    assertThat(came.authorization()).isEmpty();
    assertThat(came.json().path("type").asString()).isEqualTo(TYPE);
    assertThat(came.json().path("workspace").asString()).isEqualTo(workspace.id().toString());
    assertThat(came.json().path("timestamp").asString()).matches("\\d{4}-.+Z");
    assertThat(came.json().at("/data/person").asString()).isEqualTo(person.toString());
  }

  @Test
  void theHeaderOfOneReceiverIsNotSentToAnother() throws IOException {
    Known endpoint = added(workspace, receiver.url(), "Splunk 1234");
    endpoints.change(
        admin(workspace),
        endpoint.id(),
        new EndpointInput(receiver.url() + "?more", "", Set.of(TYPE), null));
    publish(workspace, UUID.randomUUID());
    settled(endpoint.id());
    assertThat(receiver.received().getFirst().authorization()).isEqualTo("Splunk 1234");
    try (Receiver other = new Receiver()) {
      endpoints.change(
          admin(workspace), endpoint.id(), new EndpointInput(other.url(), "", Set.of(TYPE), null));
      publish(workspace, UUID.randomUUID());
      await().atMost(Duration.ofSeconds(30)).until(() -> !other.received().isEmpty());
      assertThat(other.received().getFirst().authorization()).isEmpty();
    }
  }

  @Test
  void theHeaderThatAReceiverAsksForGoesAlong() {
    Known endpoint = added(workspace, receiver.url(), "Splunk 1234");

    publish(workspace, UUID.randomUUID());

    settled(endpoint.id());
    assertThat(receiver.received().getFirst().authorization()).isEqualTo("Splunk 1234");
  }

  @Test
  void anEventGoesToTheEndpointsOfItsOwnWorkspaceThatWantIt() throws IOException {
    Workspace other = TestWorkspaces.fresh(workspaces);
    try (Receiver others = new Receiver()) {
      added(other, others.url());
      Known endpoint = added(workspace, receiver.url());

      publish(workspace, UUID.randomUUID());
      workspaces.inWorkspace(workspace.id(), () -> webhooks.publish("people.returned", Map.of()));

      settled(endpoint.id());
      assertThat(log(endpoint.id())).hasSize(1);
      assertThat(others.received()).isEmpty();
      assertThat(endpoints.find(admin(other), endpoint.id())).isEmpty();
      assertThat(deliveries.page(admin(other), endpoint.id(), null, null, 50)).isEmpty();
    }
  }

  @Test
  void aTypeThatNobodyDeclaresIsAMistake() {
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                workspace.id(), () -> webhooks.publish("people.unknown", Map.of())))
        .hasMessageContaining("people.unknown");
  }

  @Test
  void whatFailsIsTriedAgainInItsOrderUnderItsId() {
    receiver.replies(500);
    receiver.replies(502);
    Known endpoint = added(workspace, receiver.url());
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();

    publish(workspace, first);
    publish(workspace, second);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> log(endpoint.id()).stream().allMatch(each -> each.state() == State.DELIVERED));
    assertThat(receiver.received())
        .extracting(each -> each.json().at("/data/person").asString())
        .containsExactly(first.toString(), first.toString(), first.toString(), second.toString());
    assertThat(receiver.received().stream().limit(3).map(Receiver.Received::id).distinct())
        .hasSize(1);
    assertThat(log(endpoint.id()).getLast().attempts()).isEqualTo(3);
  }

  @Test
  void anEndpointThatFailsHoldsNoOtherUp() throws IOException {
    receiver.repliesAlways(503, "Retry-After", "3600");
    Known failing = added(workspace, receiver.url());
    try (Receiver good = new Receiver()) {
      Known working = added(workspace, good.url());

      publish(workspace, UUID.randomUUID());

      assertThat(settled(working.id()).state()).isEqualTo(State.DELIVERED);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> log(failing.id()).getFirst().attempts() == 1);
    }
    assertThat(log(failing.id()).getFirst().state()).isEqualTo(State.WAITING);
    assertThat(log(failing.id()).getFirst().problem()).isEqualTo("It answered 503.");
  }

  @Test
  void theWaitThatAnAnswerAsksForIsKept() {
    receiver.replies(429, "Retry-After", "2");
    Known endpoint = added(workspace, receiver.url());
    long begun = System.nanoTime();

    publish(workspace, UUID.randomUUID());

    assertThat(settled(endpoint.id()).state()).isEqualTo(State.DELIVERED);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1900));
    assertThat(receiver.received()).hasSize(2);
  }

  @Test
  void anEndpointThatIsGoneIsSwitchedOff() {
    receiver.replies(410);
    Known endpoint = added(workspace, receiver.url());

    publish(workspace, UUID.randomUUID());

    assertThat(settled(endpoint.id()).problem()).isEqualTo("It answered 410 Gone.");
    assertThat(state(endpoint.id())).isEqualTo(EndpointState.GONE);
    publish(workspace, UUID.randomUUID());
    assertThat(log(endpoint.id())).hasSize(1);
  }

  @Test
  void anEndpointThatTakesNothingForDaysIsSwitchedOffAndNothingPilesUp() {
    receiver.repliesAlways(500);
    Known endpoint = added(workspace, receiver.url());
    try {
      for (int days = 0; days < 4; days++) {
        publish(workspace, UUID.randomUUID());
        int before = receiver.received().size();
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() ->
                receiver.received().size() > before
                    || state(endpoint.id()) == EndpointState.FAILING);
        clock.advance(Duration.ofHours(23));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> state(endpoint.id()) == EndpointState.FAILING);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> log(endpoint.id()).stream().allMatch(each -> each.state() == State.FAILED));
    } finally {
      clock.reset();
    }
  }

  @Test
  void membersWhoComeAndGoAreToldOf() {
    Endpoints.Outcome made =
        endpoints.add(
            admin(workspace),
            new EndpointInput(
                receiver.url(),
                "",
                Set.of("people.joined", "people.left", "people.returned"),
                null));
    assertThat(made).isInstanceOf(Endpoints.Outcome.DoneWithSecret.class);

    UUID person = people.signedIn(workspace, "Grace", Role.MEMBER).id().value();
    people.assign(workspace, new PersonId(person));
    people.assign(workspace, new PersonId(person), Role.MEMBER);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                receiver.received().stream()
                    .filter(
                        each -> each.json().at("/data/person").asString().equals(person.toString()))
                    .map(each -> each.json().path("type").asString())
                    .toList(),
            List.of("people.joined", "people.left", "people.returned")::equals);
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    try (Receiver other = new Receiver()) {
      receiver.repliesAlways(302, "Location", other.url());
      Known endpoint = added(workspace, receiver.url());

      deliveries.test(admin(workspace), endpoint.id());

      assertThat(settled(endpoint.id()).problem()).contains("302, a redirect");
      assertThat(other.received()).isEmpty();
    }
  }

  @Test
  void aMessageThatIsRefusedForWhatItSaysHoldsThoseBehindItNotForLong() {
    for (int refusals = 0; refusals < 5; refusals++) {
      receiver.replies(400);
    }
    Known endpoint = added(workspace, receiver.url());

    publish(workspace, UUID.randomUUID());
    publish(workspace, UUID.randomUUID());

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> log(endpoint.id()).stream().noneMatch(each -> each.state() == State.WAITING));
    assertThat(log(endpoint.id()))
        .extracting(WebhookDelivery::state)
        .containsExactly(State.DELIVERED, State.FAILED);
  }

  @Test
  void anAddressThatMustNotBeCalledIsNotCalled() {
    for (String url :
        List.of(
            "https://169.254.169.254/latest", "http://10.1.2.3/hook", "https://10.1.2.3/hook")) {
      Known endpoint = added(workspace, url);

      deliveries.test(admin(workspace), endpoint.id());

      assertThat(settled(endpoint.id()).problem()).startsWith("Not called: ");
    }
  }

  @Test
  void forADayBothSecretsSign() {
    Known endpoint = added(workspace, receiver.url());

    Endpoints.Outcome.DoneWithSecret rotated =
        (Endpoints.Outcome.DoneWithSecret) endpoints.rotate(admin(workspace), endpoint.id());
    deliveries.test(admin(workspace), endpoint.id());

    settled(endpoint.id());
    Receiver.Received came = receiver.received().getFirst();
    assertThat(came.signature().split(" ")).hasSize(2);
    assertThat(came.isSignedBy(rotated.secret())).isTrue();
    assertThat(came.isSignedBy(endpoint.secret())).isTrue();
  }

  @Test
  void whatWasGivenUpIsSentOnceMoreUnderItsId() {
    Known endpoint = added(workspace, receiver.url());
    receiver.replies(410);
    publish(workspace, UUID.randomUUID());
    settled(endpoint.id());
    assertThat(deliveries.replayFailed(admin(workspace), endpoint.id())).isEmpty();

    endpoints.resume(admin(workspace), endpoint.id());
    assertThat(deliveries.replayFailed(admin(workspace), endpoint.id())).contains(1);

    assertThat(settled(endpoint.id()).state()).isEqualTo(State.DELIVERED);
    assertThat(receiver.received().stream().map(Receiver.Received::id).distinct()).hasSize(1);
    UUID delivery = log(endpoint.id()).getFirst().id();
    assertThat(deliveries.replay(admin(workspace), endpoint.id(), delivery))
        .isEqualTo(Deliveries.Replayed.DONE);
    await().atMost(Duration.ofSeconds(20)).until(() -> receiver.received().size() == 3);
  }

  @Test
  void aPausedEndpointIsToldNothingButATrial() {
    Known endpoint = added(workspace, receiver.url());
    endpoints.pause(admin(workspace), endpoint.id());

    publish(workspace, UUID.randomUUID());
    deliveries.test(admin(workspace), endpoint.id());

    settled(endpoint.id());
    assertThat(receiver.received())
        .extracting(each -> each.json().path("type").asString())
        .containsExactly("webhooks.test");
  }

  @Test
  void aDeletedEndpointComesBackWithItsLog() {
    Known endpoint = added(workspace, receiver.url());
    publish(workspace, UUID.randomUUID());
    settled(endpoint.id());

    assertThat(endpoints.delete(admin(workspace), endpoint.id())).isTrue();
    assertThat(endpoints.find(admin(workspace), endpoint.id())).isEmpty();
    publish(workspace, UUID.randomUUID());
    assertThat(endpoints.restore(admin(workspace), endpoint.id()))
        .isInstanceOf(Endpoints.Outcome.Done.class);

    assertThat(log(endpoint.id())).hasSize(1);
    assertThat(receiver.received()).hasSize(1);
  }
}
