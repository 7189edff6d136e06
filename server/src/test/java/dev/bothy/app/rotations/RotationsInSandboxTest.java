package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.Intake;
import dev.bothy.platform.chat.ReplyHandle;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.chat.sandbox.OpenForm;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.RoomMessage;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The whole way of an event, through the running server: room, inbox, app, outbox, room, and the
/// schedule in between.
@BothyTest
class RotationsInSandboxTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom room;
  @Autowired RoomInput input;
  @Autowired Intake intake;
  @Autowired Rotations rotations;
  @Autowired TestClock clock;

  @AfterEach
  void backToTheMachinesTime() {
    clock.reset();
  }

  @Test
  void theTurnPassesAndTheRoomHearsOfIt() {
    WorkspaceId workspace = TestWorkspaces.fresh(workspaces).id();
    ChatConnection connection = workspaces.inWorkspace(workspace, room::open);
    say(connection, "ada", "/rotation new \"Support desk\" daily 09:00 Europe/Berlin @ada @ben");
    RoomMessage card = awaitMessage(connection, "general", "@ada> is on duty");
    RoomMessage toAda = awaitMessage(connection, "@ada", "You are on duty for Support desk");

    Content.Button write = button(toAda, "Write hand-off note");
    assertThat(
            input.act(connection, UUID.randomUUID(), "ada", toAda.id(), write.id(), write.value()))
        .isEmpty();
    OpenForm form = awaitForm(connection, "ada");
    assertThat(
            input.submit(
                connection,
                "ada",
                form.id(),
                UUID.randomUUID(),
                Map.of("note", List.of("Watch disk 3"))))
        .isInstanceOf(RoomInput.Submitted.Closed.class);

    Instant handoff =
        rotations.byName(workspace, "Support desk").map(Rotation::until).orElseThrow();
    clock.setTo(handoff.plusSeconds(1));
    awaitMessage(connection, "general", "@ben> is on duty");
    awaitMessage(connection, "@ben", "You are on duty for Support desk");
    awaitMessage(connection, "@ben", "Watch disk 3");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(again(connection, "@ada", toAda).content().actions()).isEmpty();
          assertThat(again(connection, "general", card).content().actions()).isEmpty();
        });
  }

  @Test
  void theFormKeepsAskingUntilItIsRight() {
    WorkspaceId workspace = TestWorkspaces.fresh(workspaces).id();
    ChatConnection connection = workspaces.inWorkspace(workspace, room::open);
    say(connection, "ben", "/rotation new");
    OpenForm form = awaitForm(connection, "ben");
    Map<String, List<String>> wrong =
        Map.of(
            "name", List.of("Release"),
            "cadence", List.of("weekly"),
            "days", List.of("wed"),
            "time", List.of("14:30"),
            "time-zone", List.of("Africa/Lagoss"),
            "people", List.of("ben", "chen"));
    assertThat(input.submit(connection, "ben", form.id(), UUID.randomUUID(), wrong))
        .isInstanceOfSatisfying(
            RoomInput.Submitted.Wrong.class,
            answer ->
                assertThat(answer.byField().get("time-zone"))
                    .contains("\"Africa/Lagoss\" is not allowed")
                    .contains("Africa/Lagos"));
    Map<String, List<String>> right =
        wrong.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry ->
                        entry.getKey().equals("time-zone")
                            ? List.of("Africa/Lagos")
                            : entry.getValue()));
    assertThat(input.submit(connection, "ben", form.id(), UUID.randomUUID(), right))
        .isInstanceOf(RoomInput.Submitted.Closed.class);
    awaitMessage(connection, "general", "@ben> is on duty");
  }

  @Test
  void whatWasWrongWithAFormIsSaidAlsoWhenItsRequestHasBeenAnsweredAlready() {
    WorkspaceId workspace = TestWorkspaces.fresh(workspaces).id();
    ChatConnection connection = workspaces.inWorkspace(workspace, room::open);
    intake.accept(
        connection,
        UUID.randomUUID().toString(),
        new InboundEvent.FormSubmitted(
            "general",
            "ada",
            Forms.CREATE,
            "general",
            Map.of(
                "name", List.of("Release"),
                "cadence", List.of("daily"),
                "time", List.of("09:00"),
                "time-zone", List.of("Africa/Lagoss"),
                "people", List.of("ben")),
            ReplyHandle.NONE));
    RoomMessage answer = awaitMessage(connection, "general", "Nothing was saved");
    assertThat(answer.onlyForOne()).isTrue();
    assertThat(plain(answer.content())).contains("\"Africa/Lagoss\" is not allowed");
    assertThat(rotations.all(workspace)).isEmpty();
  }

  @Test
  void aWrongLineIsAnsweredToThePersonAlone() {
    WorkspaceId workspace = TestWorkspaces.fresh(workspaces).id();
    ChatConnection connection = workspaces.inWorkspace(workspace, room::open);
    workspaces.inWorkspace(workspace, () -> room.setActive(connection, "chen", false));
    say(connection, "ada", "/rotation new Desk daily 09:00 Europe/Berlin @ada @chen");
    RoomMessage answer = awaitMessage(connection, "general", "Chen Wei has left");
    assertThat(answer.onlyForOne()).isTrue();
    assertThat(rotations.all(workspace)).isEmpty();
  }

  @Test
  void whoCanCoverIsAnsweredInTheThreadAndTaken() {
    WorkspaceId workspace = TestWorkspaces.fresh(workspaces).id();
    ChatConnection connection = workspaces.inWorkspace(workspace, room::open);
    say(connection, "ada", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben");
    awaitMessage(connection, "general", "@ada> is on duty");
    say(connection, "ada", "/rotation cover Desk");
    RoomMessage asked = awaitMessage(connection, "general", "Who can cover for Ada");

    answer(connection, "chen", asked, "What was it about?");
    answer(connection, "ben", asked, "Sorry, I can't");
    answer(connection, "chen", asked, "Sure, no problem");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(again(connection, "general", asked).content().fields())
                .extracting(Content.Field::label)
                .containsExactly("Perhaps", "Cannot"));
    RoomMessage question = awaitMessage(connection, "@ada", "Chen Wei answered in the thread");
    Content.Button yes = button(question, "Yes, they cover it");
    assertThat(
            input.act(connection, UUID.randomUUID(), "ada", question.id(), yes.id(), yes.value()))
        .isEmpty();
    RoomMessage taken = awaitMessage(connection, "general", "Chen Wei covers for Ada");
    assertThat(taken.id()).isEqualTo(asked.id());
    assertThat(taken.content().actions()).isEmpty();
    awaitMessage(connection, "@chen", "You serve for Ada");
  }

  private void answer(ChatConnection connection, String account, RoomMessage to, String text) {
    assertThat(
            input.say(
                connection,
                new RoomInput.Speech(UUID.randomUUID(), account, "general", to.id(), text)))
        .isEmpty();
  }

  private void say(ChatConnection connection, String account, String text) {
    assertThat(
            input.say(
                connection,
                new RoomInput.Speech(UUID.randomUUID(), account, "general", null, text)))
        .isEmpty();
  }

  private RoomMessage awaitMessage(ChatConnection connection, String conversation, String text) {
    return await("\"" + text + "\" in " + conversation)
        .atMost(PATIENCE)
        .until(
            () ->
                messages(connection, conversation).stream()
                    .filter(message -> plain(message.content()).contains(text))
                    .reduce((_, later) -> later),
            Optional::isPresent)
        .orElseThrow();
  }

  private OpenForm awaitForm(ChatConnection connection, String account) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                workspaces.inWorkspace(
                    connection.workspace(), () -> room.form(connection, account)),
            Optional::isPresent)
        .orElseThrow();
  }

  private RoomMessage again(ChatConnection connection, String conversation, RoomMessage message) {
    return messages(connection, conversation).stream()
        .filter(each -> each.id().equals(message.id()))
        .findFirst()
        .orElseThrow();
  }

  private List<RoomMessage> messages(ChatConnection connection, String conversation) {
    String reader = conversation.startsWith("@") ? conversation.substring(1) : "ada";
    return workspaces.inWorkspace(
        connection.workspace(), () -> room.messages(connection, conversation, reader));
  }

  private static Content.Button button(RoomMessage message, String label) {
    return message.content().actions().stream()
        .map(Content.Button.class::cast)
        .filter(each -> each.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  static String plain(Content content) {
    return content.text().spans().stream()
        .map(span ->
            switch (span) {
              case RichText.Plain plain -> plain.text();
              case RichText.Bold bold -> bold.text();
              case RichText.Code code -> code.text();
              case RichText.Mention mention -> "<@" + mention.account() + ">";
              case RichText.Link link -> link.label();
            })
        .collect(Collectors.joining());
  }
}
