package dev.bothy.platform.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.privacy.PersonErased;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A person is erased from a workspace, through the running server.
@BothyTest
@ExtendWith(OutputCaptureExtension.class)
class PersonErasureTest {
  @LocalServerPort int port;
  @Autowired Erasures erasures;
  @Autowired Members members;
  @Autowired People everybody;
  @Autowired ApiTokens tokens;
  @Autowired TestPeople people;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired Connections connections;
  @Autowired Keys keys;
  @Autowired ConfigurableApplicationContext context;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final String name = "Pia Planted " + mark;
  private final String address = "pia-" + mark + "@planted.example";
  private ErasureWorld world;
  private Workspace workspace;
  private TestPeople.Someone owner;
  private TestPeople.Someone pia;

  @BeforeEach
  void aWorkspaceWithTwo() {
    world = new ErasureWorld(workspaces, connections, keys, jdbc);
    workspace = TestWorkspaces.fresh(workspaces);
    owner = people.signedIn(workspace, "Olga Owner", Role.OWNER);
    pia = people.signedIn(workspace, name, Role.MEMBER);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql("update member set email = ?, name = ? where person_id = ?")
                .params(address, name, pia.id().value())
                .update());
  }

  @Test
  void ofSomebodyUnderThreeAccountsNothingIsLeftAnywhere(CapturedOutput output) {
    ErasureWorld.Rotation desk = world.rotation(workspace);
    ErasureWorld.Rotation night = world.rotation(workspace);
    world.account(desk, pia.id(), "U1-" + mark, name, "note of " + mark);
    world.account(desk, pia.id(), "U2-" + mark, name, "note of " + mark);
    world.account(night, pia.id(), "U3-" + mark, name, "note of " + mark);
    world.account(desk, owner.id(), "U9-" + mark + "-other", "Olga Owner", "mine");
    assertThat(Everywhere.tablesWith(name)).contains("person", "member", "chat_account");
    assertThat(Everywhere.tablesWith("U2-" + mark))
        .contains("shift", "handoff", "handoff_note", "chat_link");
    tokens.make(viewer(pia), "program of " + mark, Set.of("people:read"), null);

    Erasure done = erased(pia.id());

    for (String planted : List.of(name, address, "note of " + mark, "program of " + mark)) {
      assertThat(Everywhere.tablesWith(planted)).as(planted).isEmpty();
      assertThat(output.getAll()).doesNotContain(planted);
    }
    for (String account : List.of("U1-", "U2-", "U3-")) {
      // The audit log has ids.
      assertThat(Everywhere.tablesWith(account + mark)).isSubsetOf("audit_entry");
    }
    Http http = Http.onPort(port);
    for (String page : List.of("/people", "/rotations", "/audit", "", "/erasures")) {
      assertThat(http.pageOf(owner.token(), "/w/" + workspace.slug() + page).body())
          .as(page)
          .doesNotContain(name)
          .doesNotContain(address);
    }
    assertThat(http.get("/actuator/prometheus").body()).doesNotContain(mark);
    assertThat(http.pageOf(pia.token(), "/w/" + workspace.slug()).statusCode()).isNotEqualTo(200);
    assertThat(world.accountsIn(desk, "chat_account", "account"))
        .containsExactly("U9-" + mark + "-other");
    assertThat(world.accountsIn(desk, "shift", "account"))
        .hasSize(12)
        .containsOnly("erased", "U9-" + mark + "-other");
    assertThat(done.rows())
        .containsEntry("shift", 9L)
        .containsEntry("handoff", 3L)
        .containsEntry("handoff_note", 3L)
        .containsEntry("chat_account", 3L)
        .containsEntry("chat_link", 3L)
        .containsEntry("rotation_participant", 3L)
        .containsEntry("member", 1L)
        .containsEntry("api_token", 1L)
        .containsEntry("person", 1L);
  }

  @Test
  void theOtherWorkspaceKeepsAllAndTheReceiptSaysSo() {
    Workspace other = TestWorkspaces.fresh(workspaces);
    people.assign(other, pia.id(), Role.MEMBER);
    ErasureWorld.Rotation there = world.rotation(other);
    ErasureWorld.Rotation here = world.rotation(workspace);
    world.account(there, pia.id(), "U1-" + mark, name, "there");
    world.account(here, pia.id(), "U1-" + mark, name, "here");

    Erasure done = erased(pia.id());

    assertThat(Everywhere.tablesWith(name))
        .containsExactlyInAnyOrder("person", "chat_account", "absence");
    assertThat(world.accountsIn(there, "shift", "account")).containsOnly("U1-" + mark);
    assertThat(world.accountsIn(here, "shift", "account")).containsOnly("erased");
    assertThat(everybody.rolesOf(other.id(), pia.id())).containsExactly(Role.MEMBER);
    assertThat(Http.onPort(port).pageOf(pia.token(), "/w/" + other.slug()).statusCode())
        .isEqualTo(200);
    assertThat(done.notes()).anyMatch(note -> note.contains("another workspace"));
  }

  @Test
  void theReceiptIsSignedAndSaysWhatStays() {
    Erasure done = erased(pia.id());
    String text =
        workspaces.inWorkspace(workspace.id(), () -> erasures.receipt(done.id())).orElseThrow();
    SignedDocument document = SignedDocument.read(text);
    assertThat(document.holds()).isTrue();
    Signed changed =
        new Signed(
            document.signed().statement().replace("member", "nobody"),
            document.signed().signature());
    assertThat(new SignedDocument(changed, document.publicKey()).holds()).isFalse();
    JsonNode stated = JsonMapper.shared().readTree(document.signed().statement());
    assertThat(stated.path("kind").asString()).isEqualTo("bothy.erasure");
    assertThat(stated.path("target").asString()).isEqualTo(pia.id().toString());
    assertThat(stated.path("stays").toString()).contains("audit_entry", "until");
    assertThat(stated.path("remarks").toString()).contains("ledger");
    assertThat(text).doesNotContain(name);
  }

  @Test
  void theLastOwnerCannotBeErasedNorSomebodyTwiceNorNobody() {
    assertThat(ask(owner.id())).isInstanceOf(Erasures.Outcome.LastOwner.class);
    assertThat(ask(new PersonId(UUID.randomUUID()))).isInstanceOf(Erasures.Outcome.Unknown.class);
    erased(pia.id());
    assertThat(ask(pia.id())).isInstanceOf(Erasures.Outcome.Unknown.class);
  }

  @Test
  void whomTheDirectoryStillSendsIsRefusedUntilItLetsThemGo() {
    PersonId sent =
        workspaces.inWorkspace(
            workspace.id(),
            () ->
                members.provision(
                    new Members.Profile(name, "sent-" + mark, address), new Actor.System()));
    assertThat(ask(sent)).isInstanceOf(Erasures.Outcome.InDirectory.class);
    workspaces.inWorkspace(
        workspace.id(), () -> members.deactivate(sent, new Actor.System(), Ended.DIRECTORY));
    assertThat(erased(sent).notes()).anyMatch(note -> note.contains("directory"));
  }

  @Test
  void whoKeepsCopiesIsToldWithinTheTransactionThatErases() {
    List<String> heard = new CopyOnWriteArrayList<>();
    // An archive that cannot be dropped at the first time.
    ApplicationListener<ApplicationEvent> listener =
        event -> {
          if (event instanceof PayloadApplicationEvent<?> told
              && told.getPayload() instanceof PersonErased(var where, var who)
              && who.equals(pia.id())) {
            heard.add(where.toString());
            if (heard.size() == 1) {
              throw new IllegalStateException("not now");
            }
          }
        };
    context.addApplicationListener(listener);
    try {
      assertThat(erased(pia.id()).rows()).containsEntry("member", 1L);
    } finally {
      context.removeApplicationListener(listener);
    }
    String id = workspace.id().toString();
    // Once more at the end, for copies that were made meanwhile.
    assertThat(heard).containsExactly(id, id, id);
  }

  @Test
  void theServerCannotTakeAnythingOutOfTheAuditLogOfAWorkspaceThatLives() {
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                workspace.id(),
                () ->
                    jdbc.sql("select erase_protected_rows('audit_entry', 10)")
                        .query(Long.class)
                        .single()))
        .hasMessageContaining("is not erased yet");
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                workspace.id(),
                () ->
                    jdbc.sql("select erase_protected_rows('member', 10)")
                        .query(Long.class)
                        .single()))
        .hasMessageContaining("Not a table of the audit log");
  }

  private Erasures.Outcome ask(PersonId person) {
    return workspaces.inWorkspace(workspace.id(), () -> erasures.ofPerson(person, owner.id()));
  }

  private Erasure erased(PersonId person) {
    Erasures.Outcome.Begun begun = (Erasures.Outcome.Begun) ask(person);
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                workspaces
                    .inWorkspace(workspace.id(), () -> erasures.find(begun.erasure().id()))
                    .orElseThrow(),
            Erasure::isDone);
  }

  private Viewer viewer(TestPeople.Someone someone) {
    return new Viewer(
        someone.id(), someone.name(), workspace.id(), workspace.slug(), Set.of(Role.MEMBER));
  }
}
