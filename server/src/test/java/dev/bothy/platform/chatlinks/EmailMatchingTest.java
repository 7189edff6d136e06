package dev.bothy.platform.chatlinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Features;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/// Accounts find their people by address, and no address stays.
@BothyTest
@TestPropertySource(properties = "bothy.chat-links.match-by-email=true")
@ExtendWith(OutputCaptureExtension.class)
class EmailMatchingTest {
  private static final Actor SYSTEM = new Actor.System();

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom sandbox;
  @Autowired RoomInput input;
  @Autowired ChatLinks links;
  @Autowired ChatLinkTable table;
  @Autowired LinkRequests requests;
  @Autowired LinkMessages messages;
  @Autowired EmailMatching matching;
  @Autowired Members members;
  @Autowired Audit audit;
  @Autowired Chat chat;
  @Autowired Connections connections;
  @Autowired Features features;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;

  private Workspace workspace;
  private LinkingRoom room;

  @BeforeEach
  void open() {
    workspace = TestWorkspaces.fresh(workspaces);
    room =
        new LinkingRoom(
            workspaces, sandbox, input, workspaces.inWorkspace(workspace.id(), sandbox::open));
  }

  @Test
  void anAccountIsMatchedWhenItFirstAsksForSomethingAndItsAddressStaysNowhere(
      CapturedOutput output) {
    PersonId alice = member("alice", "ADA@Example.Test");
    room.say("ada", "/bothy whoami");
    room.awaitShown("ada", "This account is alice's. ");
    room.awaitShown("ada", "This account is alice's in Bothy now, linked by e-mail address.");
    assertThat(personOf("ada")).contains(alice);
    room.say("ben", "/bothy whoami");
    room.awaitShown("ben", "does not know whose account this is");

    assertThat(room.audited(audit))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.actorKind()).isEqualTo("system");
          assertThat(entry.details()).containsEntry("by", "email");
        });
    assertThat(tablesThatSay("ada@example.test")).containsExactly("member");
    assertThat(tablesThatSay("ben@example.test")).isEmpty();
    assertThat(output.getAll().toLowerCase(Locale.ROOT)).doesNotContain("@example.test");
  }

  @Test
  void onlyOneActiveMemberWithTheAddressIsAMatch() {
    PersonId alice = member("alice", "ada@example.test");
    member("bob", "ben@example.test");
    member("bob-again", "Ben@example.test");
    PersonId left = member("chen", "chen@example.test");
    room.in(() -> members.deactivate(left, SYSTEM, Ended.DIRECTORY));

    assertThat(run()).isEqualTo(new EmailMatching.Run(1, 0, 2, 1, 0));
    assertThat(personOf("ada")).contains(alice);
    assertThat(List.of("ben", "chen", "dana")).allMatch(each -> personOf(each).isEmpty());

    member("dana", "dana@example.test");
    assertThat(run()).isEqualTo(new EmailMatching.Run(1, 0, 1, 1, 0));
  }

  @Test
  void whoWasUnlinkedIsNotMatchedAgain() {
    PersonId alice = member("alice", "ada@example.test");
    assertThat(run().linked()).isOne();
    room.say("ada", "/bothy unlink");
    room.awaitShown("ada", "linked to nobody any more");
    assertThat(run().linked()).isZero();
    assertThat(personOf("ada")).isEmpty();

    LinkedAccount linked = new LinkedAccount(room.connection().id(), "ada", alice);
    room.in(() -> links.link(linked, LinkedBy.ADMIN, SYSTEM));
    assertThat(jdbcCount("chat_link_declined")).isZero();
  }

  @Test
  void anAccountOfSomebodyElseStaysTheirs() {
    member("alice", "ada@example.test");
    PersonId bob = member("bob", null);
    room.in(() ->
        links.link(new LinkedAccount(room.connection().id(), "ada", bob), LinkedBy.ADMIN, SYSTEM));
    assertThat(run().linked()).isZero();
    assertThat(personOf("ada")).contains(bob);
  }

  @Test
  void whereItIsOffNobodyIsAsked() {
    member("alice", "ada@example.test");
    EmailMatching off =
        new EmailMatching(
            new ChatLinkSettings(false),
            links,
            table,
            members,
            chat,
            connections,
            workspaces,
            new RecentlyTried(clock),
            clock);
    off.met(room.connection(), "ada");
    assertThat(off.matchAll(workspace.id(), SYSTEM))
        .isEqualTo(new EmailMatching.Run(0, 0, 0, 0, 0));
    assertThat(personOf("ada")).isEmpty();
  }

  @Test
  void aNetworkIsAskedForAddressesOnlyWhereItIsOn() {
    assertThat(features.need(Capability.EMAIL)).isTrue();
    LinkChat off =
        new LinkChat(links, requests, members, chat, messages, new ChatLinkSettings(false));
    assertThat(off.needs()).doesNotContainKey(Capability.EMAIL);
  }

  private EmailMatching.Run run() {
    return matching.matchAll(workspace.id(), SYSTEM);
  }

  private PersonId member(String name, @Nullable String email) {
    return room.in(() -> {
      String username = name + "-" + workspace.slug();
      return members.provision(new Members.Profile(name, username, email), SYSTEM);
    });
  }

  private Optional<PersonId> personOf(String account) {
    return room.in(() -> links.personOf(room.connection().id(), account));
  }

  private long jdbcCount(String table) {
    return room.in(() -> jdbc.sql("select count(*) from " + table).query(Long.class).single());
  }

  /// Of those that the server can read for this workspace.
  private List<String> tablesThatSay(String text) {
    return room.in(() ->
        jdbc
            .sql(
                "select relname from pg_class where relnamespace = 'bothy'::regnamespace"
                    + " and relkind in ('r', 'p') and has_table_privilege(oid, 'select')"
                    + " order by relname")
            .query(String.class)
            .list()
            .stream()
            .filter(each -> says(each, text))
            .toList());
  }

  private boolean says(String table, String text) {
    return jdbc.sql(
                "select count(*) from \"" + table + "\" r where position(? in lower(r::text)) > 0")
            .param(text)
            .query(Long.class)
            .single()
        > 0;
  }
}
