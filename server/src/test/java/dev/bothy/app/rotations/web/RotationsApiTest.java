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
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Rotations, as programs make and read them.
@BothyTest
class RotationsApiTest {
  private static final String WEEKLY =
      "{\"name\":\"Support\",\"cadence\":\"weekly\",\"days\":[\"mon\",\"thu\"],\"time\":\"09:00\","
          + "\"timeZone\":\"Europe/Berlin\",\"people\":[\"Ada Byron\",\"chen\"]}";

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

  @BeforeEach
  void aRoomWithThreePeople() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = program(workspace, Role.ADMIN);
    connection =
        workspaces.inWorkspace(
            workspace.id(),
            () -> {
              ChatConnection made =
                  connections.create(Network.SANDBOX, "Sandbox", "bothy", new byte[1]);
              for (String name : List.of("Ada Byron", "Ben Okafor", "Chen Wei")) {
                jdbc.sql(
                        "insert into chat_account (workspace_id, connection_id, account, name,"
                            + " zone, active, bot, looked_up_at)"
                            + " values (?, ?, ?, ?, 'Europe/Berlin', true, false, now())")
                    .params(
                        workspace.id().value(),
                        made.id().value(),
                        name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT),
                        name)
                    .update();
              }
              return made.id();
            });
  }

  private Program program(Workspace in, Role... roles) {
    return Program.of(port, in, people, tokens, scopes, roles);
  }

  private HttpResponse<String> make(String settings) {
    return admin.send(
        "POST",
        "/rotations",
        "{\"connection\":\"%s\",\"conversation\":\"general\",\"settings\":%s}"
            .formatted(connection, settings));
  }

  @Test
  void aRotationIsMadeReadChangedPausedDeletedAndRestored() {
    HttpResponse<String> answer = make(WEEKLY);
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode made = done(answer);
    String it = "/rotations/" + made.path("id").asString();
    assertThat(made.at("/onDuty/name").asString()).isEqualTo("Ada Byron");
    assertThat(made.at("/next/account").asString()).isEqualTo("chen");
    assertThat(made.path("schedule").asString())
        .isEqualTo("every Monday, Thursday at 09:00 (Europe/Berlin)");
    assertThat(made.path("days").toString()).isEqualTo("[\"mon\",\"thu\"]");

    Program member = program(workspace, Role.MEMBER);
    assertThat(member.read(it)).isEqualTo(made);
    assertThat(member.read("/rotations").at("/items/0")).isEqualTo(made);

    JsonNode shifts = member.read(it + "/shifts?limit=3");
    assertThat(shifts.path("past")).hasSize(1);
    assertThat(shifts.path("coming")).hasSize(3);
    assertThat(shifts.at("/coming/0/person/account").asString()).isEqualTo("chen");

    String settings = WEEKLY.replace("Support", "Desk").replace("weekly", "custom");
    JsonNode changed =
        done(
            admin.send(
                "PUT",
                it,
                settings.replace("[\"mon\",\"thu\"]", "[\"mon\"],\"every\":2,\"unit\":\"weeks\"")));
    assertThat(changed.path("name").asString()).isEqualTo("Desk");
    assertThat(changed.path("every").asInt()).isEqualTo(2);
    assertThat(changed.at("/onDuty/name").asString()).isEqualTo("Ada Byron");

    for (int time = 0; time < 2; time++) {
      JsonNode paused = done(admin.send("POST", it + "/pause", ""));
      assertThat(paused.path("paused").asBoolean()).isTrue();
      assertThat(paused.path("onDuty").isNull()).isTrue();
    }
    for (int time = 0; time < 2; time++) {
      JsonNode resumed = done(admin.send("POST", it + "/resume", ""));
      assertThat(resumed.at("/onDuty/account").asString()).isEqualTo("ada");
    }

    assertThat(done(admin.send("DELETE", it, "")).path("deletedAt").isNull()).isFalse();
    problem(admin.send("DELETE", it, ""), 404, "api.not-found");
    assertThat(admin.read("/rotations").path("items")).isEmpty();
    assertThat(admin.read("/rotations?deleted=true").path("items")).hasSize(1);
    assertThat(done(admin.send("POST", it + "/restore", "")).path("deletedAt").isNull()).isTrue();
    problem(admin.send("POST", it + "/restore", ""), 404, "api.not-found");
  }

  @Test
  void aDeletedOneWhoseNameIsTakenIsNotRestored() {
    String it = "/rotations/" + done(make(WEEKLY)).path("id").asString();
    done(admin.send("DELETE", it, ""));
    done(make(WEEKLY));
    JsonNode refused =
        problem(admin.send("POST", it + "/restore", ""), 409, "rotations.not-possible");
    assertThat(refused.path("detail").asString()).contains("Support");
    problem(make(WEEKLY), 422, "api.invalid-input");
  }

  @Test
  void anotherWorkspacesRotationIsNotThere() {
    String it = "/rotations/" + done(make(WEEKLY)).path("id").asString();
    Program stranger = program(TestWorkspaces.fresh(workspaces), Role.OWNER);
    problem(stranger.send("GET", it, ""), 404, "api.not-found");
    problem(stranger.send("GET", it + "/shifts", ""), 404, "api.not-found");
    problem(stranger.send("PUT", it, WEEKLY), 404, "api.not-found");
    for (String change : List.of("/pause", "/resume", "/restore")) {
      problem(stranger.send("POST", it + change, ""), 404, "api.not-found");
    }
    problem(stranger.send("DELETE", it, ""), 404, "api.not-found");
    JsonNode refused =
        problem(
            stranger.send(
                "POST",
                "/rotations",
                "{\"connection\":\"%s\",\"conversation\":\"general\",\"settings\":%s}"
                    .formatted(connection, WEEKLY)),
            422,
            "api.invalid-input");
    assertThat(refused.path("errors").findValuesAsString("field")).containsExactly("connection");
  }

  @Test
  void aMemberReadsAndChangesNothing() {
    String it = "/rotations/" + done(make(WEEKLY)).path("id").asString();
    Program member = program(workspace, Role.MEMBER);
    problem(member.send("POST", "/rotations", "{}"), 403, "people.role-missing");
    problem(member.send("PUT", it, WEEKLY), 403, "people.role-missing");
    for (String change : List.of("/pause", "/resume", "/restore")) {
      problem(member.send("POST", it + change, ""), 403, "people.role-missing");
    }
    problem(member.send("DELETE", it, ""), 403, "people.role-missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "name":"Support"          | "name":""               | name
          "time":"09:00"            | "time":"9 o'clock"      | time
          "timeZone":"Europe/Berlin"| "timeZone":"Mars"       | timeZone
          "cadence":"weekly"        | "cadence":"sometimes"   | cadence
          "days":["mon","thu"]      | "days":["Xday"]         | days
          "people":["Ada Byron","chen"] | "people":["nobody-here"] | people
          "people":["Ada Byron","chen"] | "people":[]         | people
          "people":["Ada Byron","chen"] | "people":"ada"      | people
          """)
  void wrongSettingsAreToldByField(String right, String wrong, String field) {
    assertThat(WEEKLY).contains(right);
    JsonNode refused = problem(make(WEEKLY.replace(right, wrong)), 422, "api.invalid-input");
    assertThat(refused.path("errors").findValuesAsString("field"))
        .containsExactly("settings." + field);

    String it = "/rotations/" + done(make(WEEKLY)).path("id").asString();
    JsonNode unchanged =
        problem(admin.send("PUT", it, WEEKLY.replace(right, wrong)), 422, "api.invalid-input");
    assertThat(unchanged.path("errors").findValuesAsString("field")).containsExactly(field);
  }

  @Test
  void whatIsMissingIsTold() {
    JsonNode refused = problem(admin.send("POST", "/rotations", "{}"), 422, "api.invalid-input");
    assertThat(refused.path("errors").findValuesAsString("field"))
        .contains("connection", "conversation", "settings.name", "settings.people");
    problem(admin.send("GET", "/rotations?deleted=perhaps", ""), 422, "api.invalid-input");
    problem(
        admin.send("GET", "/rotations/" + UUID.randomUUID() + "/shifts?limit=0", ""),
        422,
        "api.invalid-input");
  }
}
