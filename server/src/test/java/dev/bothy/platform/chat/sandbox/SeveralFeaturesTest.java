package dev.bothy.platform.chat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.InboundEvent.MessagePosted;
import dev.bothy.platform.chat.Intake;
import dev.bothy.platform.chat.slack.EchoFeature;
import dev.bothy.platform.chat.slack.HearingFeature;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// An event that several features want: each handles it once, whatever becomes of it in another.
/// [EchoFeature] answers in the message's thread, [HearingFeature] counts.
@BothyTest
@Import(EchoFeature.class)
class SeveralFeaturesTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom room;
  @Autowired RoomInput input;
  @Autowired Intake intake;
  @Autowired Inbox inbox;
  @Autowired JsonMapper json;
  @Autowired HearingFeature hearing;
  @Autowired JdbcClient jdbc;

  private Workspace workspace;
  private ChatConnection here;

  @BeforeEach
  void openTheRoom() {
    workspace = TestWorkspaces.fresh(workspaces);
    here = workspaces.inWorkspace(workspace.id(), room::open);
  }

  @Test
  void eachHandlesItOnceHoweverOftenItIsDelivered() {
    Said said = say("echo both once");
    for (int again = 0; again < 3; again++) {
      assertThat(intake.accept(here, said.id().toString(), said.event()))
          .isEqualTo(new Intake.Result.Accepted());
    }
    Said last = say("echo both last");
    await().atMost(SOON).until(() -> hearing.heard(last.text()) == 1 && echoes(last) == 1);

    assertThat(hearing.heard(said.text())).isEqualTo(1);
    assertThat(echoes(said)).isEqualTo(1);
    assertThat(items())
        .containsExactlyInAnyOrder(
            "chat.sandbox.echo done", "chat.sandbox.echo done",
            "chat.sandbox.hearing done", "chat.sandbox.hearing done");
  }

  @Test
  void whatOneThrowsHoldsUpItsOwnLaneAloneAndMakesNoOtherActAgain() {
    String failing = "echo both fail " + UUID.randomUUID();
    hearing.fail(failing);
    Said first = say(failing);
    Said second = say("echo both behind it");
    await().atMost(SOON).until(() -> echoes(second) == 1 && hearing.tries(failing) >= 3);
    assertThat(echoes(first)).isEqualTo(1);
    assertThat(hearing.heard(second.text())).as("it keeps the order").isZero();

    hearing.recover(failing);
    await().atMost(SOON).until(() -> hearing.heard(second.text()) == 1);
    assertThat(hearing.heard(failing)).isEqualTo(1);
    assertThat(echoes(first)).isEqualTo(1);
    assertThat(echoes(second)).isEqualTo(1);
  }

  @Test
  void whatAnEarlierVersionStoredIsForTheFirstThatWantsIt() {
    Said old = new Said(UUID.randomUUID(), "echo both of old " + UUID.randomUUID());
    inbox.accept(
        new Inbox.Delivery(
            workspace.id(),
            here.id().value(),
            old.id().toString(),
            here.id() + ":general",
            "chat.sandbox",
            json.writeValueAsBytes(old.event())));
    await().atMost(SOON).until(() -> items().equals(List.of("chat.sandbox done")));
    assertThat(hearing.tries(old.text())).isZero();
  }

  private record Said(UUID id, String text) {
    MessagePosted event() {
      return new MessagePosted("general", null, id.toString(), "ben", text);
    }
  }

  private Said say(String text) {
    Said said =
        new Said(
            UUID.randomUUID(), text.startsWith("echo both fail") ? text : text + UUID.randomUUID());
    assertThat(
            input.say(here, new RoomInput.Speech(said.id(), "ben", "general", null, said.text())))
        .isEmpty();
    return said;
  }

  /// How often it was answered.
  private long echoes(Said said) {
    return workspaces
        .inWorkspace(workspace.id(), () -> room.thread(here, said.id(), "ada"))
        .stream()
        .filter(message -> !message.id().equals(said.id()))
        .count();
  }

  private List<String> items() {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql("select kind || ' ' || state from inbox_item order by kind")
                .query(String.class)
                .list());
  }
}
