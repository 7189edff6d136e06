package dev.bothy.platform.chatlinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// `/bothy` in the sandbox, the link that it sends, and the page behind that.
@BothyTest
class LinkByMessageTest {
  private static final Actor SYSTEM = new Actor.System();

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom sandbox;
  @Autowired RoomInput input;
  @Autowired ChatLinks links;
  @Autowired Members members;
  @Autowired TestPeople people;
  @Autowired Audit audit;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace;
  private LinkingRoom room;
  private TestPeople.Someone alice;
  private TestPeople.Someone bob;

  @BeforeEach
  void open() {
    workspace = TestWorkspaces.fresh(workspaces);
    room =
        new LinkingRoom(
            workspaces, sandbox, input, workspaces.inWorkspace(workspace.id(), sandbox::open));
    alice = people.signedIn(workspace, "Alice", Role.MEMBER);
    bob = people.signedIn(workspace, "Bob", Role.MEMBER);
  }

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void aLinkInADirectMessageIsConfirmedOnce() {
    room.say("ada", "/bothy whoami");
    room.awaitShown("ada", "Bothy does not know whose account this is.");
    room.say("ada", "/bothy link");
    String link = room.awaitLink("ada", 1);
    assertThat(room.isShownToAnotherThan("ada", "Open this, sign in")).isFalse();

    String page = http().pageOf(alice.token(), link).body();
    assertThat(text(page)).contains("Link Sandbox account Ada Byron (ada) to you, Alice?");
    assertThat(personOf("ada")).isEmpty();

    assertThat(text(confirm(alice, link).body())).contains("The account is yours now.");
    assertThat(personOf("ada")).contains(alice.id());
    room.awaitShown("ada", "This account is Alice's in Bothy now, linked by a link in chat.");
    assertThat(text(confirm(alice, link).body())).contains("This link was used already.");
    assertThat(text(http().pageOf(bob.token(), link).body())).contains("was used already");
    assertThat(text(confirm(bob, link).body())).contains("was used already");
    assertThat(personOf("ada")).contains(alice.id());
    assertThat(room.audited(audit))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.actor()).isEqualTo(alice.id().toString());
          assertThat(entry.details()).containsEntry("by", "message");
        });

    room.say("ada", "/bothy whoami");
    room.awaitShown("ada", "This account is Alice's. To undo that: /bothy unlink");
    room.say("ada", "/bothy unlink");
    room.awaitShown("ada", "This account is linked to nobody any more.");
    assertThat(personOf("ada")).isEmpty();
    room.say("ada", "/bothy unlink");
    room.awaitShown("ada", "does not know whose account this is.");
  }

  @Test
  void somebodyElseWhoOpensItLinksItToThemselvesOnlyAfterSeeingWhatTheyConfirm() {
    room.say("ben", "/bothy link");
    String link = room.awaitLink("ben", 1);
    assertThat(text(http().pageOf(bob.token(), link).body()))
        .contains("account Ben Okafor (ben) to you, Bob?")
        .contains("Did somebody else send you this?");
    assertThat(personOf("ben")).isEmpty();
    confirm(bob, link);
    assertThat(personOf("ben")).contains(bob.id());
  }

  @Test
  void aConfirmationFromAnotherSiteIsRefused() {
    room.say("ben", "/bothy link");
    String link = room.awaitLink("ben", 1);
    HttpResponse<String> forged =
        http()
            .post(
                path(link),
                Map.of("token", token(link)),
                "Cookie",
                "bothy-session=" + alice.token());
    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(personOf("ben")).isEmpty();
  }

  @Test
  void itNeedsSignInAndAPlace() {
    room.say("ben", "/bothy link");
    String link = room.awaitLink("ben", 1);
    HttpResponse<String> nobody = http().page(link);
    assertThat(nobody.statusCode()).isEqualTo(302);
    assertThat(nobody.headers().firstValue("location").orElseThrow()).contains("/sign-in?to=");
    TestPeople.Someone stranger = people.stranger("Stranger");
    assertThat(http().pageOf(stranger.token(), link).statusCode()).isEqualTo(404);
    assertThat(confirm(stranger, link).statusCode()).isEqualTo(404);
  }

  @Test
  void anOldLinkAnOlderOneAndAnInventedOneDoNothing() {
    room.say("ben", "/bothy link");
    String older = room.awaitLink("ben", 1);
    room.say("ben", "/bothy link");
    String newer = room.awaitLink("ben", 2);
    assertThat(text(confirm(alice, older).body())).contains("There is no such link");
    assertThat(text(confirm(alice, path(newer) + "?token=x").body()))
        .contains("There is no such link");
    clock.advance(LinkRequests.LIFETIME.plusSeconds(1));
    assertThat(text(http().pageOf(alice.token(), newer).body()))
        .contains("This link is older than 15 minutes");
    assertThat(text(confirm(alice, newer).body())).contains("older than 15 minutes");
    assertThat(personOf("ben")).isEmpty();
  }

  @Test
  void ofTheTokenOnlyItsHashIsKept() {
    room.say("ben", "/bothy link");
    String token = token(room.awaitLink("ben", 1));
    List<String> rows =
        room.in(
            () -> jdbc.sql("select r::text from chat_link_request r").query(String.class).list());
    assertThat(rows).singleElement().asString().doesNotContain(token);
  }

  @Test
  void twoAccountsOfOnePersonAreCounted() {
    for (String account : List.of("ada", "ben")) {
      room.in(() ->
          links.link(
              new LinkedAccount(room.connection().id(), account, alice.id()),
              LinkedBy.ADMIN,
              SYSTEM));
    }
    room.say("ada", "/bothy whoami");
    room.awaitShown("ada", "This account is Alice's. They have 1 other account.");
    room.say("ada", "/bothy what");
    room.awaitShown("ada", "/bothy link sends you a link to make it yours.");
  }

  @Test
  void whoHasLeftIsRefusedInChatAndBackAfterTheirReturn() {
    room.in(() ->
        links.link(
            new LinkedAccount(room.connection().id(), "ada", alice.id()), LinkedBy.ADMIN, SYSTEM));
    room.in(() -> members.deactivate(alice.id(), SYSTEM, Ended.DIRECTORY));
    room.say("ada", "/rotation new Desk daily 09:00 Europe/Berlin @ben");
    room.awaitShown("ada", LeaverGate.REFUSAL);
    assertThat(room.isShownToAnotherThan("ada", LeaverGate.REFUSAL)).isFalse();
    room.say("ada", "/bothy link");
    assertThat(rotationsMade()).isEmpty();

    room.in(() -> members.reactivate(alice.id(), SYSTEM));
    room.say("ada", "/rotation new Desk daily 09:00 Europe/Berlin @ben");
    room.awaitShown("ada", "is on duty");
    assertThat(rotationsMade()).containsExactly("person " + alice.id());
    room.say("ben", "/rotation pause Desk");
    room.awaitShown("ben", "is paused");
    assertThat(
            room.in(() ->
                jdbc.sql("select count(*) from chat_link_request").query(Long.class).single()))
        .isZero();
  }

  /// Who made rotations, as the audit log has it.
  private List<String> rotationsMade() {
    return room.in(() ->
        audit
            .page(
                new AuditFilter(null, "rotations.created", null, null, null, null, null), null, 10)
            .entries()
            .stream()
            .map(entry -> entry.actorKind() + " " + entry.actor())
            .toList());
  }

  private Optional<PersonId> personOf(String account) {
    return room.in(() -> links.personOf(room.connection().id(), account));
  }

  private HttpResponse<String> confirm(TestPeople.Someone someone, String link) {
    return http()
        .post(
            path(link),
            Map.of("token", token(link), "_csrf", someone.csrf()),
            "Cookie",
            "bothy-session=" + someone.token());
  }

  private Http http() {
    return Http.onPort(port);
  }

  private static String path(String link) {
    return link.substring(0, link.indexOf('?'));
  }

  private static String token(String link) {
    return link.substring(link.indexOf("token=") + "token=".length());
  }

  /// As people read it.
  private static String text(String html) {
    return html.replaceAll("<[^>]+>", "").replaceAll("\\s+", " ");
  }
}
