package dev.bothy.platform.retention.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BothyTest
class RetentionApiTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @LocalServerPort int port;

  private Program program(Workspace workspace, Role role) {
    return Program.of(port, workspace, people, tokens, scopes, role);
  }

  @Test
  void clocksAreReadAndSet() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    Program admin = program(workspace, Role.ADMIN);
    JsonNode first = admin.read("/retention/clocks").path("items").path(0);
    assertThat(first.path("clock").asString()).isEqualTo("message-text");
    assertThat(first.path("days").asInt()).isEqualTo(30);
    assertThat(first.path("changedAt").isNull()).isTrue();

    JsonNode set =
        Program.done(admin.send("PUT", "/retention/clocks/message-text", "{\"days\": 7}"));
    assertThat(set.path("days").asInt()).isEqualTo(7);
    assertThat(set.path("changedAt").asString()).endsWith("Z");
    assertThat(admin.read("/retention/dry-run").path("due").isEmpty()).isTrue();
    assertThat(admin.read("/retention/dry-run?clock=deliveries&days=1").path("at").asString())
        .endsWith("Z");
  }

  @Test
  void wrongInputIsSaidByField() {
    Program admin = program(TestWorkspaces.fresh(workspaces), Role.ADMIN);
    JsonNode problem =
        Program.problem(
            admin.send("PUT", "/retention/clocks/audit", "{\"days\": 3}"),
            422,
            "api.invalid-input");
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("days");
    assertThat(problem.at("/errors/0/message").asString()).contains("90 to 3650 are allowed");
    Program.problem(admin.send("PUT", "/retention/clocks/audit", "{}"), 422, "api.invalid-input");
    Program.problem(admin.send("GET", "/retention/dry-run?days=3", ""), 422, "api.invalid-input");
    Program.problem(
        admin.send("GET", "/retention/dry-run?clock=audit&days=3", ""), 422, "api.invalid-input");
    Program.problem(
        admin.send("PUT", "/retention/clocks/none", "{\"days\": 3}"), 404, "api.not-found");
  }

  @Test
  void anAuditorReadsAndAMemberDoesNot() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    Program auditor = program(workspace, Role.AUDITOR);
    assertThat(auditor.read("/retention/clocks").path("items").size()).isEqualTo(7);
    assertThat(auditor.send("PUT", "/retention/clocks/message-text", "{\"days\": 7}").statusCode())
        .isEqualTo(403);
    Program member = program(workspace, Role.MEMBER);
    assertThat(member.send("GET", "/retention/clocks", "").statusCode()).isEqualTo(403);
    assertThat(member.send("GET", "/retention/dry-run", "").statusCode()).isEqualTo(403);
    Program elsewhere =
        new Program(member.http(), TestWorkspaces.fresh(workspaces).slug(), auditor.token());
    assertThat(elsewhere.send("GET", "/retention/clocks", "").statusCode()).isEqualTo(404);
  }
}
