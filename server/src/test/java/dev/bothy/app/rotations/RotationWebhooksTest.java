package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.webhooks.EndpointInput;
import dev.bothy.platform.webhooks.Endpoints;
import dev.bothy.platform.webhooks.Receiver;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// A hand-off as a machine of the customer's hears of it, through the running server.
@BothyTest
class RotationWebhooksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom room;
  @Autowired RoomInput input;
  @Autowired Rotations rotations;
  @Autowired Endpoints endpoints;
  @Autowired TestPeople people;
  @Autowired TestClock clock;

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void aHandOffIsSignedAndToldAgainUntilItIsTaken() throws IOException {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    try (Receiver receiver = new Receiver()) {
      Endpoints.Outcome added = endpoints.add(admin(workspace), hook(receiver));
      String secret = ((Endpoints.Outcome.DoneWithSecret) added).secret();
      Rotation desk = desk(workspace);
      Instant next = Objects.requireNonNull(desk.until());
      receiver.replies(503);

      clock.setTo(next.plusSeconds(5));
      await().atMost(PATIENCE).until(() -> receiver.received().size() == 1);
      clock.setTo(next.plusSeconds(20));
      await().atMost(PATIENCE).until(() -> receiver.received().size() == 2);

      Receiver.Received first = receiver.received().getFirst();
      Receiver.Received again = receiver.received().getLast();
      assertThat(first.isSignedBy(secret)).isTrue();
      assertThat(again.isSignedBy(secret)).isTrue();
      assertThat(again.id()).isEqualTo(first.id());
      assertThat(again.json()).isEqualTo(first.json());
      assertThat(again.json().at("/data/onDuty").asString()).isEqualTo("ben");
    }
  }

  private Viewer admin(Workspace workspace) {
    return new Viewer(
        people.signedIn(workspace, "Ada", Role.ADMIN).id(),
        "Ada",
        workspace.id(),
        workspace.slug(),
        Set.of(Role.ADMIN));
  }

  private static EndpointInput hook(Receiver receiver) {
    return new EndpointInput(receiver.url(), "", Set.of("rotations.handed-over"), null);
  }

  /// A rotation with Ada on duty, and Ben after her.
  private Rotation desk(Workspace workspace) {
    ChatConnection connection = workspaces.inWorkspace(workspace.id(), room::open);
    assertThat(
            input.say(
                connection,
                new RoomInput.Speech(
                    UUID.randomUUID(),
                    "ben",
                    "general",
                    null,
                    "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben")))
        .isEmpty();
    await().atMost(PATIENCE).until(() -> rotations.byName(workspace.id(), "Desk").isPresent());
    return rotations.byName(workspace.id(), "Desk").orElseThrow();
  }

  @Test
  void aHandOffIsToldOfByIds() throws IOException {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    try (Receiver receiver = new Receiver()) {
      assertThat(endpoints.add(admin(workspace), hook(receiver)))
          .isInstanceOf(Endpoints.Outcome.DoneWithSecret.class);
      Rotation desk = desk(workspace);
      Instant next = Objects.requireNonNull(desk.until());

      clock.setTo(next.plusSeconds(5));

      await().atMost(PATIENCE).until(() -> receiver.received().size() == 1);
      JsonNode told = receiver.received().getFirst().json();
      assertThat(told.path("type").asString()).isEqualTo("rotations.handed-over");
      assertThat(told.path("workspace").asString()).isEqualTo(workspace.id().toString());
      JsonNode data = told.path("data");
      assertThat(data.path("rotation").asString()).isEqualTo(desk.id().toString());
      assertThat(data.path("before").asString()).isEqualTo("ada");
      assertThat(data.path("onDuty").asString()).isEqualTo("ben");
      assertThat(data.path("people").toString()).isEqualTo("[\"ben\"]");
      assertThat(data.path("startsAt").asString()).isEqualTo(next.toString());
      assertThat(Instant.parse(data.path("endsAt").asString())).isAfter(next);
      assertThat(data.path("connection").asString()).isEqualTo(desk.connection().toString());
      assertThat(data.path("role").asString()).isEqualTo("Primary");
      assertThat(told.toString()).doesNotContain("Desk");
    }
  }
}
