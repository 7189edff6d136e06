package dev.bothy.platform.chat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.slack.EchoFeature;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/// What an app sends into the room through the outbox, and what people answer below it.
@BothyTest
@Import(EchoFeature.class)
class RoomThreadsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom room;
  @Autowired RoomInput input;
  @Autowired Chat chat;
  @Autowired EchoFeature echo;

  @Test
  void anAppAnswersItsOwnMessageAndLearnsWhoAnswersIt() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    ChatConnection here = in(workspace, room::open);
    UUID question =
        in(
            workspace,
            () -> {
              UUID sent = chat.send(here.id(), post("Who can cover Tuesday?"));
              chat.send(
                  here.id(), new OutboundMessage.Reply(sent, "general", Content.of("Ada asks.")));
              return sent;
            });
    await()
        .atMost(SOON)
        .until(() -> in(workspace, () -> room.thread(here, question, "ada")).size() == 2);

    String known = "reply I can " + UUID.randomUUID();
    say(here, question, known);
    await().atMost(SOON).until(() -> echo.below(known) != null);
    assertThat(echo.below(known)).contains(question);

    UUID bens = UUID.randomUUID();
    input.say(here, new RoomInput.Speech(bens, "ben", "general", null, "Lunch?"));
    String toBen = "reply yes " + UUID.randomUUID();
    say(here, bens, toBen);
    String after = "reply after " + UUID.randomUUID();
    say(here, question, after);
    await().atMost(SOON).until(() -> echo.below(after) != null);
    assertThat(echo.below(toBen)).as("an answer to somebody else").isNull();
  }

  @Test
  void topicsAndGroupsStandInTheRoomUntilItIsCleared() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    ChatConnection here = in(workspace, room::open);
    assertThat(in(workspace, () -> chat.capabilities(here.id())))
        .contains(Capability.TOPIC, Capability.GROUP, Capability.JOIN, Capability.HEAR);
    in(
        workspace,
        () -> {
          chat.send(here.id(), new OutboundMessage.Topic("on-call", "On duty: Ada Byron"));
          return chat.send(
              here.id(), new OutboundMessage.GroupMembers("on-duty", List.of("ada", "ben")));
        });
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(in(workspace, () -> room.topic(here, "on-call")))
              .isEqualTo("On duty: Ada Byron");
          assertThat(in(workspace, () -> room.groups(here)))
              .containsEntry("on-duty", List.of("ada", "ben"));
        });
    in(
        workspace,
        () -> {
          room.clear(here);
          return true;
        });
    assertThat(in(workspace, () -> room.topic(here, "on-call"))).isEmpty();
    assertThat(in(workspace, () -> room.groups(here))).isEmpty();
  }

  private void say(ChatConnection here, UUID thread, String text) {
    assertThat(
            input.say(
                here, new RoomInput.Speech(UUID.randomUUID(), "ben", "general", thread, text)))
        .isEmpty();
  }

  private <T> T in(Workspace workspace, Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private static OutboundMessage post(String text) {
    return new OutboundMessage.Post("general", null, Content.of(text));
  }
}
