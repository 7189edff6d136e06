package dev.bothy.platform.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.PartHealth;
import dev.bothy.platform.work.DeadLetter.Box;
import dev.bothy.platform.work.DeadLetter.Filter;
import dev.bothy.platform.work.DeadLetter.Place;
import dev.bothy.platform.work.OutboxSender.Result;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class DeadLettersTest {
  private static final Filter ALL = new Filter(null, null);

  @Autowired DeadLetters letters;
  @Autowired DeadLetterHealth health;
  @Autowired Inbox inbox;
  @Autowired Outbox outbox;
  @Autowired Workspaces workspaces;
  @Autowired WorkProbe probe;
  @Autowired JdbcClient jdbc;

  private final UUID connection = UUID.randomUUID();
  private final AtomicBoolean broken = new AtomicBoolean(true);
  private WorkspaceId workspace = new WorkspaceId(connection);

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  private void receive(String text) {
    inbox.accept(
        new Inbox.Delivery(
            workspace, connection, text, "lane", WorkProbe.KIND, text.getBytes(UTF_8)));
  }

  private UUID send(String lane, String text) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            outbox.add(new Outbox.Message(connection, lane, WorkProbe.KIND, text.getBytes(UTF_8))));
  }

  private List<DeadLetter> page(Filter filter, @Nullable Place after, int limit) {
    return workspaces.inWorkspace(workspace, () -> letters.page(filter, after, limit));
  }

  private DeadLetter dead() {
    return await().until(() -> page(ALL, null, 10), found -> found.size() == 1).getFirst();
  }

  private String state(String table, UUID id) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("select state from " + table + " where id = ?")
                .param(id)
                .query(String.class)
                .single());
  }

  private boolean retry(DeadLetter letter) {
    return workspaces.inWorkspace(workspace, () -> letters.retry(letter.box(), letter.id()));
  }

  @Test
  void aLetterTellsWhatBecameOfItAndOpens() {
    probe.onHandle.put(
        workspace,
        _ -> {
          throw new IllegalStateException("what somebody wrote");
        });
    receive("first");

    DeadLetter letter = dead();
    assertThat(letter.box()).isEqualTo(Box.INBOX);
    assertThat(letter.kind()).isEqualTo(WorkProbe.KIND);
    assertThat(letter.connection()).isEqualTo(connection);
    assertThat(letter.lane()).isEqualTo("lane");
    assertThat(letter.attempts()).isEqualTo(4);
    assertThat(letter.problem()).isEqualTo("IllegalStateException");
    assertThat(letter.diedAt()).isAfterOrEqualTo(letter.cameAt());
    assertThat(workspaces.inWorkspace(workspace, () -> letters.content(Box.INBOX, letter.id())))
        .hasValueSatisfying(content -> assertThat(new String(content, UTF_8)).isEqualTo("first"));
    assertThat(health.report(workspace))
        .singleElement()
        .satisfies(part -> {
          assertThat(part.state()).isEqualTo(PartHealth.State.DEGRADED);
          assertThat(part.sentence()).startsWith("1 piece of work was put aside");
        });
  }

  @Test
  void aRetriedEventGoesBeforeWhatCameAfterIt() {
    CountDownLatch retried = new CountDownLatch(1);
    probe.onHandle.put(
        workspace,
        item -> {
          String text = new String(item.payload(), UTF_8);
          if (text.equals("first") && broken.get()) {
            throw new IllegalStateException();
          }
          if (text.equals("second") && item.attempt() == 1) {
            waitFor(retried);
            throw new IllegalStateException();
          }
        });
    receive("first");
    DeadLetter letter = dead();
    receive("second");
    broken.set(false);
    assertThat(retry(letter)).isTrue();
    retried.countDown();

    await()
        .untilAsserted(() -> assertThat(probe.seen(workspace)).containsExactly("first", "second"));
    assertThat(retry(letter)).isFalse();
    assertThat(page(ALL, null, 10)).isEmpty();
    assertThat(health.report(workspace)).isEmpty();
  }

  @Test
  void aRetriedMessageThatMayHaveReachedItsNetworkIsSentAsARepetition() {
    probe.onSend.put(
        workspace,
        item ->
            broken.get() ? new Result.Unreachable("gone") : new Result.Sent("ext-" + item.id()));
    send("lane", "hello");
    DeadLetter letter = dead();
    assertThat(letter.box()).isEqualTo(Box.OUTBOX);
    broken.set(false);
    assertThat(retry(letter)).isTrue();

    await().untilAsserted(() -> assertThat(state("outbox_item", letter.id())).isEqualTo("sent"));
    assertThat(probe.seen(workspace).getLast()).isEqualTo("hello again");
  }

  @Test
  void aRetriedMessageThatWasRefusedAtOnceIsSentAsNew() {
    probe.onSend.put(
        workspace,
        item -> broken.get() ? new Result.Rejected("not_in_channel") : new Result.Sent("x"));
    send("lane", "hello");
    DeadLetter letter = dead();
    assertThat(letter.problem()).isEqualTo("not_in_channel");
    broken.set(false);
    retry(letter);

    await().untilAsserted(() -> assertThat(state("outbox_item", letter.id())).isEqualTo("sent"));
    assertThat(probe.seen(workspace)).containsExactly("hello", "hello");
  }

  @Test
  void aDroppedLettersContentIsErasedAndItsRowStays() {
    probe.onSend.put(workspace, _ -> new Result.Rejected("not_in_channel"));
    send("lane", "hello");
    DeadLetter letter = dead();
    assertThat(workspaces.inWorkspace(workspace, () -> letters.drop(letter.box(), letter.id())))
        .isTrue();

    assertThat(state("outbox_item", letter.id())).isEqualTo("dropped");
    assertThat(workspaces.inWorkspace(workspace, () -> letters.content(Box.OUTBOX, letter.id())))
        .isEmpty();
    assertThat(
            workspaces.inWorkspace(
                workspace,
                () ->
                    jdbc.sql("select count(*) from outbox_item where payload is not null")
                        .query(Long.class)
                        .single()))
        .isZero();
    assertThat(retry(letter)).isFalse();
    assertThat(workspaces.inWorkspace(workspace, () -> letters.drop(letter.box(), letter.id())))
        .isFalse();
  }

  @Test
  void allLettersOfOneProblemAreRetriedAndOthersAreNot() {
    probe.onSend.put(
        workspace,
        item -> {
          String text = new String(item.payload(), UTF_8);
          return broken.get() || text.equals("other")
              ? new Result.Rejected(text.equals("other") ? "is_archived" : "not_in_channel")
              : new Result.Sent(text);
        });
    for (int number = 0; number < 5; number++) {
      send("lane-" + number, "mended");
    }
    send("lane", "other");
    await().until(() -> page(ALL, null, 10).size() == 6);
    assertThat(workspaces.inWorkspace(workspace, letters::groups))
        .containsExactly(
            new DeadLetter.Group(Box.OUTBOX, "not_in_channel", 5),
            new DeadLetter.Group(Box.OUTBOX, "is_archived", 1));

    broken.set(false);
    List<DeadLetter> retried =
        workspaces.inWorkspace(
            workspace, () -> letters.retryAll(new Filter(Box.OUTBOX, "not_in_channel")));

    assertThat(retried).hasSize(5);
    await()
        .untilAsserted(() -> {
          assertThat(probe.seen(workspace)).hasSize(11);
          assertThat(page(ALL, null, 10))
              .extracting(DeadLetter::problem)
              .containsExactly("is_archived");
        });
  }

  @Test
  void everyLetterIsOnExactlyOnePage() {
    probe.onSend.put(workspace, _ -> new Result.Rejected("not_in_channel"));
    List<UUID> sent = new ArrayList<>();
    for (int number = 0; number < 7; number++) {
      sent.add(send("lane-" + number, "hello"));
    }
    await().until(() -> page(ALL, null, 10).size() == 7);
    List<UUID> seen = new ArrayList<>();
    Place place = null;
    do {
      List<DeadLetter> page = page(ALL, place, 3);
      page.forEach(letter -> seen.add(letter.id()));
      place = page.isEmpty() ? null : new Place(page.getLast().diedAt(), page.getLast().id());
    } while (place != null);

    assertThat(seen).containsExactlyInAnyOrderElementsOf(sent).doesNotHaveDuplicates();
  }

  @Test
  void anotherWorkspacesLettersAreNotThere() {
    probe.onSend.put(workspace, _ -> new Result.Rejected("not_in_channel"));
    send("lane", "hello");
    DeadLetter letter = dead();
    WorkspaceId other = TestWorkspaces.fresh(workspaces).id();

    assertThat(workspaces.inWorkspace(other, () -> letters.page(ALL, null, 10))).isEmpty();
    assertThat(workspaces.inWorkspace(other, () -> letters.find(letter.box(), letter.id())))
        .isEmpty();
    assertThat(workspaces.inWorkspace(other, () -> letters.content(letter.box(), letter.id())))
        .isEmpty();
    assertThat(workspaces.inWorkspace(other, () -> letters.retry(letter.box(), letter.id())))
        .isFalse();
    assertThat(workspaces.inWorkspace(other, () -> letters.drop(letter.box(), letter.id())))
        .isFalse();
    assertThat(health.report(other)).isEmpty();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
