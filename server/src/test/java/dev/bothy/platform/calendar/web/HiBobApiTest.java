package dev.bothy.platform.calendar.web;

import static dev.bothy.testkit.Program.done;
import static dev.bothy.testkit.Program.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.calendar.hibob.FakeHiBob;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// HiBob, as programs of admins see it.
@BothyTest
class HiBobApiTest {
  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom sandbox;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @LocalServerPort int port;

  private final FakeHiBob.Company company = FakeHiBob.shared().company();
  private Workspace workspace;
  private String connection;
  private Program admin;

  @BeforeEach
  void open() {
    workspace = TestWorkspaces.fresh(workspaces);
    connection =
        workspaces.inWorkspace(workspace.id(), () -> sandbox.open().id().value().toString());
    admin = Program.of(port, workspace, people, tokens, scopes, Role.ADMIN);
    company.employee("1001", "one@example.com");
    company.employee("1002", "two@example.com");
  }

  @Test
  void itIsConnectedMatchedComparedAndDisconnectedAndItsTokenIsToldToNobody() {
    problem(admin.send("GET", "/hibob", ""), 404, "api.not-found");
    problem(admin.send("POST", "/hibob/sync", ""), 404, "api.not-found");
    problem(admin.send("GET", "/hibob/unmatched", ""), 404, "api.not-found");
    JsonNode made = done(admin.send("PUT", "/hibob", user(company.token)));
    assertThat(made.path("failingSince").isNull()).isTrue();
    assertThat(made.toString()).doesNotContain(company.token).doesNotContain(company.user);

    done(admin.send("PUT", "/hibob/matches", match("\"1001\"")));
    JsonNode synced = done(admin.send("POST", "/hibob/sync", ""));
    assertThat(synced.path("problem").isNull()).isTrue();
    assertThat(synced.path("matched").asInt()).isEqualTo(1);
    JsonNode shown = admin.read("/hibob");
    assertThat(shown.path("comparedAt").isNull()).isFalse();
    assertThat(shown.toString()).doesNotContain(company.token);
    assertThat(admin.read("/hibob/matches").at("/items/0/employee").asString()).isEqualTo("1001");
    JsonNode unmatched = admin.read("/hibob/unmatched");
    assertThat(unmatched.path("employees")).extracting(JsonNode::asString).containsExactly("1002");
    assertThat(unmatched.path("accounts")).hasSize(3);
    assertThat(unmatched.toString()).doesNotContain("example.com");

    done(admin.send("PUT", "/hibob/matches", match("null")));
    assertThat(admin.read("/hibob/matches").path("items")).isEmpty();
    assertThat(admin.send("DELETE", "/hibob", "").statusCode()).isEqualTo(204);
    problem(admin.send("GET", "/hibob", ""), 404, "api.not-found");
  }

  @Test
  void whatIsWrongIsSaidInWords() {
    JsonNode refused =
        problem(
            admin.send("PUT", "/hibob", "{\"user\":null,\"token\":\"a b\"}"),
            422,
            "api.invalid-input");
    assertThat(refused.path("errors"))
        .extracting(error -> error.path("field").asString())
        .containsExactly("user", "token");
    done(admin.send("PUT", "/hibob", user("another")));
    assertThat(done(admin.send("POST", "/hibob/sync", "")).path("problem").asString())
        .startsWith("HiBob does not know the service user");
    assertThat(
            problem(admin.send("GET", "/hibob/unmatched", ""), 409, "calendar.hibob-not-read")
                .path("detail")
                .asString())
        .startsWith("HiBob does not know the service user");
    problem(admin.send("PUT", "/hibob/matches", match("\"not an id\"")), 422, "api.invalid-input");
    problem(
        admin.send("PUT", "/hibob/matches", "{\"connection\":null,\"employee\":\"1\"}"),
        422,
        "api.invalid-input");
  }

  @Test
  void itIsForAdminsAlone() {
    done(admin.send("PUT", "/hibob", user(company.token)));
    Program manager = Program.of(port, workspace, people, tokens, scopes, Role.MANAGER);
    for (String call :
        List.of(
            "GET /hibob",
            "DELETE /hibob",
            "POST /hibob/sync",
            "GET /hibob/matches",
            "GET /hibob/unmatched")) {
      String[] parts = call.split(" ", -1);
      problem(manager.send(parts[0], parts[1], ""), 403, "people.role-missing");
    }
    problem(manager.send("PUT", "/hibob", user(company.token)), 403, "people.role-missing");
    problem(manager.send("PUT", "/hibob/matches", match("null")), 403, "people.role-missing");
  }

  private String user(String token) {
    return "{\"user\":\"%s\",\"token\":\"%s\"}".formatted(company.user, token);
  }

  private String match(String employee) {
    return "{\"connection\":\"%s\",\"account\":\"ada\",\"employee\":%s}"
        .formatted(connection, employee);
  }
}
