package dev.bothy.platform.bin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.bin.BinDesk.Outcome;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An app, and a whole workspace, in the bin.
@BothyTest
class RestingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// For somebody unknown it does nothing, and is done.
  private static final String OF_APP = "rotations.leaver";

  private static final String OF_ANOTHER = "slack.directory";

  @LocalServerPort int port;
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired BinDesk desk;
  @Autowired BinTable table;
  @Autowired BinWork work;
  @Autowired Resting resting;
  @Autowired Connections connections;
  @Autowired SandboxRoom sandbox;
  @Autowired RoomInput input;
  @Autowired Schedule schedule;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;
  private Workspace workspace;
  private TestPeople.Someone someone;
  private Viewer owner;
  private Program program;

  @BeforeEach
  void anOwner() {
    workspace = TestWorkspaces.fresh(workspaces);
    someone = people.signedIn(workspace, "Olga", Role.OWNER);
    owner = new Viewer(someone.id(), "Olga", workspace.id(), workspace.slug(), Set.of(Role.OWNER));
    program = Program.of(port, workspace, people, tokens, scopes, Role.OWNER);
  }

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void anAppInTheBinAnswersInPrivateAndDoesNothing() {
    ChatConnection room = workspaces.inWorkspace(workspace.id(), sandbox::open);
    BinItem item = putAway(Bin.APP, "rotations");
    say(room, "/rotation new Desk daily 09:00 UTC @ada");
    await().atMost(PATIENCE).until(() -> count("outbox_item where state = 'sent'") > 0);
    assertThat(count("rotation")).isZero();
    assertThat(workspaces.inWorkspace(workspace.id(), () -> resting.refusal("rotations")))
        .hasValueSatisfying(
            words -> assertThat(words).contains("was removed", Resting.inWords(item.goesAt())));
    assertThat(workspaces.inWorkspace(workspace.id(), () -> resting.refusal("people"))).isEmpty();
    assertThat(page("/rotations").headers().firstValue("Location"))
        .hasValueSatisfying(
            to -> assertThat(to).endsWith("/w/" + workspace.slug() + "/bin?app=rotations"));
    TestPeople.Someone member = people.signedIn(workspace, "Mia", Role.MEMBER);
    assertThat(
            Http.onPort(port)
                .pageOf(member.token(), "/w/" + workspace.slug() + "/bin?app=rotations")
                .body())
        .contains("Rotations is in the bin", "An owner of the workspace can bring it back")
        .doesNotContain("Delete now");
    Program.problem(program.send("GET", "/rotations", ""), 409, "bin.app-in-bin");

    assertThat(desk.restore(owner, item.id())).isInstanceOf(Outcome.Done.class);
    say(room, "/rotation new Desk daily 09:00 UTC @ada");
    await().atMost(PATIENCE).until(() -> count("rotation") > 0);
    assertThat(page("/rotations").statusCode()).isEqualTo(200);
  }

  @Test
  void itsScheduledWorkRestsAndGoesOnWhenItIsBack() {
    BinItem item = putAway(Bin.APP, "rotations");
    scheduled(OF_APP);
    scheduled(OF_ANOTHER);
    await()
        .atMost(PATIENCE)
        .until(() -> count("scheduled_item where kind = '" + OF_ANOTHER + "'") == 0);
    assertThat(count("scheduled_item where kind = '" + OF_APP + "'")).isEqualTo(1);
    desk.restore(owner, item.id());
    await()
        .atMost(PATIENCE)
        .until(() -> count("scheduled_item where kind = '" + OF_APP + "'") == 0);
  }

  @Test
  void anAppIsErasedAtItsEndAndCanBeUsedAnew() {
    UUID rotation = new BinWorld(workspaces, jdbc).rotation(workspace);
    BinItem inside = putAway("rotations.rotation", rotation.toString());
    BinItem item = putAway(Bin.APP, "rotations");
    assertThat(run(item, item.goesAt())).isPresent();
    assertThat(run(item, item.goesAt())).isPresent();
    assertThat(desk.restore(owner, item.id())).isInstanceOf(Outcome.Going.class);
    await().atMost(PATIENCE).until(() -> count("erasure where finished_at is not null") == 1);
    assertThat(run(item, item.goesAt())).isEmpty();
    assertThat(count("rotation")).isZero();
    assertThat(desk.find(owner, inside.id())).isEmpty();
    assertThat(page("/rotations").statusCode()).isEqualTo(200);
  }

  @Test
  void aWorkspaceInTheBinShowsOnePageAndComesBackWithItsConnections() {
    ChatConnection slack =
        workspaces.inWorkspace(
            workspace.id(),
            () -> connections.create(Network.SLACK, "Acme", "B", new byte[] {1, 2}));
    BinItem item = putAway(Bin.WORKSPACE, workspace.id().toString());
    assertThat(connections.find(slack.id())).isEmpty();
    for (String path : new String[] {"", "/rotations", "/people", "/audit", "/privacy"}) {
      assertThat(page(path).headers().firstValue("Location"))
          .hasValueSatisfying(to -> assertThat(to).endsWith("/w/" + workspace.slug() + "/bin"));
    }
    assertThat(page("/bin").body()).contains("is in the bin", "Restore the workspace");
    Program.problem(program.send("GET", "/people", ""), 409, "bin.workspace-in-bin");
    Program.problem(
        program.send("POST", "/bin", "{\"kind\":\"bin.app\",\"subject\":\"rotations\"}"),
        409,
        "bin.workspace-in-bin");
    TestPeople.Someone member = people.signedIn(workspace, "Mia", Role.MEMBER);
    Http http = Http.onPort(port);
    String bin = "/w/" + workspace.slug() + "/bin";
    assertThat(http.pageOf(member.token(), bin).body())
        .contains("An owner of the workspace")
        .doesNotContain("Restore the workspace");
    TestPeople.Someone stranger = people.stranger("Eve");
    assertThat(http.pageOf(stranger.token(), bin).statusCode()).isEqualTo(404);
    assertThat(http.pageOf(stranger.token(), "/w/" + workspace.slug()).statusCode()).isEqualTo(404);
    TestPeople.Someone admin = people.signedIn(workspace, "Adam", Role.ADMIN);
    assertThat(post(admin, bin + "/" + item.id() + "/restore").statusCode()).isEqualTo(403);

    assertThat(post(someone, bin + "/" + item.id() + "/restore").statusCode()).isEqualTo(302);
    assertThat(page("").statusCode()).isEqualTo(200);
    assertThat(workspaces.inWorkspace(workspace.id(), () -> connections.storedSecrets(slack.id())))
        .isEqualTo(new byte[] {1, 2});
    assertThat(workspaces.inWorkspace(workspace.id(), connections::list)).contains(slack);
    workspaces.inWorkspace(workspace.id(), () -> connections.end(slack.id(), "test"));
  }

  @Test
  void aWorkspaceIsErasedAtItsEnd() {
    BinItem item = putAway(Bin.WORKSPACE, workspace.id().toString());
    assertThat(run(item, item.goesAt())).isPresent();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          clock.advance(Duration.ofSeconds(3));
          return workspaces.bySlug(workspace.slug()).isEmpty();
        });
    assertThat(page("/bin").statusCode()).isIn(302, 404);
    assertThat(count("bin_item")).isZero();
  }

  private void say(ChatConnection room, String text) {
    assertThat(
            input.say(room, new RoomInput.Speech(UUID.randomUUID(), "ada", "general", null, text)))
        .isEmpty();
  }

  private void scheduled(String kind) {
    workspaces.inWorkspace(
        workspace.id(), () -> schedule.set(kind, UUID.randomUUID(), clock.instant()));
  }

  private BinItem putAway(String kind, String subject) {
    Outcome outcome = desk.putAway(owner, kind, subject);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).line().item();
  }

  private Optional<Instant> run(BinItem item, Instant now) {
    return workspaces.inWorkspace(workspace.id(), () -> work.run(new Due(item.id(), now, now)));
  }

  private HttpResponse<String> page(String below) {
    return Http.onPort(port).pageOf(someone.token(), "/w/" + workspace.slug() + below);
  }

  private HttpResponse<String> post(TestPeople.Someone who, String path) {
    return Http.onPort(port)
        .post(path, Map.of("_csrf", who.csrf()), "Cookie", "bothy-session=" + who.token());
  }

  private long count(String table) {
    return workspaces.inWorkspace(
        workspace.id(), () -> jdbc.sql("select count(*) from " + table).query(Long.class).single());
  }
}
