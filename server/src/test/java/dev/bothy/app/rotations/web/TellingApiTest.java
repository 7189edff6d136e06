package dev.bothy.app.rotations.web;

import static dev.bothy.testkit.Program.done;
import static dev.bothy.testkit.Program.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.RotationRows;
import dev.bothy.testkit.TestWorkspaces;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// What a rotation tells and expects of hand-offs, as programs set it.
@BothyTest
class TellingApiTest {
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private Program admin = new Program(new Http(""), "", "");
  private String telling = "";

  @BeforeEach
  void aRotation() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = program(Role.ADMIN);
    UUID rotation = UUID.randomUUID();
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          ConnectionId connection =
              connections.create(Network.SANDBOX, "Room", "B", new byte[] {1}).id();
          jdbc.sql(RotationRows.ROTATION)
              .params(workspace.id().value(), rotation, "Desk", connection.value())
              .update();
        });
    telling = "/rotations/" + rotation + "/telling";
  }

  private Program program(Role... roles) {
    return Program.of(port, workspace, people, tokens, scopes, roles);
  }

  @Test
  void whatIsExpectedOfAHandoffIsSetAndReadAndByDefaultIsNothing() {
    JsonNode before = admin.read(telling);
    assertThat(before.path("handoff").toString())
        .isEqualTo(
            "{\"checklist\":[],\"note\":\"optional\",\"noteReminderMinutes\":30,"
                + "\"acknowledgeMinutes\":120,\"readers\":\"next\"}");
    JsonNode after =
        done(
            admin.send(
                "PUT",
                telling,
                """
                {"handoff":{"checklist":[" Queue ","Pager"],"note":"expected",
                 "noteReminderMinutes":60,"acknowledgeMinutes":0,"readers":"owners"}}
                """));
    assertThat(after.path("handoff").toString())
        .isEqualTo(
            "{\"checklist\":[\"Queue\",\"Pager\"],\"note\":\"expected\",\"noteReminderMinutes\":60,"
                + "\"acknowledgeMinutes\":0,\"readers\":\"owners\"}");
    assertThat(admin.read(telling)).isEqualTo(after);
    assertThat(done(admin.send("PUT", telling, "{}")).path("handoff"))
        .isEqualTo(before.path("handoff"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"checklist\":[\"a\",\"a\"]}           | handoff.checklist",
        "{\"checklist\":[null]}                  | handoff.checklist",
        "{\"note\":\"perhaps\"}                  | handoff.note",
        "{\"readers\":\"everybody\"}             | handoff.readers",
        "{\"noteReminderMinutes\":5}             | handoff.noteReminderMinutes",
        "{\"acknowledgeMinutes\":-1}             | handoff.acknowledgeMinutes"
      })
  void whatIsNotAllowedIsNamedByItsField(String handoff, String field) {
    JsonNode refused =
        problem(
            admin.send("PUT", telling, "{\"handoff\":" + handoff + "}"), 422, "api.invalid-input");
    assertThat(refused.path("errors").findValuesAsString("field")).containsExactly(field);
  }

  @Test
  void aRevisionIsSavedOverOnlyByWhoeverHasReadTheLatest() {
    long revision = admin.read(telling).path("revision").asLong();
    String change = "{\"topic\":true,\"revision\":" + revision + "}";
    assertThat(done(admin.send("PUT", telling, change)).path("revision").asLong())
        .isGreaterThan(revision);
    problem(admin.send("PUT", telling, change), 409, "api.conflict");
  }

  @Test
  void onlyAnAdminSetsIt() {
    problem(program(Role.MEMBER).send("PUT", telling, "{}"), 403, "people.role-missing");
  }
}
