package dev.bothy.platform.console.web;

import static dev.bothy.testkit.Program.done;
import static dev.bothy.testkit.Program.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// The audit log, connections and dead letters, as programs see them.
@BothyTest
class ConsoleApiTest {
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Inbox inbox;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private Program admin = new Program(new Http(""), "", "");
  private ConnectionId connection = new ConnectionId(new UUID(0, 0));

  @BeforeEach
  void anAdminAndAConnection() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = program(workspace, Role.ADMIN);
    connection =
        workspaces.inWorkspace(
            workspace.id(),
            () -> connections.create(Network.SANDBOX, "Room", "bothy", new byte[1]).id());
  }

  private Program program(Workspace in, Role... roles) {
    return Program.of(port, in, people, tokens, scopes, roles);
  }

  @Test
  void theAuditLogIsReadPageByPage() {
    for (Role role : Role.values()) {
      people.signedIn(workspace, "Somebody", role);
    }
    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = admin.read("/audit?limit=3" + after);
      assertThat(page.path("items").size()).isBetween(1, 3);
      page.path("items").forEach(entry -> seen.add(entry.path("id").asString()));
      after = page.path("next").isNull() ? "" : "&after=" + page.path("next").asString();
    } while (!after.isEmpty());
    assertThat(seen).hasSizeGreaterThanOrEqualTo(Role.values().length + 1);
    assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);

    JsonNode made = admin.read("/audit?action=people.token-made");
    assertThat(made.path("items")).hasSize(1);
    JsonNode entry = made.at("/items/0");
    assertThat(entry.path("actorKind").asString()).isEqualTo("person");
    assertThat(entry.path("subjectKind").asString()).isEqualTo("people.token");
    assertThat(admin.read("/audit?subject=" + entry.path("subject").asString()).path("items"))
        .hasSize(1);
    assertThat(admin.read("/audit?actor=" + entry.path("actor").asString()).path("items"))
        .hasSize(1);
    assertThat(admin.read("/audit?until=2001-01-01T00:00:00Z").path("items")).isEmpty();
    assertThat(admin.read("/audit?action=people&from=2001-01-01T00:00:00Z").path("items"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/audit?action=People",
        "/audit?from=yesterday",
        "/audit?after=1.x",
        "/audit?limit=201",
        "/audit?limit=many",
        "/dead-letters?box=postbox",
        "/dead-letters?after=x"
      })
  void aWrongQuestionIsTold(String question) {
    JsonNode refused = problem(admin.send("GET", question, ""), 422, "api.invalid-input");
    String field = question.substring(question.indexOf('?') + 1, question.indexOf('='));
    assertThat(refused.at("/errors/0/field").asString()).isEqualTo(field);
  }

  @Test
  void aMemberIsToldWhoMay() {
    Program member = program(workspace, Role.MEMBER);
    for (String path : List.of("/audit", "/connections", "/dead-letters")) {
      problem(member.send("GET", path, ""), 403, "people.role-missing");
    }
    problem(member.send("POST", "/dead-letters/retry", ""), 403, "people.role-missing");
    Program auditor = program(workspace, Role.AUDITOR);
    auditor.read("/audit");
    auditor.read("/dead-letters");
    problem(auditor.send("POST", "/dead-letters/retry", ""), 403, "people.role-missing");
  }

  @Test
  void connectionsAreListedWithTheirState() {
    JsonNode active = admin.read("/connections").at("/items/0");
    assertThat(active.path("id").asString()).isEqualTo(connection.toString());
    assertThat(active.path("network").asString()).isEqualTo("sandbox");
    assertThat(active.path("state").asString()).isEqualTo("ACTIVE");
    assertThat(active.path("reason").isNull()).isTrue();

    workspaces.inWorkspace(workspace.id(), () -> connections.markBroken(connection, "bad-token"));
    JsonNode broken = admin.read("/connections/" + connection);
    assertThat(broken.path("state").asString()).isEqualTo("BROKEN");
    assertThat(broken.path("reason").asString()).isEqualTo("bad-token");
    assertThat(broken.path("since").asString()).endsWith("Z");

    Program stranger = program(TestWorkspaces.fresh(workspaces), Role.OWNER);
    problem(stranger.send("GET", "/connections/" + connection, ""), 404, "api.not-found");
    assertThat(stranger.read("/connections").path("items")).isEmpty();
  }

  @Test
  void deadLettersAreListedReadRetriedAndDropped() {
    for (int letter = 0; letter < 3; letter++) {
      inbox.accept(
          new Inbox.Delivery(
              workspace.id(),
              connection.value(),
              "delivery-" + letter,
              connection + ":general",
              "chat.slack",
              "{\"type\":\"of-a-later-version\"}".getBytes(StandardCharsets.UTF_8)));
    }
    await().until(() -> admin.read("/dead-letters").path("items").size() == 3);
    JsonNode page = admin.read("/dead-letters?limit=2&box=inbox");
    assertThat(page.path("items")).hasSize(2);
    JsonNode rest =
        admin.read("/dead-letters?limit=2&box=inbox&after=" + page.path("next").asString());
    assertThat(rest.path("items")).hasSize(1);
    assertThat(rest.path("next").isNull()).isTrue();
    assertThat(admin.read("/dead-letters?box=outbox").path("items")).isEmpty();

    JsonNode letter = page.at("/items/0");
    String it = "/dead-letters/inbox/" + letter.path("id").asString();
    assertThat(admin.read(it)).isEqualTo(letter);
    assertThat(done(admin.send("POST", it + "/content", "")).path("text").asString())
        .contains("of-a-later-version");
    Program stranger = program(TestWorkspaces.fresh(workspaces), Role.OWNER);
    problem(stranger.send("GET", it, ""), 404, "api.not-found");
    for (String change : List.of("/content", "/retry", "/drop")) {
      problem(stranger.send("POST", it + change, ""), 404, "api.not-found");
    }

    assertThat(admin.send("POST", it + "/drop", "").statusCode()).isEqualTo(204);
    problem(admin.send("POST", it + "/drop", ""), 404, "api.not-found");
    problem(admin.send("POST", it + "/retry", ""), 404, "api.not-found");
    problem(admin.send("GET", it.replace("inbox", "postbox"), ""), 404, "api.not-found");
    assertThat(
            done(admin.send("POST", "/dead-letters/retry?box=inbox", "")).path("retried").asInt())
        .isEqualTo(2);
    await().until(() -> admin.read("/dead-letters").path("items").size() == 2);
    assertThat(admin.read("/audit?action=work").findValuesAsString("action"))
        .contains("work.letter-read", "work.letter-dropped", "work.letters-retried");
  }
}
