package dev.bothy.app.rotations.web;

import static dev.bothy.testkit.Program.done;
import static dev.bothy.testkit.Program.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Role;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Program;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The plan of a rotation, as programs read and change it.
@BothyTest
class RotationPlanApiTest extends RoomOfThree {
  private static final String DAILY =
      "{\"name\":\"Support\",\"layers\":[{\"cadence\":\"daily\",\"time\":\"09:00\","
          + "\"timeZone\":\"UTC\",\"people\":[{\"account\":\"ada\"},{\"account\":\"ben\"},"
          + "{\"account\":\"chen\"}]}]}";

  private String make() {
    String id =
        done(admin.send(
                "POST",
                "/rotations",
                "{\"connection\":\"%s\",\"conversation\":\"general\",\"settings\":%s}"
                    .formatted(connection, DAILY)))
            .path("id")
            .asString();
    return "/rotations/" + id;
  }

  @Test
  void theTimelineHasWhatWasAndWhatIsToComeWithoutAGap() {
    String it = make();
    Instant now = Instant.now();
    JsonNode timeline =
        program(workspace, Role.MEMBER)
            .read(
                "%s/timeline?from=%s&until=%s"
                    .formatted(it, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(7))));
    JsonNode shifts = timeline.path("shifts");
    assertThat(timeline.path("timeZone").asString()).isEqualTo("UTC");
    assertThat(shifts.size()).isBetween(7, 9);
    assertThat(shifts.at("/0/id").isNull()).isFalse();
    assertThat(shifts.at("/0/person/name").asString()).isEqualTo("Ada Byron");
    for (int next = 1; next < shifts.size(); next++) {
      assertThat(shifts.at("/" + next + "/start")).isEqualTo(shifts.at("/" + (next - 1) + "/end"));
      assertThat(shifts.at("/" + next + "/id").isNull()).isTrue();
      assertThat(shifts.at("/" + next + "/why").asString()).isEqualTo("turn");
    }
  }

  @Test
  void aChangeIsMadeListedSeenInTheTimelineAndUndone() {
    String it = make();
    Instant from = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(5));
    Instant until = from.plus(Duration.ofDays(1));
    String before = timeline(it, from, until);
    JsonNode made =
        done(admin.send("POST", it + "/changes", change("set", from, until, "\"Chen Wei\"", null)));
    assertThat(made.at("/person/account").asString()).isEqualTo("chen");
    assertThat(program(workspace, Role.MEMBER).read(it + "/changes").at("/items/0"))
        .isEqualTo(made);
    JsonNode shifts =
        admin.read("%s/timeline?from=%s&until=%s".formatted(it, from, until)).path("shifts");
    assertThat(shifts)
        .anySatisfy(shift -> {
          assertThat(shift.path("why").asString()).isEqualTo("set");
          assertThat(shift.at("/person/account").asString()).isEqualTo("chen");
          assertThat(Instant.parse(shift.path("start").asString())).isEqualTo(from);
          assertThat(Instant.parse(shift.path("end").asString())).isEqualTo(until);
        });
    done(admin.send("DELETE", it + "/changes/" + made.path("id").asString(), ""));
    assertThat(timeline(it, from, until)).isEqualTo(before);
    problem(
        admin.send("DELETE", it + "/changes/" + made.path("id").asString(), ""),
        404,
        "api.not-found");
  }

  @Test
  void whatIsWrongIsSaidByField() {
    String it = make();
    Instant from = Instant.now().plus(Duration.ofDays(5));
    assertThat(fields(admin.send("POST", it + "/changes", "{\"kind\":\"swap\"}")))
        .contains("kind", "from", "until");
    assertThat(
            fields(
                admin.send(
                    "POST",
                    it + "/changes",
                    change("set", from, from.minusSeconds(60), "\"ada\"", null))))
        .containsExactly("until");
    assertThat(
            fields(
                admin.send(
                    "POST",
                    it + "/changes",
                    change("remove", from, from.plusSeconds(3600), null, null))))
        .containsExactly("out");
    problem(
        admin.send("GET", it + "/timeline?from=" + from + "&until=2099-01-01T00:00:00Z", ""),
        422,
        "api.invalid-input");
    problem(
        program(workspace, Role.MEMBER)
            .send(
                "POST",
                it + "/changes",
                change("set", from, from.plusSeconds(3600), "\"ada\"", null)),
        403,
        "people.role-missing");
  }

  @Test
  void aPreviewTellsWhatAChangeDoesAndSavesNothing() {
    String it = make();
    Instant from = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(5));
    Instant until = from.plus(Duration.ofDays(1));
    String before = timeline(it, from, until);
    JsonNode shown =
        done(
            admin.send(
                "POST", it + "/changes/preview", change("set", from, until, "\"Chen Wei\"", null)));
    assertThat(shown.path("from").asString()).isEqualTo(from.toString());
    assertThat(shown.path("until").asString()).isEqualTo(until.toString());
    assertThat(shown.path("gaps")).isEmpty();
    assertThat(shown.path("changes"))
        .isNotEmpty()
        .allSatisfy(
            piece -> assertThat(piece.at("/after/0/name").asString()).isEqualTo("Chen Wei"));
    long moved = 0;
    for (JsonNode each : shown.path("hours")) {
      moved += each.path("afterSeconds").asLong() - each.path("beforeSeconds").asLong();
    }
    assertThat(moved).as("what one loses another gains").isZero();

    JsonNode gap =
        done(
            admin.send(
                "POST",
                it + "/changes/preview",
                ("{\"kind\":\"temporary\",\"from\":\"%s\",\"until\":\"%s\",\"shifts\":[{\"from\":\"%s\","
                        + "\"until\":\"%s\",\"account\":\"ben\"}]}")
                    .formatted(from, until, from, from.plus(Duration.ofHours(6)))));
    assertThat(gap.path("gaps")).isNotEmpty();
    assertThat(gap.at("/gaps/0/start").asString())
        .isEqualTo(from.plus(Duration.ofHours(6)).toString());
    assertThat(timeline(it, from, until)).isEqualTo(before);
    assertThat(admin.read(it + "/changes").path("items")).isEmpty();

    assertThat(
            fields(
                admin.send(
                    "POST",
                    it + "/changes/preview",
                    change("set", from, from.minusSeconds(60), "\"ada\"", null))))
        .containsExactly("until");
    problem(
        program(workspace, Role.MANAGER)
            .send("POST", it + "/changes/preview", change("set", from, until, "\"ada\"", null)),
        403,
        "people.role-missing");
  }

  @Test
  void aPreviewOfSettingsTellsWhoseHoursChangeAndSavesNothing() {
    String it = make();
    JsonNode before = admin.read(it);
    JsonNode shown =
        done(admin.send("POST", it + "/preview", DAILY.replace("{\"account\":\"ben\"},", "")));
    assertThat(shown.path("hours").findValuesAsString("account")).contains("ben");
    assertThat(shown.path("changes")).isNotEmpty();
    assertThat(shown.path("gaps")).isEmpty();
    assertThat(admin.read(it)).isEqualTo(before);
    assertThat(fields(admin.send("POST", it + "/preview", DAILY.replace("09:00", "29:00"))))
        .containsExactly("layers[0].time");
    problem(
        program(workspace, Role.MEMBER).send("POST", it + "/preview", DAILY),
        403,
        "people.role-missing");
  }

  @Test
  void whoeverIsAddedIsOnDutyBesideTheOthers() {
    String it = make();
    Instant now = Instant.now();
    done(
        admin.send(
            "POST",
            it + "/changes",
            change("add", now, now.plus(Duration.ofMinutes(90)), "\"Chen Wei\"", null)));
    JsonNode current = admin.read("/rotations/current").at("/items/0/roles/0");
    assertThat(current.path("current").findValuesAsString("account")).contains("ada", "chen");
    assertThat(current.at("/current/0/person/account").asString()).isEqualTo("ada");
    assertThat(current.at("/current/1/why").asString()).isEqualTo("add");
    assertThat(current.at("/next/0/person/account").asString()).isEqualTo("ben");
    JsonNode held = admin.read(it).at("/duties/0/held");
    assertThat(held.findValuesAsString("account")).containsExactly("ada", "chen");
  }

  @Test
  void membersReadOfTheTeamAndManagersOfEachPersonWhichIsWrittenDown() {
    String it = make();
    Instant now = Instant.now();
    String range = "?from=%s&until=%s".formatted(now, now.plus(Duration.ofDays(28)));
    Program member = program(workspace, Role.MEMBER);
    JsonNode team = member.read(it + "/fairness" + range);
    assertThat(team.path("team").asInt()).isEqualTo(3);
    assertThat(team.path("teamSeconds").asLong()).isBetween(28 * 86_400L - 120, 28 * 86_400L);
    assertThat(team.path("people")).isEmpty();
    assertThat(team.path("gapScore").asInt()).isEqualTo(100);
    problem(
        member.send("GET", it + "/fairness" + range + "&people=true", ""),
        403,
        "people.role-missing");
    JsonNode each =
        program(workspace, Role.MANAGER).read(it + "/fairness" + range + "&people=true");
    assertThat(each.path("people")).hasSize(3);
    assertThat(
            workspaces.inWorkspace(
                workspace.id(),
                () ->
                    jdbc.sql(
                            "select count(*) from audit_entry where action = 'rotations.hours-viewed'")
                        .query(Integer.class)
                        .single()))
        .isEqualTo(1);
  }

  private String timeline(String it, Instant from, Instant until) {
    return admin.read("%s/timeline?from=%s&until=%s".formatted(it, from, until)).toString();
  }

  private static List<String> fields(HttpResponse<String> answer) {
    return problem(answer, 422, "api.invalid-input")
        .path("errors")
        .valueStream()
        .map(error -> error.path("field").asString())
        .toList();
  }

  private static String change(
      String kind, Instant from, Instant until, @Nullable String account, @Nullable String out) {
    return "{\"kind\":\"%s\",\"from\":\"%s\",\"until\":\"%s\",\"account\":%s,\"out\":%s}"
        .formatted(kind, from, until, account, out);
  }
}
