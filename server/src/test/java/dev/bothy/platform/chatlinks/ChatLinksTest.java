package dev.bothy.platform.chatlinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.MemberGone;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/// Whose an account is, while people come, go and come back.
@BothyTest
class ChatLinksTest {
  private static final Actor SYSTEM = new Actor.System();

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom sandbox;
  @Autowired RoomInput input;
  @Autowired ChatLinks links;
  @Autowired Members members;
  @Autowired TestPeople people;
  @Autowired Audit audit;
  @Autowired ApplicationEventPublisher events;

  private Workspace workspace;
  private LinkingRoom room;
  private ConnectionId connection;
  private PersonId alice;
  private PersonId bob;

  @BeforeEach
  void open() {
    workspace = TestWorkspaces.fresh(workspaces);
    room =
        new LinkingRoom(
            workspaces, sandbox, input, workspaces.inWorkspace(workspace.id(), sandbox::open));
    connection = room.connection().id();
    alice = people.signedIn(workspace, "Alice", Role.MEMBER).id();
    bob = people.signedIn(workspace, "Bob", Role.MEMBER).id();
  }

  @Test
  void anAccountIsOnePersonsAndAPersonHasSeveral() {
    assertThat(link("ada", alice)).isInstanceOf(LinkOutcome.Linked.class);
    assertThat(link("ben", alice)).isInstanceOf(LinkOutcome.Linked.class);
    assertThat(link("ada", alice)).isInstanceOf(LinkOutcome.Unchanged.class);
    assertThat(link("ada", bob)).isInstanceOf(LinkOutcome.SomebodyElses.class);

    assertThat(room.in(() -> links.personOf(connection, "ada"))).contains(alice);
    assertThat(room.in(() -> links.accountsOf(alice)))
        .extracting(LinkedAccount::account)
        .containsExactly("ada", "ben");
    assertThat(room.in(() -> links.accountsOf(bob))).isEmpty();
    room.awaitShown("ada", "This account is Alice's in Bothy now, linked by an admin.");
  }

  @Test
  void whoHasNoPlaceAndWhatIsNoAccountIsNotLinked() {
    PersonId stranger = people.stranger("Stranger").id();
    room.in(() -> members.deactivate(bob, SYSTEM, Ended.ADMIN));
    assertThat(link("ada", stranger)).isInstanceOf(LinkOutcome.NoPlace.class);
    assertThat(link("ada", bob)).isInstanceOf(LinkOutcome.NoPlace.class);
    assertThat(link("nobody", alice)).isInstanceOf(LinkOutcome.NoAccount.class);
    room.in(() -> {
      sandbox.setActive(room.connection(), "chen", false);
      return true;
    });
    assertThat(link("chen", alice)).isInstanceOf(LinkOutcome.NoAccount.class);
    assertThat(room.audited(audit)).isEmpty();
  }

  @Test
  void aLinkEndsWithThePlaceAndComesBackWithIt() {
    link("ada", alice);
    room.in(() -> members.deactivate(alice, SYSTEM, Ended.DIRECTORY));
    assertThat(room.in(() -> links.personOf(connection, "ada"))).isEmpty();
    assertThat(room.in(() -> links.accountsOf(alice))).isEmpty();
    assertThat(room.in(() -> links.accountsOfLeaver(alice)))
        .containsExactly(new LinkedAccount(connection, "ada", alice));
    assertThat(link("ada", bob)).isInstanceOf(LinkOutcome.SomebodyElses.class);

    room.in(() -> members.reactivate(alice, SYSTEM));
    assertThat(room.in(() -> links.personOf(connection, "ada"))).contains(alice);
    assertThat(room.in(() -> links.accountsOfLeaver(alice))).isEmpty();

    room.in(() -> members.deactivate(alice, SYSTEM, Ended.ADMIN));
    room.in(() -> {
      events.publishEvent(new MemberGone(workspace.id(), alice));
      return true;
    });
    assertThat(room.in(() -> links.find(connection, "ada"))).isEmpty();
    assertThat(link("ada", bob)).isInstanceOf(LinkOutcome.Linked.class);
    assertThat(room.audited(audit))
        .extracting(entry -> entry.action() + " " + why(entry))
        .containsExactly(
            "chatlinks.linked admin",
            "chatlinks.unlinked place-ended",
            "chatlinks.linked place-given-back",
            "chatlinks.unlinked place-ended",
            "chatlinks.unlinked grace-is-over",
            "chatlinks.linked admin");
  }

  @Test
  void unlinkedItIsNobodysAndToldSo() {
    link("dana", alice);
    assertThat(room.in(() -> links.unlink(connection, "dana", SYSTEM))).isTrue();
    assertThat(room.in(() -> links.unlink(connection, "dana", SYSTEM))).isFalse();
    assertThat(room.in(() -> links.actor(connection, "dana")))
        .isEqualTo(new Actor.Account(connection, "dana"));
    room.awaitShown("dana", "This account is linked to nobody any more.");
    assertThat(room.audited(audit))
        .last()
        .satisfies(entry ->
            assertThat(entry.details())
                .containsEntry("account", "dana")
                .containsEntry("connection", connection.toString()));
  }

  @Test
  void aLinkThatIsMadeWhileThePlaceEndsDoesNotOutliveIt() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Thread leaving =
        Thread.startVirtualThread(() ->
            room.in(() -> {
              boolean done = members.deactivate(alice, SYSTEM, Ended.DIRECTORY);
              ended.countDown();
              return done && passed(goOn);
            }));
    assertThat(passed(ended)).isTrue();
    Thread releasing =
        Thread.startVirtualThread(() -> {
          try {
            Thread.sleep(300);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          goOn.countDown();
        });
    assertThat(link("ada", alice)).isInstanceOf(LinkOutcome.NoPlace.class);
    leaving.join();
    releasing.join();
    assertThat(room.in(() -> links.find(connection, "ada"))).isEmpty();
  }

  @Test
  void anotherWorkspaceSeesNothingOfIt() {
    link("ada", alice);
    Workspace other = TestWorkspaces.fresh(workspaces);
    assertThat(workspaces.inWorkspace(other.id(), () -> links.personOf(connection, "ada")))
        .isEmpty();
    assertThat(workspaces.inWorkspace(other.id(), links::all)).isEmpty();
  }

  private LinkOutcome link(String account, PersonId person) {
    return room.in(
        () -> links.link(new LinkedAccount(connection, account, person), LinkedBy.ADMIN, SYSTEM));
  }

  private static String why(AuditEntry entry) {
    return List.of("why", "by").stream()
        .filter(entry.details()::containsKey)
        .map(entry.details()::get)
        .findFirst()
        .orElse("");
  }

  private static boolean passed(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
