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
import dev.bothy.testkit.Program;
import dev.bothy.testkit.RowsOf;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Plans of other products, and rotations as files, as programs have them.
@BothyTest
class RotationImportsApiTest {
  private static final Path FILES = Path.of("src/test/resources/rotation-files");

  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private ConnectionId connection = new ConnectionId(new UUID(0, 0));
  private Program admin;

  @BeforeEach
  void aRoomWithThreePeople() {
    workspace = TestWorkspaces.fresh(workspaces);
    connection =
        workspaces.inWorkspace(
            workspace.id(),
            () -> {
              ConnectionId made =
                  connections.create(Network.SANDBOX, "Sandbox", "bothy", new byte[1]).id();
              for (String name : List.of("Ada Lovelace", "Grace Hopper", "Edsger Dijkstra")) {
                jdbc.sql(
                        "insert into chat_account (workspace_id, connection_id, account, name, zone,"
                            + " active, bot, looked_up_at) values (?, ?, ?, ?, 'UTC', true, false,"
                            + " now())")
                    .params(
                        workspace.id().value(),
                        made.value(),
                        name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT),
                        name)
                    .update();
              }
              return made;
            });
    admin = program(Role.ADMIN);
  }

  private Program program(Role role) {
    return Program.of(port, workspace, people, tokens, scopes, role);
  }

  private static String file(String name) throws IOException {
    return Files.readString(FILES.resolve(name));
  }

  private ObjectNode body(String file) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("file", file)
        .put("connection", connection.toString())
        .put("conversation", "general");
  }

  private HttpResponse<String> preview(Program who, String file) {
    return who.send(
        "POST", "/rotations/imports/preview", body(file).without("conversation").toString());
  }

  private HttpResponse<String> make(Program who, ObjectNode body) {
    return who.send("POST", "/rotations/imports", body.toString());
  }

  /// But for when the token was used.
  private Map<String, String> rows() {
    Map<String, String> rows = new HashMap<>(RowsOf.quiet(workspace.id().value()));
    rows.remove("api_token");
    return rows;
  }

  @Test
  void aFileIsLookedAtAndTheRotationIsMade() throws IOException {
    Map<String, String> before = rows();
    JsonNode preview = done(preview(admin, file("pagerduty.json")));
    assertThat(preview.path("source").asString()).isEqualTo("PagerDuty");
    assertThat(preview.path("notCarried").findValuesAsString("what"))
        .contains("Escalation policies were left out.");
    JsonNode schedule = preview.path("schedules").path(0);
    assertThat(schedule.path("name").asString()).isEqualTo("Support");
    assertThat(schedule.path("layers").asInt()).isEqualTo(2);
    assertThat(schedule.path("people").findValuesAsString("account"))
        .containsExactlyInAnyOrder("ada", "grace", "edsger");
    assertThat(schedule.path("shifts")).isNotEmpty();
    assertThat(rows()).isEqualTo(before);

    JsonNode rotation = done(make(admin, body(file("pagerduty.json"))));
    assertThat(rotation.path("name").asString()).isEqualTo("Support");
    assertThat(rotation.path("layers")).hasSize(2);
    String now = schedule.at("/shifts/0/person").asString();
    assertThat(rotation.at("/duties/0/held/0/person/account").asString())
        .isEqualTo(schedule.at("/people/" + now + "/account").asString());
    problem(make(admin, body(file("pagerduty.json"))), 422, "api.invalid-input");
  }

  @Test
  void peopleAreWhoTheProgramSays() throws IOException {
    ObjectNode body = body(file("pagerduty.json")).put("name", "Chosen");
    body.putArray("people").addObject().put("number", 2).put("account", "Edsger Dijkstra");
    JsonNode refused = problem(make(admin, body), 422, "api.invalid-input");
    // The first layer's people are others, of whom nobody was named.
    body.withArray("people").addObject().put("number", 1).put("account", "grace");
    JsonNode made = done(make(admin, body));
    assertThat(made.at("/layers/0/people").findValuesAsString("account")).contains("grace");
    assertThat(refused.path("errors").findValuesAsString("field")).containsExactly("people");
    body.put("name", "Other").withArray("people").addObject().put("number", 17).put("account", "x");
    assertThat(
            problem(make(admin, body), 422, "api.invalid-input")
                .path("errors")
                .findValuesAsString("field"))
        .containsExactly("people[2]");
  }

  @Test
  void whatIsWrongIsSaidByFieldAndNothingIsMade() throws IOException {
    assertThat(
            problem(make(admin, JsonMapper.shared().createObjectNode()), 422, "api.invalid-input")
                .path("errors")
                .findValuesAsString("field"))
        .containsExactly("file", "connection", "conversation");
    assertThat(
            problem(preview(admin, "{\"hello\":1}"), 422, "api.invalid-input")
                .at("/errors/0/message")
                .asString())
        .contains("none that is known");
    assertThat(
            problem(
                    make(admin, body(file("pagerduty.json")).put("schedule", 3)),
                    422,
                    "api.invalid-input")
                .at("/errors/0/field")
                .asString())
        .isEqualTo("schedule");
    problem(preview(program(Role.MEMBER), file("pagerduty.json")), 403, "people.role-missing");
    problem(make(program(Role.MEMBER), body(file("pagerduty.json"))), 403, "people.role-missing");
    assertThat(admin.read("/rotations").path("items")).isEmpty();
  }

  @Test
  void exportedSettingsMakeTheSameRotationAgain() throws IOException {
    String settings =
        """
        {"name":"Desk","layers":[
          {"role":"Primary","cadence":"custom","every":2,"unit":"weeks","days":["mon"],
           "time":"09:00","timeZone":"Europe/Berlin","activeDays":["mon","tue"],
           "hours":["mon-fri 09:00-17:00"],"order":"queue","absences":"ask",
           "people":[{"account":"ada"},{"account":null},{"account":"grace","leavesOn":"2099-01-01"}]},
          {"role":"Secondary","cadence":"weekly","days":["wed"],"time":"10:00","timeZone":"UTC",
           "order":"balanced","people":[{"account":"edsger"}]}]}
        """;
    JsonNode made =
        done(
            admin.send(
                "POST",
                "/rotations",
                "{\"connection\":\"%s\",\"conversation\":\"general\",\"settings\":%s}"
                    .formatted(connection, settings)));
    String it = "/rotations/" + made.path("id").asString();
    ObjectNode exported = (ObjectNode) program(Role.MEMBER).read(it + "/export/settings");
    ((ObjectNode) exported.path("settings")).put("name", "Desk 2");

    JsonNode again = done(admin.send("POST", "/rotations", exported.toString()));
    assertThat(again.path("layers")).isEqualTo(made.path("layers"));
    assertThat(again.path("conversation")).isEqualTo(made.path("conversation"));
    ObjectNode back =
        (ObjectNode) admin.read("/rotations/" + again.path("id").asString() + "/export/settings");
    assertThat(back).isEqualTo(exported);
  }

  @Test
  void shiftsAreATableAndJsonWithTheSameNames() throws IOException {
    String it =
        "/rotations/" + done(make(admin, body(file("pagerduty.json")))).path("id").asString();
    Program member = program(Role.MEMBER);
    JsonNode shifts = member.read(it + "/export/shifts").path("shifts");
    HttpResponse<String> table = member.send("GET", it + "/export/shifts.csv", "");
    assertThat(table.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    List<String> lines = table.body().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo("rotation,role,person,account,start,end,why,instead_of,hours");
    assertThat(lines).hasSize(shifts.size() + 1);
    assertThat(shifts.path(0).propertyNames())
        .containsExactlyInAnyOrder(lines.getFirst().split(","));
    assertThat(lines.get(1)).contains(shifts.at("/0/start").asString());
    problem(
        member.send("GET", it + "/export/shifts?from=2020-01-01T00:00:00Z", ""),
        422,
        "api.invalid-input");
    problem(
        member.send("GET", it + "/export/shifts.csv?from=2020-01-01T00:00:00Z", ""),
        422,
        "api.invalid-input");
    problem(
        member.send("GET", "/rotations/" + UUID.randomUUID() + "/export/shifts", ""),
        404,
        "api.not-found");
  }
}
