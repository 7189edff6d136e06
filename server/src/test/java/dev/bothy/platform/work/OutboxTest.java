package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.OutboxSender.Result;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class OutboxTest {
  @Autowired Outbox outbox;
  @Autowired Workspaces workspaces;
  @Autowired WorkProbe probe;
  @Autowired JdbcClient jdbc;

  private final UUID target = UUID.randomUUID();
  private WorkspaceId workspace = new WorkspaceId(target);

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  private UUID add(String text) {
    return workspaces.inWorkspace(workspace, () -> addWithin(text));
  }

  private UUID addWithin(String text) {
    return outbox.add(
        new Outbox.Message(target, "lane", WorkProbe.KIND, text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> states() {
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("select state from outbox_item order by position").query(String.class).list());
  }

  private void answer(Result... results) {
    Deque<Result> answers = new ConcurrentLinkedDeque<>(List.of(results));
    probe.onSend.put(
        workspace,
        item -> {
          Result next = answers.poll();
          return next == null ? new Result.Sent("ext-" + item.id()) : next;
        });
  }

  @Test
  void messagesOfALaneAreSentInOrderAndRememberTheNetworksId() {
    UUID first = add("1");
    add("2");
    add("3");
    await().untilAsserted(() -> assertThat(states()).containsExactly("sent", "sent", "sent"));
    assertThat(probe.seen(workspace)).containsExactly("1", "2", "3");
    assertThat(workspaces.inWorkspace(workspace, () -> outbox.externalId(first)))
        .contains("ext-" + first);
  }

  @Test
  void aMessageIsFoundByTheFirstOfTheNetworksIdsOfIt() {
    answer(
        new Result.Sent("C1/10.5"),
        new Result.Sent("C1/10.55"),
        new Result.Sent("C1/10+C1/11"),
        new Result.Sent("C1/10.5"));
    UUID one = add("one");
    UUID longer = add("its id begins as the first's");
    UUID parts = add("became two there");
    add("changes the first");
    await()
        .untilAsserted(() -> assertThat(states()).containsExactly("sent", "sent", "sent", "sent"));

    assertThat(found(target, "C1/10.5")).contains(one);
    assertThat(found(target, "C1/10.55")).contains(longer);
    assertThat(found(target, "C1/10")).contains(parts);
    assertThat(found(target, "C1/1")).isEmpty();
    assertThat(found(target, "C1/11")).isEmpty();
    assertThat(found(UUID.randomUUID(), "C1/10")).as("through another connection").isEmpty();
    workspace = TestWorkspaces.fresh(workspaces).id();
    assertThat(found(target, "C1/10")).as("in another workspace").isEmpty();
  }

  /// Every answer in a thread asks for it.
  @Test
  void itIsFoundThroughAnIndex() {
    List<String> plan =
        workspaces.inWorkspace(
            workspace,
            () -> {
              jdbc.sql("set local enable_seqscan = off").update();
              return jdbc.sql(
                      "explain select id from outbox_item where target = ?"
                          + " and external_id collate \"C\" >= ? and external_id collate \"C\" < ?"
                          + " and split_part(external_id, '+', 1) = ? order by position limit 1")
                  .params(target, "C1/10", "C1/10,", "C1/10")
                  .query(String.class)
                  .list();
            });
    assertThat(String.join("\n", plan))
        .containsPattern(
            "Index Scan using outbox_item_by_external_id[^\\n]*\\n +Index Cond:.*external_id.*>=");
  }

  private Optional<UUID> found(UUID through, String externalId) {
    return workspaces.inWorkspace(workspace, () -> outbox.byExternalId(through, externalId));
  }

  @Test
  void aMessageOfATransactionThatRolledBackIsNeverSent() {
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                workspace,
                () -> {
                  addWithin("never");
                  throw new IllegalStateException("changed my mind");
                }))
        .hasMessage("changed my mind");
    add("after");
    await().untilAsserted(() -> assertThat(states()).containsExactly("sent"));
    assertThat(probe.seen(workspace)).containsExactly("after");
  }

  @Test
  void aNetworkThatWasNotReachedIsTriedAgainAndToldThatItMayBeARepetition() {
    answer(new Result.Unreachable("timeout"));
    add("1");
    add("2");
    await().untilAsserted(() -> assertThat(states()).containsExactly("sent", "sent"));
    assertThat(probe.seen(workspace)).containsExactly("1", "1 again", "2");
  }

  @Test
  void aRateLimitHoldsTheLaneAndTheNextTryIsNoRepetition() {
    answer(new Result.RateLimited(Duration.ofMillis(50)));
    add("1");
    add("2");
    await().untilAsserted(() -> assertThat(states()).containsExactly("sent", "sent"));
    assertThat(probe.seen(workspace)).containsExactly("1", "1", "2");
  }

  @Test
  void aRejectedMessageIsDeadLetteredAndHoldsNobodyElse() {
    answer(new Result.Rejected("channel_not_found"));
    add("1");
    add("2");
    await().untilAsserted(() -> assertThat(states()).containsExactly("dead", "sent"));
    assertThat(
            workspaces.inWorkspace(
                workspace,
                () ->
                    jdbc.sql("select problem from outbox_item where state = 'dead'")
                        .query(String.class)
                        .single()))
        .isEqualTo("channel_not_found");
  }

  @Test
  void aMessageThatDoesNotOpenIsDeadLetteredAndHoldsNobodyElse() {
    workspaces.inWorkspace(
        workspace,
        () -> {
          UUID broken = addWithin("1");
          jdbc.sql("update outbox_item set payload = '\\x00' where id = ?").param(broken).update();
        });
    add("2");
    await().untilAsserted(() -> assertThat(states()).containsExactly("dead", "sent"));
    assertThat(probe.seen(workspace)).containsExactly("2");
  }
}
