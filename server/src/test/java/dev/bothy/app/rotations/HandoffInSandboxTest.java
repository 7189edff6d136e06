package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.sandbox.OpenForm;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.RoomMessage;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A hand-off through the running server: ticked and written in the room, acknowledged there, and
/// read in the console by whom the rotation lets read it.
@BothyTest
class HandoffInSandboxTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SECRET = "The spare key is in the drawer";

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom room;
  @Autowired RoomInput input;
  @Autowired Rotations rotations;
  @Autowired Tellings tellings;
  @Autowired Audit audit;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;
  @LocalServerPort int port;

  @AfterEach
  void backToTheMachinesTime() {
    clock.reset();
  }

  @Test
  void aShiftIsHandedOverAndItsNoteReadByThoseWhoMay() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    ChatConnection connection = workspaces.inWorkspace(workspace.id(), room::open);
    assertThat(
            input.say(
                connection,
                new RoomInput.Speech(
                    UUID.randomUUID(),
                    "ada",
                    "general",
                    null,
                    "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben")))
        .isEmpty();
    RoomMessage toAda = awaitMessage(connection, "ada", "You are on duty for Desk");
    Rotation rotation = rotations.byName(workspace.id(), "Desk").orElseThrow();
    HandoffRules rules =
        new HandoffRules(
            List.of("The queue is empty", "The pager is charged"),
            true,
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            NoteReaders.ROTATION);
    tellings.save(
        workspace.id(),
        new Actor.System(),
        rotation.id(),
        new Telling(null, null, false, null, rules),
        null);

    press(connection, "ada", toAda, "Write hand-off note");
    OpenForm form = awaitForm(connection, "ada");
    assertThat(
            input.submit(
                connection,
                "ada",
                form.id(),
                UUID.randomUUID(),
                Map.of("ticked", List.of("The queue is empty"), "note", List.of(SECRET))))
        .isInstanceOf(RoomInput.Submitted.Closed.class);
    Instant handoff = Optional.ofNullable(rotation.until()).orElseThrow();
    clock.setTo(handoff.plusSeconds(1));
    awaitMessage(connection, "ben", SECRET);
    RoomMessage toBen = awaitMessage(connection, "ben", "You are on duty for Desk");
    assertThat(toBen.content().fields().getLast().value().spans().toString())
        .contains("✓ The queue is empty\\n☐ The pager is charged (open)".replace("\\n", "\n"));

    clock.setTo(handoff.plus(Duration.ofHours(3)));
    awaitMessage(connection, "ben", "Have you read what they left?");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, workspace, linked(workspace, connection, "ada", Role.ADMIN));
      page.navigate(address(workspace, "/board"));
      page.getByText("has not acknowledged").waitFor();
      Browser.screenshot(page, "rotations-board-waiting");
      press(connection, "ben", awaitMessage(connection, "ben", "You are on duty"), "Got it");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(awaitMessage(connection, "ben", "You are on duty").content().actions())
                  .hasSize(2));
      page.navigate(address(workspace, "/" + rotation.id()));
      page.getByText("Hand-off notes").click();
      page.getByText(SECRET).waitFor();
      Browser.screenshot(page, "rotations-notes");
      assertThat(page.navigate(address(workspace, "/board")).text())
          .doesNotContain("has not acknowledged");

      Page others = signedIn(browser, workspace, people.signedIn(workspace, "Olga", Role.OWNER));
      assertThat(others.navigate(address(workspace, "/" + rotation.id() + "/notes")).status())
          .isEqualTo(404);
      assertThat(others.navigate(address(workspace, "/" + rotation.id())).text())
          .doesNotContain("Hand-off notes");
    }
    List<AuditEntry> entries =
        workspaces.inWorkspace(
            workspace.id(), () -> audit.page(AuditFilter.ALL, null, 200).entries());
    assertThat(entries)
        .extracting(AuditEntry::action)
        .contains("rotations.handoff-acknowledged")
        .containsOnlyOnce("rotations.notes-read");
    assertThat(entries.toString()).doesNotContain("drawer");
  }

  private TestPeople.Someone linked(
      Workspace workspace, ChatConnection connection, String account, Role role) {
    TestPeople.Someone someone = people.signedIn(workspace, "Ada", role);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql(
                    "insert into chat_link (workspace_id, connection_id, account, person_id,"
                        + " linked_by, linked_at) values (?, ?, ?, ?, 'ADMIN', now())")
                .params(
                    workspace.id().value(), connection.id().value(), account, someone.id().value())
                .update());
    return someone;
  }

  private Page signedIn(Browser browser, Workspace workspace, TestPeople.Someone someone) {
    Page page = browser.page(360, 800, ColorScheme.LIGHT);
    Browser.signIn(page, "http://127.0.0.1:" + port, someone.token());
    return page;
  }

  private String address(Workspace workspace, String below) {
    return "http://127.0.0.1:" + port + "/w/" + workspace.slug() + "/rotations" + below;
  }

  private void press(ChatConnection connection, String account, RoomMessage message, String label) {
    Content.Button button =
        message.content().actions().stream()
            .map(Content.Button.class::cast)
            .filter(each -> each.label().equals(label))
            .findFirst()
            .orElseThrow();
    assertThat(
            input.act(
                connection, UUID.randomUUID(), account, message.id(), button.id(), button.value()))
        .isEmpty();
  }

  private RoomMessage awaitMessage(ChatConnection connection, String to, String text) {
    return await("\"" + text + "\" to " + to)
        .atMost(PATIENCE)
        .until(
            () ->
                workspaces
                    .inWorkspace(
                        connection.workspace(), () -> room.messages(connection, "@" + to, to))
                    .stream()
                    .filter(
                        message -> RotationsInSandboxTest.plain(message.content()).contains(text))
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
}
