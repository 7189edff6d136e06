package dev.bothy.platform.calendar.web;

import static dev.bothy.testkit.Program.done;
import static dev.bothy.testkit.Program.problem;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Holiday calendars, as programs see them.
@BothyTest
class HolidaysApiTest {
  private static final String AREA = "/holiday-calendars";
  private static final String GERMANY =
      "{\"name\":\"%s\",\"days\":[{\"day\":\"2026-12-25\",\"name\":\"Christmas\"}]}";

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @LocalServerPort int port;

  @Test
  void aCalendarIsMadeFilledDeletedAndBroughtBack() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    Program admin = program(workspace, Role.ADMIN);
    JsonNode made = done(admin.send("POST", AREA, GERMANY.formatted("Germany")));
    assertThat(made.at("/days/0/day").asString()).isEqualTo("2026-12-25");
    String one = AREA + "/" + made.path("id").asString();
    JsonNode filled =
        done(
            admin.send(
                "POST", one + "/public-holidays", "{\"region\":\"DE-BY\",\"years\":[2026]}"));
    assertThat(filled.path("days").size()).isGreaterThan(10);
    assertThat(admin.read(one)).isEqualTo(filled);
    assertThat(filled.at("/followed/0/region").asString()).isEqualTo("DE-BY");
    JsonNode stopped = done(admin.send("DELETE", one + "/public-holidays?region=de-by", ""));
    assertThat(stopped.path("followed")).isEmpty();
    assertThat(stopped.path("days")).isEqualTo(filled.path("days"));
    problem(admin.send("DELETE", one + "/public-holidays?region=DE-BY", ""), 404, "api.not-found");
    done(admin.send("PUT", one, "{\"name\":\"Bavaria\",\"days\":[]}"));
    assertThat(done(admin.send("DELETE", one, "")).path("name").asString()).isEqualTo("Bavaria");
    problem(admin.send("GET", one, ""), 404, "api.not-found");
    assertThat(admin.read(AREA + "?deleted=true").path("items")).hasSize(1);

    JsonNode other = done(admin.send("POST", AREA, GERMANY.formatted("bavaria")));
    problem(admin.send("POST", one + "/restore", ""), 409, "calendar.not-possible");
    done(admin.send("DELETE", AREA + "/" + other.path("id").asString(), ""));
    done(admin.send("POST", one + "/restore", ""));
    assertThat(admin.read(AREA).path("items")).hasSize(1);
  }

  @Test
  void membersReadAndChangeNothing() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    Program admin = program(workspace, Role.ADMIN);
    Program member = program(workspace, Role.MEMBER);
    String one =
        AREA
            + "/"
            + done(admin.send("POST", AREA, GERMANY.formatted("Germany"))).path("id").asString();
    assertThat(member.read(one).path("name").asString()).isEqualTo("Germany");
    assertThat(member.read(AREA).path("items")).hasSize(1);
    for (String call : List.of("POST " + AREA, "PUT " + one, "DELETE " + one)) {
      String[] parts = call.split(" ", -1);
      String document = parts[0].equals("DELETE") ? "" : GERMANY.formatted("Other");
      problem(member.send(parts[0], parts[1], document), 403, "people.role-missing");
    }
    problem(
        member.send("POST", one + "/public-holidays", "{\"region\":\"DE\",\"years\":[2026]}"),
        403,
        "people.role-missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                             | name
          {"name":" ","days":[{"day":"x","name":"A"}]}                   | name,days
          {"name":"A","days":[null,{"day":"2026-12-25","name":null}]}    | days
          {"name":"A","days":[{"day":"2026-12-25\\n2026-12-26 B","name":"A"}]} | days
          {"name":"A","days":[{"day":null,"name":"2026-12-26 B"}]}       | days
          {"name":"A","days":[{"day":"#","name":"B"}]}                   | days
          """)
  void wrongInputIsNamedByField(String document, String fields) {
    Program admin = program(TestWorkspaces.fresh(workspaces), Role.ADMIN);
    JsonNode refused = problem(admin.send("POST", AREA, document), 422, "api.invalid-input");
    assertThat(refused.path("errors"))
        .extracting(error -> error.path("field").asString())
        .containsExactly(fields.split(",", -1));
    assertThat(admin.read(AREA).path("items")).isEmpty();
  }

  private Program program(Workspace of, Role... roles) {
    return Program.of(port, of, people, tokens, scopes, roles);
  }
}
