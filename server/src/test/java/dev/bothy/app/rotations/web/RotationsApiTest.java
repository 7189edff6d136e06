package dev.bothy.app.rotations.web;

import static dev.bothy.testkit.Program.done;
import static dev.bothy.testkit.Program.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.HolidayCalendars;
import dev.bothy.platform.calendar.HolidayInput;
import dev.bothy.platform.calendar.HolidayOutcome;
import dev.bothy.platform.people.Role;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// Rotations, as programs make and read them.
@BothyTest
class RotationsApiTest extends RoomOfThree {
  private static final String WEEKLY =
      "{\"name\":\"Support\",\"layers\":[{\"cadence\":\"weekly\",\"days\":[\"mon\",\"thu\"],"
          + "\"time\":\"09:00\",\"timeZone\":\"Europe/Berlin\","
          + "\"people\":[{\"account\":\"Ada Byron\"},{\"account\":\"chen\"}]}]}";
  private static final String FOLLOW_THE_SUN =
      """
      {"name":"Sun","layers":[
        {"role":"Primary","cadence":"daily","time":"08:00","timeZone":"Europe/Berlin",
         "activeDays":["mon","tue","wed","thu","fri"],"hours":["mon-fri 08:00-20:00"],
         "order":"balanced","absences":"ask",
         "people":[{"account":"ada","joinsOn":"2026-01-01"},{"account":"Ben Okafor"}]},
        {"role":"Primary","cadence":"custom","every":1,"unit":"months","time":"20:00",
         "timeZone":"UTC","people":[{"account":"chen","leavesOn":"2099-12-31"},{"account":null}]},
        {"role":"Secondary","cadence":"weekly","days":["mon"],"time":"09:00","timeZone":"UTC",
         "holidays":%s,"people":[{"account":"chen"},{"account":"ada"}]}]}
      """;

  @Autowired HolidayCalendars holidays;

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
    assertThat(made.at("/duties/0/held/0/person/name").asString()).isEqualTo("Ada Byron");
    assertThat(made.at("/duties/0/next/0/account").asString()).isEqualTo("chen");
    assertThat(made.at("/layers/0/schedule").asString())
        .isEqualTo("every Monday, Thursday at 09:00 (Europe/Berlin)");
    assertThat(made.at("/layers/0/days").toString()).isEqualTo("[\"mon\",\"thu\"]");

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
    assertThat(changed.at("/layers/0/every").asInt()).isEqualTo(2);
    assertThat(changed.at("/duties/0/held/0/person/name").asString()).isEqualTo("Ada Byron");

    for (int time = 0; time < 2; time++) {
      JsonNode paused = done(admin.send("POST", it + "/pause", ""));
      assertThat(paused.path("paused").asBoolean()).isTrue();
      assertThat(paused.at("/duties/0/held")).isEmpty();
    }
    for (int time = 0; time < 2; time++) {
      JsonNode resumed = done(admin.send("POST", it + "/resume", ""));
      assertThat(resumed.at("/duties/0/held/0/person/account").asString()).isEqualTo("ada");
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
          "time":"09:00"            | "time":"9 o'clock"      | layers[0].time
          "timeZone":"Europe/Berlin"| "timeZone":"Mars"       | layers[0].timeZone
          "cadence":"weekly"        | "cadence":"sometimes"   | layers[0].cadence
          "days":["mon","thu"]      | "days":["Xday"]         | layers[0].days
          "time":"09:00"            | "time":"09:00","activeDays":["x"]  | layers[0].activeDays
          "time":"09:00"            | "time":"09:00","hours":["9 to 5"]  | layers[0].hours
          "time":"09:00"            | "time":"09:00","order":"random"    | layers[0].order
          "time":"09:00"            | "time":"09:00","absences":"maybe"  | layers[0].absences
          "time":"09:00"            | "time":"09:00","holidays":"x"      | layers[0].holidays
          "account":"chen"          | "account":"nobody-here" | layers[0].people
          "account":"chen"          | "account":"chen","joinsOn":"2027-01-01","leavesOn":"2026-01-01" | layers[0].people
          "account":"chen"          | "account":"chen","joinsOn":"soon" | layers[0].people[1].joinsOn
          {"account":"chen"}        | "chen"                  | layers[0].people[1]
          {"account":"Ada Byron"},{"account":"chen"} | '' | layers[0].people
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
        .contains("connection", "conversation", "settings.name", "settings.layers");
    problem(admin.send("GET", "/rotations?deleted=perhaps", ""), 422, "api.invalid-input");
    problem(
        admin.send("GET", "/rotations/" + UUID.randomUUID() + "/shifts?limit=0", ""),
        422,
        "api.invalid-input");
  }

  @Test
  void layersWithAllTheirSettingsComeBackAsTheyWereSent() {
    UUID calendar = calendar(LocalDate.of(2026, 12, 25));
    JsonNode made = done(make(FOLLOW_THE_SUN.formatted("\"" + calendar + "\"")));
    assertThat(made.path("layers")).hasSize(3);
    JsonNode first = made.at("/layers/0");
    assertThat(first.path("activeDays").toString())
        .isEqualTo("[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"]");
    assertThat(first.path("hours").toString()).isEqualTo("[\"mon-fri 08:00-20:00\"]");
    assertThat(first.path("order").asString()).isEqualTo("balanced");
    assertThat(first.path("absences").asString()).isEqualTo("ask");
    assertThat(first.at("/people/0/joinsOn").asString()).isEqualTo("2026-01-01");
    assertThat(first.at("/people/1/account").asString()).isEqualTo("ben");
    JsonNode second = made.at("/layers/1");
    assertThat(second.path("unit").asString()).isEqualTo("months");
    assertThat(second.path("activeDays")).hasSize(7);
    assertThat(second.at("/people/0/leavesOn").asString()).isEqualTo("2099-12-31");
    assertThat(second.at("/people/1/account").isNull()).isTrue();
    assertThat(made.at("/layers/2/holidays").asString()).isEqualTo(calendar.toString());
    assertThat(made.path("duties").findValuesAsString("role"))
        .containsExactly("Primary", "Secondary");

    JsonNode again =
        done(admin.send("PUT", "/rotations/" + made.path("id").asString(), made.toString()));
    assertThat(again).isEqualTo(made);
  }

  @Test
  void aHolidayCalendarThatIsNotThereIsRefused() {
    String missing = "\"" + UUID.randomUUID() + "\"";
    JsonNode refused = problem(make(FOLLOW_THE_SUN.formatted(missing)), 422, "api.invalid-input");
    assertThat(refused.path("errors").findValuesAsString("field"))
        .containsExactly("settings.layers[2].holidays");
    assertThat(refused.at("/errors/0/message").asString()).contains("it is in the bin");
  }

  @Test
  void aProblemOfALaterLayerNamesIt() {
    String wrong = FOLLOW_THE_SUN.formatted("null").replace("\"20:00\"", "\"26:00\"");
    JsonNode refused = problem(make(wrong.replace("Ben Okafor", "Bob")), 422, "api.invalid-input");
    assertThat(refused.path("errors").findValuesAsString("field"))
        .containsExactly("settings.layers[1].time", "settings.layers[0].people");
  }

  @Test
  void oneCallTellsWhoIsOnDutyEverywhereAndWhoIsNext() {
    done(make(WEEKLY));
    JsonNode paused = done(make(WEEKLY.replace("Support", "Quiet")));
    done(admin.send("POST", "/rotations/" + paused.path("id").asString() + "/pause", ""));
    done(make(FOLLOW_THE_SUN.formatted("null")));
    JsonNode all = program(workspace, Role.MEMBER).read("/rotations/current").path("items");
    assertThat(all.findValuesAsString("name")).contains("Quiet", "Sun", "Support");
    assertThat(all.at("/0/roles/0/current")).isEmpty();
    assertThat(all.at("/1/roles").findValuesAsString("role")).contains("Primary", "Secondary");
    JsonNode role = all.at("/2/roles/0");
    assertThat(role.at("/current/0/person/name").asString()).isEqualTo("Ada Byron");
    assertThat(role.at("/current/0/why").asString()).isEqualTo("turn");
    assertThat(role.at("/next/0/person/account").asString()).isEqualTo("chen");
    assertThat(role.at("/next/0/start").asString()).isEqualTo(role.at("/current/0/end").asString());
    Instant start = Instant.parse(role.at("/next/0/start").asString());
    Duration length = Duration.between(start, Instant.parse(role.at("/next/0/end").asString()));
    assertThat(length).isGreaterThanOrEqualTo(Duration.ofDays(3).minusHours(1));
  }

  private UUID calendar(LocalDate... days) {
    return workspaces.inWorkspace(
        workspace.id(),
        () -> {
          String lines =
              Stream.of(days).map(day -> day + " Free").collect(Collectors.joining("\n"));
          HolidayOutcome made =
              holidays.create(new Actor.System(), new HolidayInput("Free days", lines));
          return ((HolidayOutcome.Done) made).calendar().id();
        });
  }
}
