package dev.bothy.app.rotations.web;

import static dev.bothy.testkit.Program.done;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Shifts as calendar programs and spreadsheets read them.
@BothyTest
class ShiftFeedsTest {
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Members members;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private ConnectionId connection = new ConnectionId(new UUID(0, 0));
  private Program admin = new Program(new Http(""), "", "");
  private String rotation = "";

  /// What a reader finds of an event.
  record Found(String summary, Instant start, Instant end) {}

  @BeforeEach
  void aRotationOfTwo() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = program(Role.ADMIN);
    connection =
        workspaces.inWorkspace(
            workspace.id(),
            () -> connections.create(Network.SANDBOX, "Sandbox", "bothy", new byte[1]).id());
    for (String account : List.of("ada", "ben")) {
      in(
          "insert into chat_account (workspace_id, connection_id, account, name, zone, active,"
              + " bot, looked_up_at) values (?, ?, ?, ?, 'UTC', true, false, now())",
          workspace.id().value(),
          connection.value(),
          account,
          account.equals("ada") ? "Ada Byron" : "Ben Okafor");
    }
    rotation =
        done(admin.send(
                "POST",
                "/rotations",
                ("{\"connection\":\"%s\",\"conversation\":\"general\",\"settings\":{\"name\":"
                        + "\"Support\",\"layers\":[{\"cadence\":\"weekly\",\"days\":[\"mon\",\"thu\"],"
                        + "\"time\":\"09:00\",\"timeZone\":\"Europe/Berlin\",\"people\":"
                        + "[{\"account\":\"ada\"},{\"account\":\"ben\"}]}]}}")
                    .formatted(connection)))
            .path("id")
            .asString();
  }

  private void in(String sql, Object... values) {
    workspaces.inWorkspace(workspace.id(), () -> jdbc.sql(sql).params(values).update());
  }

  private Program program(Role... roles) {
    return Program.of(port, workspace, people, tokens, scopes, roles);
  }

  private static JsonNode feed(Program of, String wanted) {
    return done(of.send("POST", "/calendar-feeds", "{\"rotation\":" + wanted + "}"));
  }

  private HttpResponse<String> fetch(JsonNode made, String... headers) {
    return admin
        .http()
        .send("GET", URI.create(made.path("address").asString()).getPath(), "", headers);
  }

  private List<Found> shown(String name, String called) {
    Instant now = Instant.now();
    Instant until = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(183));
    JsonNode shifts =
        admin.read(
            "/rotations/" + rotation + "/shifts?limit=100&until=" + until.plus(Duration.ofDays(9)));
    return Stream.of("past", "coming")
        .flatMap(part -> StreamSupport.stream(shifts.path(part).spliterator(), false))
        .filter(shift -> name.isEmpty() || shift.at("/person/name").asString().equals(name))
        .map(shift ->
            new Found(
                called.isEmpty() ? "Support: " + shift.at("/person/name").asString() : called,
                second(shift.path("start").asString()),
                second(shift.path("end").asString())))
        .filter(found -> found.start().isBefore(until))
        .toList();
  }

  private static Instant second(String instant) {
    return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS);
  }

  private static List<Found> byBiweekly(String text) {
    return Biweekly.parse(text).first().getEvents().stream()
        .map(event ->
            new Found(
                event.getSummary().getValue(),
                event.getDateStart().getValue().toInstant(),
                event.getDateEnd().getValue().toInstant()))
        .toList();
  }

  private static List<Found> byIcal4j(String text) throws Exception {
    return new CalendarBuilder()
        .build(new StringReader(text)).<VEvent>getComponents("VEVENT").stream()
            .map(event ->
                new Found(
                    Objects.requireNonNull(event.getSummary()).getValue(),
                    instant(Objects.requireNonNull(event.getDateTimeStart()).getDate()),
                    instant(Objects.requireNonNull(event.getDateTimeEnd()).getDate())))
            .toList();
  }

  private static Instant instant(Object date) {
    return date instanceof Instant instant ? instant : ((OffsetDateTime) date).toInstant();
  }

  @Test
  void aRotationsFeedSaysWhatTheApiSays() throws Exception {
    JsonNode made = feed(program(Role.MEMBER), "\"" + rotation + "\"");
    HttpResponse<String> answer = fetch(made);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/calendar;charset=UTF-8");
    assertThat(answer.headers().allValues("Cache-Control"))
        .containsExactly("max-age=3600, private");
    assertThat(answer.headers().firstValue("X-Robots-Tag")).contains("noindex");
    assertThat(byBiweekly(answer.body())).hasSizeGreaterThan(40).isEqualTo(shown("", ""));
    assertThat(byIcal4j(answer.body())).isEqualTo(shown("", ""));

    String tag = answer.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = fetch(made, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(admin.read("/calendar-feeds").at("/items/0/lastReadAt").isNull()).isFalse();
  }

  @Test
  void aPersonsFeedHasTheirShiftsAloneAndStopsWithTheirPlace() {
    JsonNode made = feed(program(Role.MEMBER), "null");
    UUID person = UUID.fromString(made.at("/feed/person").asString());
    assertThat(byBiweekly(fetch(made).body())).isEmpty();
    in(
        "insert into chat_link (workspace_id, connection_id, account, person_id, linked_by,"
            + " linked_at) values (?, ?, 'ben', ?, 'ADMIN', now())",
        workspace.id().value(),
        connection.value(),
        person);
    assertThat(byBiweekly(fetch(made).body()))
        .hasSizeGreaterThan(20)
        .isEqualTo(shown("Ben Okafor", "On duty: Support"));

    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          members.deactivate(new PersonId(person), new Actor.System(), Ended.ADMIN);
        });
    assertThat(fetch(made).statusCode()).isEqualTo(404);
  }

  @Test
  void anAddressThatIsRevokedOrRenewedOrOfADeletedRotationIsAsIfItNeverWas() {
    Program member = program(Role.MEMBER);
    JsonNode made = feed(member, "\"" + rotation + "\"");
    String it = "/calendar-feeds/" + made.at("/feed/id").asString();
    assertThat(program(Role.MEMBER).send("DELETE", it, "").statusCode()).isEqualTo(404);
    assertThat(program(Role.MEMBER).read("/calendar-feeds").path("items")).isEmpty();

    JsonNode renewed = done(member.send("POST", it + "/renew", ""));
    HttpResponse<String> gone = fetch(made);
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(fetch(renewed).statusCode()).isEqualTo(200);

    done(admin.send("DELETE", "/rotations/" + rotation, ""));
    assertThat(fetch(renewed).statusCode()).isEqualTo(404);
    done(admin.send("POST", "/rotations/" + rotation + "/restore", ""));
    assertThat(fetch(renewed).statusCode()).isEqualTo(200);

    assertThat(member.send("DELETE", it, "").statusCode()).isEqualTo(204);
    HttpResponse<String> revoked = fetch(renewed);
    HttpResponse<String> unknown =
        admin.http().send("GET", "/feeds/rotations/" + "a".repeat(43) + ".ics", "");
    assertThat(revoked.statusCode()).isEqualTo(404);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(revoked.body()).isEqualTo(unknown.body());
    assertThat(revoked.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
  }

  @Test
  void theConsoleShowsAnAddressOnceAndGivesShiftsAsFiles() {
    TestPeople.Someone somebody = people.signedIn(workspace, "Grace", Role.MEMBER);
    String cookie = "bothy-session=" + somebody.token();
    String base = "/w/" + workspace.slug() + "/rotations";
    HttpResponse<String> made =
        admin
            .http()
            .post(
                base + "/feeds",
                Map.of("rotation", rotation, "_csrf", somebody.csrf()),
                "Cookie",
                cookie);
    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.body()).contains("/feeds/rotations/");
    String list =
        admin.http().send("GET", base + "/feeds?rotation=" + rotation, "", "Cookie", cookie).body();
    assertThat(list).contains("Revoke: Support").doesNotContain("/feeds/rotations/");
    assertThat(admin.http().send("GET", base + "/" + rotation, "", "Cookie", cookie).body())
        .contains("/rotations/feeds?rotation=" + rotation);

    HttpResponse<String> table =
        admin.http().send("GET", base + "/" + rotation + "/shifts.csv", "", "Cookie", cookie);
    assertThat(table.body()).startsWith("rotation,role,person,account,start,end,why");
    assertThat(table.body().lines().count()).isGreaterThan(8);
    assertThat(table.body()).contains("Support,Primary,Ada Byron,ada,");
    assertThat(
            admin
                .http()
                .send(
                    "GET",
                    base
                        + "/"
                        + rotation
                        + "/shifts.json?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z",
                    "",
                    "Cookie",
                    cookie)
                .statusCode())
        .isEqualTo(400);
  }
}
