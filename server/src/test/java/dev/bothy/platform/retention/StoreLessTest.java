package dev.bothy.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.Intake;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What need not be stored is not. That no address of a chat account is stored is
/// `EmailMatchingTest`'s.
@BothyTest
class StoreLessTest {
  private static final String PLANTED = "unwanted" + UUID.randomUUID().toString().substring(24);

  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Intake intake;
  @Autowired SandboxRoom sandbox;
  @Autowired RoomInput input;
  @Autowired JdbcClient jdbc;

  private WorkspaceId workspace = new WorkspaceId(new UUID(0, 0));

  @BeforeEach
  void aWorkspaceOfItsOwn() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  @Test
  void whatNoFeatureWantsIsAcknowledgedAndLeavesNoRow() {
    ChatConnection connection =
        workspaces.inWorkspace(
            workspace, () -> connections.create(Network.SLACK, "Acme", "B", new byte[] {1}));
    for (InboundEvent unwanted :
        List.of(
            new InboundEvent.MessagePosted("C1", null, "1", "U1", PLANTED),
            new InboundEvent.MessageEdited("C1", "1", "U1", PLANTED),
            new InboundEvent.MessageDeleted("C1", PLANTED),
            new InboundEvent.MemberJoined("C1", PLANTED))) {
      assertThat(intake.accept(connection, UUID.randomUUID().toString(), unwanted))
          .isInstanceOf(Intake.Result.Ignored.class);
    }
    assertThat(WholeDatabase.tablesWith(PLANTED)).isEmpty();
    assertThat(rows("select count(*) from inbox_item")).isZero();
    assertThat(rows("select count(*) from lane")).isZero();
    workspaces.inWorkspace(workspace, () -> connections.end(connection.id(), "test"));
  }

  @Test
  void whatWasHandledAndWhatWasSentHasNoContentAnyMore() {
    ChatConnection room = workspaces.inWorkspace(workspace, sandbox::open);
    assertThat(
            input.say(
                room,
                new RoomInput.Speech(UUID.randomUUID(), "ada", "general", null, "/bothy whoami")))
        .isEmpty();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> rows("select count(*) from outbox_item where state = 'sent'") > 0);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            rows(
                    "select (select count(*) from inbox_item where state = 'waiting')"
                        + " + (select count(*) from outbox_item where state in ('waiting', 'sending'))")
                == 0);
    assertThat(rows("select count(*) from inbox_item where state = 'done'")).isPositive();
    assertThat(
            rows(
                "select (select count(*) from inbox_item where payload is not null)"
                    + " + (select count(*) from outbox_item where payload is not null or lane <> '')"))
        .isZero();
  }

  private int rows(String query) {
    return workspaces.inWorkspace(workspace, () -> jdbc.sql(query).query(Integer.class).single());
  }
}
