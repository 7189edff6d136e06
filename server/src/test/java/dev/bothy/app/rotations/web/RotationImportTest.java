package dev.bothy.app.rotations.web;

import static dev.bothy.app.rotations.web.Events.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.app.rotations.RotationImports;
import dev.bothy.app.rotations.exchange.ImportOutcome;
import dev.bothy.app.rotations.exchange.ImportPreview;
import dev.bothy.app.rotations.exchange.ImportedPerson;
import dev.bothy.app.rotations.exchange.ImportedSchedule;
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
import dev.bothy.testkit.RowsOf;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/// A plan of another product, taken over in the console.
@BothyTest
class RotationImportTest {
  private static final Path FILE = Path.of("src/test/resources/rotation-files/pagerduty.json");

  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired RotationImports imports;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private ConnectionId connection = new ConnectionId(new UUID(0, 0));
  private byte[] file = new byte[0];

  @BeforeEach
  void aRoomWithThreePeople() throws IOException {
    file = Files.readAllBytes(FILE);
    workspace = TestWorkspaces.fresh(workspaces);
    connection =
        workspaces.inWorkspace(
            workspace.id(),
            () -> connections.create(Network.SANDBOX, "Sandbox", "bothy", new byte[1]).id());
    for (String name : List.of("Ada Lovelace", "Grace Hopper", "Edsger Dijkstra")) {
      workspaces.inWorkspace(
          workspace.id(),
          () ->
              jdbc.sql(
                      "insert into chat_account (workspace_id, connection_id, account, name, zone,"
                          + " active, bot, looked_up_at) values (?, ?, ?, ?, 'UTC', true, false,"
                          + " now())")
                  .params(workspace.id().value(), connection.value(), account(name), name)
                  .update());
    }
  }

  private static String account(String name) {
    return name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT);
  }

  private HttpResponse<String> upload(TestPeople.Someone who, byte[] content)
      throws IOException, InterruptedException {
    String begin =
        "--part\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n"
            + who.csrf()
            + "\r\n--part\r\nContent-Disposition: form-data; name=\"file\";"
            + " filename=\"plan.json\"\r\n\r\n";
    String body = begin + new String(content, StandardCharsets.UTF_8) + "\r\n--part--\r\n";
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create(
                      "http://localhost:" + port + "/w/" + workspace.slug() + "/rotations/import"))
              .header("Cookie", "bothy-session=" + who.token())
              .header("X-CSRF-TOKEN", who.csrf())
              .header("Content-Type", "multipart/form-data; boundary=part")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> step(TestPeople.Someone who, Map<String, String> fields) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "data",
                CarriedFile.pack(file),
                "schedule",
                "0",
                "shown",
                "0",
                "matched",
                connection.toString(),
                "connection",
                connection.toString(),
                "conversation",
                "general",
                "name",
                "Support",
                "_csrf",
                who.csrf()));
    all.putAll(fields);
    return Http.onPort(port)
        .post(
            "/w/" + workspace.slug() + "/rotations/import/rotation",
            all,
            "Cookie",
            "bothy-session=" + who.token());
  }

  private ImportedSchedule schedule() {
    ImportedSchedule read = ((ImportOutcome.Read) imports.read(file)).schedules().getFirst();
    return new ImportedSchedule(read.name(), read.zone(), read.layers(), List.of());
  }

  @Test
  void aFileIsReadItsPeopleAreFoundAndNothingIsStored() throws Exception {
    TestPeople.Someone admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    Map<String, String> before = RowsOf.quiet(workspace.id().value());
    HttpResponse<String> page = upload(admin, file);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.body())
        .contains("Read from", "PagerDuty", "What is not carried over", "Coming shifts")
        .contains("value=\"ada\" selected", "value=\"grace\" selected")
        .doesNotContain("@example.org");
    assertThat(RowsOf.quiet(workspace.id().value())).isEqualTo(before);

    HttpResponse<String> wrong = upload(admin, "nothing of ours".getBytes(StandardCharsets.UTF_8));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("neither JSON nor an iCalendar file");
    TestPeople.Someone member = people.signedIn(workspace, "Member", Role.MEMBER);
    assertThat(upload(member, file).statusCode()).isEqualTo(403);
  }

  @Test
  void theRotationHandsOverAsTheFileDoes() {
    TestPeople.Someone admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    List<ImportedPerson> everybody = RotationImports.people(schedule());
    Map<String, String> fields = new HashMap<>(Map.of("action", "create"));
    for (int place = 0; place < everybody.size(); place++) {
      fields.put("account-" + place, account(everybody.get(place).name()));
    }
    HttpResponse<String> made = step(admin, fields);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(302);
    String location =
        made.headers().firstValue("Location").orElseThrow().replace("?imported=yes", "");

    Instant now = Instant.now();
    Program program = Program.of(port, workspace, people, tokens, scopes, Role.MEMBER);
    JsonNode shifts =
        program.read(
            "/rotations/"
                + location.substring(location.lastIndexOf('/') + 1)
                + "/shifts?limit=100&until="
                + now.plus(Duration.ofDays(24)));
    for (int hour = 0; hour < 21 * 24; hour++) {
      Instant at = now.plus(Duration.ofHours(hour)).plusSeconds(90);
      assertThat(onDuty(shifts, at)).as(at.toString()).isEqualTo(inTheFile(at));
    }
    assertThat(step(admin, fields).statusCode()).isEqualTo(422);
  }

  private Map<String, String> matched(ImportedSchedule schedule) {
    Map<String, String> fields = new HashMap<>(Map.of("action", "create"));
    List<ImportedPerson> everybody = RotationImports.people(schedule);
    for (int place = 0; place < everybody.size(); place++) {
      fields.put("account-" + place, account(everybody.get(place).name()));
    }
    return fields;
  }

  private JsonNode shifts(HttpResponse<String> made, Instant from, Instant until) {
    assertThat(made.statusCode()).as(made.body()).isEqualTo(302);
    String location =
        made.headers().firstValue("Location").orElseThrow().replace("?imported=yes", "");
    Program program = Program.of(port, workspace, people, tokens, scopes, Role.MEMBER);
    return program.read(
        "/rotations/"
            + location.substring(location.lastIndexOf('/') + 1)
            + "/export/shifts?from="
            + from
            + "&until="
            + until);
  }

  private static List<String> lines(JsonNode shifts) {
    List<String> lines = new ArrayList<>();
    shifts
        .path("shifts")
        .forEach(each ->
            lines.add(
                each.path("account").asString("nobody")
                    + " "
                    + each.path("start").asString()
                    + " "
                    + each.path("why").asString()));
    return lines;
  }

  @Test
  void singleShiftsComeAlongUnlessTheyAreLeftOut() {
    String user = "{\"id\":\"%s\",\"summary\":\"%s\"}";
    String ada = user.formatted("P1", "Ada Lovelace");
    file =
        """
        {"schedule_layers":[{"name":"L","rotation_virtual_start":"%s",
          "rotation_turn_length_seconds":86400,"users":[{"user":%s}]}],
         "overrides":[{"start":"%s","end":"%s","user":%s},{"start":"%s","end":"%s","user":%s}]}
        """
            .formatted(
                day(-9),
                ada,
                day(2),
                day(3),
                user.formatted("P2", "Grace Hopper"),
                day(-5),
                day(-4),
                ada)
            .getBytes(StandardCharsets.UTF_8);
    TestPeople.Someone admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    ImportedSchedule read = ((ImportOutcome.Read) imports.read(file)).schedules().getFirst();
    assertThat(step(admin, Map.of("action", "look", "singles", "yes")).body())
        .contains("Carry over 1 single shift", "1 single shift was left out.");

    Map<String, String> without = matched(read);
    without.put("name", "Without");
    assertThat(lines(shifts(step(admin, without), day(2), day(3))))
        .containsExactly("ada " + day(2) + " turn");
    Map<String, String> fields = matched(read);
    fields.put("singles", "yes");
    assertThat(lines(shifts(step(admin, fields), day(1), day(4))))
        .containsExactly(
            "ada " + day(1) + " turn", "grace " + day(2) + " set", "ada " + day(3) + " turn");
    assertThat(
            workspaces.inWorkspace(
                workspace.id(),
                () ->
                    jdbc.sql("select action from audit_entry where action like 'rotations.%'")
                        .query(String.class)
                        .list()))
        .containsExactly("rotations.created", "rotations.created");
  }

  @Test
  void aCalendarIsATemporaryScheduleAndThenAGap() {
    file =
        Events.calendar(
                List.of(
                    Events.event("Ada Lovelace", day(0), day(1)),
                    Events.event("Grace Hopper", day(1), day(2)),
                    Events.event("Edsger Dijkstra", day(4), day(5))))
            .getBytes(StandardCharsets.UTF_8);
    TestPeople.Someone admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    ImportedSchedule read = ((ImportOutcome.Read) imports.read(file)).schedules().getFirst();
    assertThat(read.layers()).isEmpty();
    assertThat(step(admin, Map.of("action", "look")).body())
        .contains("They become a temporary schedule until", "nobody is on duty until you put");
    assertThat(step(admin, Map.of("action", "create")).body())
        .contains("nobody of the file has an account here");

    HttpResponse<String> made = step(admin, matched(read));
    assertThat(lines(shifts(made, day(0), day(5))))
        .containsExactly(
            "ada " + day(0) + " temporary",
            "grace " + day(1) + " temporary",
            "edsger " + day(4) + " temporary");
    // What week the calendar has, and nobody after it.
    assertThat(lines(shifts(made, day(7), day(9))))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("nobody ") && line.endsWith(" nobody"));
    // The owners are told of that; in between nobody is meant to be on duty.
    await().atMost(Duration.ofSeconds(30)).until(() -> gaps(), told -> !told.isEmpty());
    assertThat(gaps().getFirst()).isAfterOrEqualTo(day(5));
  }

  /// When the gaps begin that somebody was told of.
  private List<Instant> gaps() {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql("select starts_at from rotation_told where kind = 'gap' order by starts_at")
                .query((row, _) -> row.getTimestamp("starts_at").toInstant())
                .list());
  }

  @Test
  void nothingIsHalfSavedWhenTooManySingleShiftsAreToCome() {
    StringBuilder overrides = new StringBuilder();
    for (int hour = 0; hour < 501; hour++) {
      Instant at = day(0).plus(Duration.ofHours(hour));
      overrides
          .append(hour == 0 ? "" : ",")
          .append("{\"start\":\"%s\",\"end\":\"%s\",".formatted(at, at.plusSeconds(3600)))
          .append("\"user\":{\"id\":\"P1\",\"summary\":\"Ada Lovelace\"}}");
    }
    file =
        """
        {"schedule_layers":[{"name":"L","rotation_virtual_start":"%s",
          "rotation_turn_length_seconds":86400,
          "users":[{"user":{"id":"P1","summary":"Ada Lovelace"}}]}],"overrides":[%s]}
        """
            .formatted(day(-9), overrides)
            .getBytes(StandardCharsets.UTF_8);
    TestPeople.Someone admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    Map<String, String> before = RowsOf.quiet(workspace.id().value());
    Map<String, String> fields = matched(schedule());
    fields.put("singles", "yes");
    HttpResponse<String> refused = step(admin, fields);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("Single shifts: 501 are to come. Allowed: at most 500.");
    assertThat(RowsOf.quiet(workspace.id().value())).isEqualTo(before);
  }

  @Test
  void whoeverHasNoAccountLeavesAnEmptyPlace() {
    TestPeople.Someone admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    assertThat(step(admin, Map.of("action", "create")).statusCode()).isEqualTo(422);
    Map<String, String> fields = new HashMap<>(Map.of("action", "create"));
    List<ImportedPerson> everybody = RotationImports.people(schedule());
    for (int place = 0; place < everybody.size(); place++) {
      if (!everybody.get(place).name().startsWith("Edsger")) {
        fields.put("account-" + place, account(everybody.get(place).name()));
      }
    }
    HttpResponse<String> made = step(admin, fields);
    assertThat(made.statusCode()).as(made.body()).isIn(302, 422);
    assertThat(step(admin, Map.of("action", "look", "account-0", "ada")).body())
        .contains("nobody (for ");
  }

  private static String onDuty(JsonNode shifts, Instant at) {
    for (String part : List.of("past", "coming")) {
      for (JsonNode shift : shifts.path(part)) {
        if (!Instant.parse(shift.path("start").asString()).isAfter(at)
            && Instant.parse(shift.path("end").asString()).isAfter(at)
            && shift.path("role").asString("Primary").equals("Primary")) {
          return shift.at("/person/account").asString("");
        }
      }
    }
    return "";
  }

  private String inTheFile(Instant at) {
    return ImportPreview.shifts(schedule(), at, at.plusSeconds(1)).stream()
        .filter(shift -> shift.role().equals("Primary"))
        .findFirst()
        .map(shift -> account(shift.person().name()))
        .orElse("");
  }
}
