package dev.bothy.platform.calendar.web;

import static dev.bothy.testkit.Program.done;
import static dev.bothy.testkit.Program.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.calendar.AbsenceOrigin;
import dev.bothy.platform.calendar.AbsenceSource;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.Told;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Absences, as programs see them.
@BothyTest
class AbsencesApiTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Absences absences;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired JdbcClient jdbc;
  @Autowired Audit audit;
  @Autowired Clock clock;
  @LocalServerPort int port;

  private CalendarWorld world;
  private LocalDate today;

  @BeforeEach
  void open() {
    world = CalendarWorld.fresh(workspaces, connections, jdbc);
    today = clock.instant().atZone(BERLIN).toLocalDate();
  }

  @Test
  void aMemberEntersChangesAndRemovesTheirOwnAndSeesThoseOfOthers() {
    Program ada = linked("ada", Role.MEMBER);
    Program ben = linked("ben", Role.MEMBER);
    JsonNode made = done(ada.send("POST", "/absences", wanted("ada", days(3, 5))));
    assertThat(made.path("name").asString()).isEqualTo("Ada Byron");
    assertThat(made.path("source").asString()).isEqualTo("api");
    assertThat(made.path("allDay").asBoolean()).isTrue();
    assertThat(Instant.parse(made.path("from").asString())).isEqualTo(midnight(3));
    assertThat(Instant.parse(made.path("to").asString())).isEqualTo(midnight(6));
    String one = "/absences/" + made.path("id").asString();

    assertThat(ben.read(one).path("from")).isEqualTo(made.path("from"));
    assertThat(ben.read("/absences").path("items")).hasSize(1);
    for (String method : List.of("PUT", "DELETE")) {
      problem(
          ben.send(method, one, method.equals("PUT") ? days(4, 4) : ""),
          403,
          "people.role-missing");
    }
    problem(ben.send("POST", "/absences", wanted("ada", days(9, 9))), 403, "people.role-missing");
    problem(
        ben.send("POST", "/absences", wanted("nobody", days(9, 9))), 403, "people.role-missing");

    JsonNode changed =
        done(
            ada.send(
                "PUT",
                one,
                "{\"from\":\"%s\",\"fromTime\":\"13:00\",\"toTime\":\"17:00\"}"
                    .formatted(today.plusDays(4))));
    assertThat(Instant.parse(changed.path("from").asString()))
        .isEqualTo(today.plusDays(4).atTime(13, 0).atZone(BERLIN).toInstant());
    assertThat(changed.path("allDay").asBoolean()).isFalse();
    done(ada.send("DELETE", one, ""));
    problem(ada.send("GET", one, ""), 404, "api.not-found");
    problem(ada.send("DELETE", one, ""), 404, "api.not-found");
    assertThat(audited())
        .containsExactly(
            "calendar.absence-added", "calendar.absence-changed", "calendar.absence-removed");
  }

  @Test
  void anAdminEntersThemForAnybodyAndTheListIsNarrowedDown() {
    Program admin = program(Role.ADMIN);
    for (int day = 0; day < 4; day++) {
      done(admin.send("POST", "/absences", wanted("ada", days(2 * day, 2 * day))));
    }
    done(admin.send("POST", "/absences", wanted("ben", days(1, 1))));
    assertThat(admin.read("/absences?account=ada").path("items")).hasSize(4);
    assertThat(admin.read("/absences?account=ben&connection=" + world.connection()).path("items"))
        .hasSize(1);
    assertThat(admin.read("/absences?connection=" + UUID.randomUUID()).path("items")).isEmpty();
    assertThat(
            admin
                .read("/absences?from=%s&until=%s".formatted(midnight(1), midnight(3)))
                .path("items"))
        .hasSize(2);

    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = admin.read("/absences?limit=2" + after);
      page.path("items").forEach(item -> seen.add(item.path("id").asString()));
      after = page.path("next").isNull() ? "" : "&after=" + page.path("next").asString();
    } while (!after.isEmpty());
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void wrongInputIsNamedByFieldAndNothingIsEntered() {
    Program admin = program(Role.ADMIN);
    assertThat(fields(admin, "{}")).containsExactly("connection", "account", "times");
    assertThat(fields(admin, wanted("ada", "{}"))).containsExactly("times.from");
    assertThat(fields(admin, wanted("nobody", days(1, 1)))).containsExactly("account");
    assertThat(fields(admin, wanted("ada", days(5, 1)))).containsExactly("times.to");
    assertThat(fields(admin, wanted("ada", days(1, 1000)))).containsExactly("times.to");
    assertThat(fields(admin, wanted("ada", days(4000, 4000)))).containsExactly("times.from");
    assertThat(
            fields(
                admin,
                wanted("ada", "{\"from\":\"2026-12-24\",\"fromTime\":\"9\",\"timeZone\":\"X\"}")))
        .containsExactlyInAnyOrder("times.fromTime", "times.timeZone");
    JsonNode made = done(admin.send("POST", "/absences", wanted("ada", days(1, 1))));
    assertThat(fields(admin, wanted("ada", days(1, 2)))).containsExactly("times.from");
    JsonNode refused =
        problem(
            admin.send("PUT", "/absences/" + made.path("id").asString(), days(5, 1)),
            422,
            "api.invalid-input");
    assertThat(refused.at("/errors/0/field").asString()).isEqualTo("to");
    for (String query :
        List.of(
            "from=2026-01-01T00:00:00Z&until=2025-01-01T00:00:00Z",
            "from=2026-01-01T00:00:00Z&until=2028-01-01T00:00:00Z",
            "after=x",
            "limit=0")) {
      assertThat(admin.send("GET", "/absences?" + query, "").statusCode()).isEqualTo(422);
    }
    assertThat(admin.read("/absences").path("items")).hasSize(1);
  }

  @Test
  void theKindOfLeaveIsForThePersonAndForManagersWhoAreWrittenDown() {
    Program ada = linked("ada", Role.MEMBER);
    Program admin = program(Role.ADMIN);
    Program manager = program(Role.MANAGER);
    workspaces.inWorkspace(
        world.workspace().id(),
        () ->
            absences.tell(
                new AbsenceOrigin(AbsenceSource.HIBOB, UUID.randomUUID()),
                List.of(told("a", "ada", "parental-leave"), told("b", "chen", "sick-leave"))));
    String hers = "/absences/" + id(admin, "ada");
    String chens = "/absences/" + id(admin, "chen");

    assertThat(ada.read(hers).path("leaveType").asString()).isEqualTo("parental-leave");
    assertThat(ada.read("/absences?account=ada").at("/items/0/leaveType").asString())
        .isEqualTo("parental-leave");
    assertThat(ada.read(chens).path("leaveType").isNull()).isTrue();
    assertThat(admin.read(hers).path("leaveType").isNull()).isTrue();
    assertThat(manager.read("/absences").toString()).doesNotContain("-leave\"");
    assertThat(audited()).isEmpty();

    assertThat(manager.read(hers).path("leaveType").asString()).isEqualTo("parental-leave");
    assertThat(manager.read(chens).path("leaveType").asString()).isEqualTo("sick-leave");
    assertThat(audited()).containsExactly("people.viewed", "calendar.leave-viewed");

    problem(ada.send("DELETE", hers, ""), 409, "calendar.told-by-source");
    problem(admin.send("PUT", hers, days(1, 1)), 409, "calendar.told-by-source");
  }

  private Told told(String id, String account, String leave) {
    return new Told(id, world.connection(), account, midnight(1), midnight(4), true, leave);
  }

  private String id(Program program, String account) {
    return program.read("/absences?account=" + account).at("/items/0/id").asString();
  }

  private List<String> fields(Program program, String document) {
    JsonNode refused =
        problem(program.send("POST", "/absences", document), 422, "api.invalid-input");
    List<String> fields = new ArrayList<>();
    refused.path("errors").forEach(error -> fields.add(error.path("field").asString()));
    return fields;
  }

  private List<String> audited() {
    return workspaces
        .inWorkspace(world.workspace().id(), () -> audit.page(AuditFilter.ALL, null, 100))
        .entries()
        .reversed()
        .stream()
        .map(AuditEntry::action)
        .filter(action -> action.startsWith("calendar.") || action.equals("people.viewed"))
        .toList();
  }

  private Program program(Role role) {
    return Program.of(port, world.workspace(), people, tokens, scopes, role);
  }

  /// A program of somebody whose account this is.
  private Program linked(String account, Role role) {
    TestPeople.Someone someone = people.signedIn(world.workspace(), "Somebody", role);
    world.link(account, someone.id());
    Viewer viewer =
        new Viewer(
            someone.id(),
            "Somebody",
            world.workspace().id(),
            world.workspace().slug(),
            Set.of(role));
    ApiTokens.Made made = tokens.make(viewer, "test", scopes.all(), null);
    return new Program(
        Http.onPort(port), world.workspace().slug(), ((ApiTokens.Made.Token) made).token());
  }

  private String wanted(String account, String times) {
    return "{\"connection\":\"%s\",\"account\":\"%s\",\"times\":%s}"
        .formatted(world.connection(), account, times);
  }

  private String days(int first, int last) {
    return "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(today.plusDays(first), today.plusDays(last));
  }

  private Instant midnight(int day) {
    return today.plusDays(day).atStartOfDay(BERLIN).toInstant().truncatedTo(ChronoUnit.SECONDS);
  }
}
