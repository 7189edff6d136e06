package dev.bothy.app.rotations.web;

import static dev.bothy.testkit.Program.done;
import static dev.bothy.testkit.Program.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Swap and cover requests, as programs ask for them, take them and take them back.
@BothyTest
class RequestsApiTest {
  private static final String NOBODY_NAMED = "{\"account\":null}";

  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private ConnectionId connection = new ConnectionId(new UUID(0, 0));
  private Program admin = new Program(new Http(""), "", "");
  private Program ben = admin;
  private Program chen = admin;
  private String it = "";

  @BeforeEach
  void aRotationOfTwoAndSomebodyElse() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = Program.of(port, workspace, people, tokens, scopes, Role.ADMIN);
    connection =
        workspaces.inWorkspace(
            workspace.id(),
            () -> {
              ChatConnection made =
                  connections.create(Network.SANDBOX, "Sandbox", "bothy", new byte[1]);
              for (String account : List.of("ada", "ben", "chen")) {
                jdbc.sql(
                        "insert into chat_account (workspace_id, connection_id, account, name,"
                            + " zone, active, bot, looked_up_at)"
                            + " values (?, ?, ?, ?, 'Europe/Berlin', true, false, now())")
                    .params(workspace.id().value(), made.id().value(), account, account + " A.")
                    .update();
              }
              return made.id();
            });
    ben = linkedTo("ben");
    chen = linkedTo("chen");
    it =
        "/rotations/"
            + done(admin.send(
                    "POST",
                    "/rotations",
                    """
                    {"connection":"%s","conversation":"general","settings":{"name":"Support",
                     "layers":[{"cadence":"daily","time":"09:00","timeZone":"UTC",
                     "people":[{"account":"ada"},{"account":"ben"}]}]}}
                    """
                        .formatted(connection)))
                .path("id")
                .asString();
  }

  private Program linkedTo(String account) {
    TestPeople.Someone someone = people.signedIn(workspace, account, Role.MEMBER);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql(
                    "insert into chat_link (workspace_id, connection_id, account, person_id,"
                        + " linked_by, linked_at) values (?, ?, ?, ?, 'ADMIN', now())")
                .params(workspace.id().value(), connection.value(), account, someone.id().value())
                .update());
    Viewer viewer =
        new Viewer(someone.id(), account, workspace.id(), workspace.slug(), Set.of(Role.MEMBER));
    ApiTokens.Made made = tokens.make(viewer, "test", scopes.all(), null);
    return new Program(Http.onPort(port), workspace.slug(), ((ApiTokens.Made.Token) made).token());
  }

  @Test
  void itIsAskedTakenGivenBackTakenByAnotherAndShown() {
    JsonNode asked = done(ben.send("POST", it + "/requests", request("cover", "null")));
    assertThat(asked.at("/person/account").asString()).isEqualTo("ben");
    assertThat(asked.path("state").asString()).isEqualTo("open");
    String request = it + "/requests/" + asked.path("id").asString();

    done(chen.send("POST", request + "/decline", NOBODY_NAMED));
    assertThat(ben.read(request).at("/cannot/0/account").asString()).isEqualTo("chen");
    JsonNode taken = done(chen.send("POST", request + "/take", NOBODY_NAMED));
    assertThat(taken.path("state").asString()).isEqualTo("taken");
    assertThat(taken.at("/takenBy/name").asString()).isEqualTo("chen A.");
    assertThat(admin.read(it + "/changes").at("/items/0/why").asString()).isEqualTo("cover");
    problem(ben.send("POST", request + "/take", NOBODY_NAMED), 409, "rotations.request-closed");
    assertThat(fields(ben.send("POST", request + "/undo", ""))).containsExactly("request");

    assertThat(done(chen.send("POST", request + "/undo", "")).path("state").asString())
        .isEqualTo("open");
    assertThat(admin.read(it + "/changes").path("items")).isEmpty();
    done(admin.send("POST", request + "/take", "{\"account\":\"ada A.\"}"));
    assertThat(chen.read(request).at("/takenBy/account").asString()).isEqualTo("ada");
    assertThat(ben.read(it + "/requests?state=taken").path("items")).hasSize(1);
    assertThat(ben.read(it + "/requests?state=open").path("items")).isEmpty();
    assertThat(ben.read("/rotations/requests").path("items")).hasSize(1);
    assertThat(chen.read("/rotations/requests").path("items")).isEmpty();
  }

  @Test
  void anAdminWhoUndoesTheChangeClosesTheRequestForGood() {
    String id =
        done(admin.send("POST", it + "/requests", request("swap", "\"ben\"")))
            .path("id")
            .asString();
    String request = it + "/requests/" + id;
    JsonNode taken = done(admin.send("POST", request + "/take", "{\"account\":\"ada\"}"));
    done(admin.send("DELETE", it + "/changes/" + taken.path("change").asString(), ""));
    JsonNode closed = ben.read(request);
    assertThat(closed.path("state").asString()).isEqualTo("deleted");
    assertThat(closed.at("/closed/why").asString()).isEqualTo("undone");
    problem(
        admin.send("POST", request + "/take", "{\"account\":\"ada\"}"),
        409,
        "rotations.request-closed");
  }

  @Test
  void whoMayNotIsToldWhy() {
    Program stranger = Program.of(port, workspace, people, tokens, scopes, Role.MEMBER);
    assertThat(fields(stranger.send("POST", it + "/requests", request("cover", "\"ben\""))))
        .containsExactly("account");
    assertThat(fields(chen.send("POST", it + "/requests", request("cover", "\"ben\""))))
        .containsExactly("person");
    assertThat(fields(chen.send("POST", it + "/requests", request("cover", "null"))))
        .containsExactly("from");
    assertThat(fields(ben.send("POST", it + "/requests", request("lend", "null"))))
        .containsExactly("kind");
    assertThat(fields(ben.send("GET", it + "/requests?state=lost", ""))).containsExactly("state");
    String request =
        it
            + "/requests/"
            + done(ben.send("POST", it + "/requests", request("swap", "\"ada\"")))
                .path("id")
                .asString();
    assertThat(fields(chen.send("POST", request + "/take", NOBODY_NAMED))).containsExactly("in");
    assertThat(fields(chen.send("POST", request + "/take", "{\"account\":\"ben\"}")))
        .containsExactly("account");
    assertThat(fields(chen.send("DELETE", request, ""))).containsExactly("request");
    assertThat(done(ben.send("DELETE", request, "")).at("/closed/by/account").asString())
        .isEqualTo("ben");
  }

  private static String request(String kind, String account) {
    return "{\"kind\":\"%s\",\"account\":%s,\"role\":null,\"from\":null,\"until\":null}"
        .formatted(kind, account);
  }

  private static List<String> fields(HttpResponse<String> answer) {
    return problem(answer, 422, "api.invalid-input")
        .path("errors")
        .valueStream()
        .map(error -> error.path("field").asString())
        .toList();
  }
}
