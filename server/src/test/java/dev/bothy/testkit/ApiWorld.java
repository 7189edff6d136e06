package dev.bothy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.workspace.Workspace;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A workspace in which things are made as programs make them, each by one method. Texts carry
/// [#mark()], so that a test finds them again. Methods with a path give it below the workspace's
/// address.
public final class ApiWorld {
  static final String ROTATION =
      "{\"name\":\"%s\",\"layers\":[{\"cadence\":\"weekly\",\"days\":[\"mon\"],\"time\":\"09:00\","
          + "\"timeZone\":\"Europe/Berlin\",\"people\":[{\"account\":\"ada\"}]}]}";

  static final String TIMES =
      "{\"from\":\"2028-05-03\",\"to\":\"2028-05-05\",\"fromTime\":null,\"toTime\":null,"
          + "\"timeZone\":null}";

  static final String HOLIDAYS =
      "{\"name\":\"%s\",\"days\":[{\"day\":\"2028-12-25\",\"name\":\"Closed\"}]}";

  public static final String PUBLIC_HOLIDAYS =
      "{\"region\":\"DE-BY\",\"years\":[2028],\"follow\":true}";

  static final String PLAN_CHANGE =
      "{\"kind\":\"set\",\"from\":\"2027-05-03T09:00:00Z\",\"until\":\"2027-05-04T09:00:00Z\","
          + "\"role\":null,\"account\":\"ada\",\"out\":null,\"shifts\":null}";

  /// A calendar in which Ada is on duty each day, as it stands in a document.
  static final String PLAN_FILE =
      "BEGIN:VCALENDAR\\nVERSION:2.0\\nX-WR-CALNAME:Desk\\nBEGIN:VEVENT\\nUID:1\\n"
          + "DTSTAMP:20260101T000000Z\\nDTSTART:20260105T090000Z\\nDTEND:20260105T170000Z\\n"
          + "RRULE:FREQ=DAILY\\nSUMMARY:Ada\\nEND:VEVENT\\nEND:VCALENDAR\\n";

  static final String SHIFT_REQUEST =
      "{\"kind\":\"cover\",\"account\":\"ada\",\"role\":null,\"from\":null,\"until\":null}";

  /// Who can take it.
  static final String BEN = "{\"account\":\"ben\"}";

  /// Nobody is there, and nobody is asked for: names that end so are resolved nowhere (RFC 6761).
  static final String HOOK =
      "{\"url\":\"https://hooks.invalid/%s\",\"description\":\"Desk\","
          + "\"types\":[\"people.left\"]}";

  static final String FEED =
      "{\"connection\":\"%s\",\"account\":\"ada\","
          + "\"address\":\"https://calendars.invalid/%s\",\"shortestHours\":4,"
          + "\"zone\":\"Europe/Berlin\"}";

  private final ApiWorlds parts;
  private final Workspace workspace;
  private final TestPeople.Someone signedIn;
  private final Program owner;
  private int rotations;
  private final String mark = "mark" + UUID.randomUUID().toString().substring(0, 8);

  ApiWorld(ApiWorlds parts, Workspace workspace, TestPeople.Someone signedIn, Program owner) {
    this.parts = parts;
    this.workspace = workspace;
    this.signedIn = signedIn;
    this.owner = owner;
  }

  public Workspace workspace() {
    return workspace;
  }

  /// An owner, in a browser.
  public TestPeople.Someone signedIn() {
    return signedIn;
  }

  /// Another owner's program.
  public Program owner() {
    return owner;
  }

  /// What every text of this workspace's carries, and none of another's.
  public String mark() {
    return mark;
  }

  public ApiWorlds parts() {
    return parts;
  }

  public Http http() {
    return owner.http();
  }

  /// As somebody who is signed in: what makes tokens takes no token.
  public HttpResponse<String> send(
      TestPeople.Someone who, String method, String below, String document) {
    return http()
        .send(
            method,
            "/api/v1/workspaces/" + workspace.slug() + below,
            document,
            "Cookie",
            "bothy-session=" + who.token(),
            "X-CSRF-TOKEN",
            who.csrf());
  }

  /// A form of a page, as somebody's browser sends it.
  public HttpResponse<String> form(TestPeople.Someone who, ConsoleForms.Form form) {
    Map<String, String> fields = new HashMap<>(form.fields());
    fields.put("_csrf", who.csrf());
    return http()
        .post(
            "/w/" + workspace.slug() + form.below(),
            fields,
            "Cookie",
            "bothy-session=" + who.token());
  }

  public ConnectionId connection() {
    return parts.workspaces.inWorkspace(
        workspace.id(),
        () -> {
          ConnectionId made =
              parts.connections.create(Network.SANDBOX, "Room " + mark, "bothy", new byte[1]).id();
          parts
              .jdbc
              .sql(
                  "insert into chat_account (workspace_id, connection_id, account, name, zone,"
                      + " active, bot, looked_up_at)"
                      + " values (?, ?, 'ada', ?, 'Europe/Berlin', true, false, now())")
              .params(workspace.id().value(), made.value(), "Ada " + mark)
              .update();
          return made;
        });
  }

  public String rotation() {
    return "/rotations/"
        + made(
                "/rotations",
                "{\"connection\":\"%s\",\"conversation\":\"general\",\"settings\":%s}"
                    .formatted(
                        connection(), ROTATION.formatted("Support " + mark + " " + ++rotations)))
            .path("id")
            .asString();
  }

  /// The path of a change of this rotation's plan.
  public String planChange(String rotation) {
    return rotation + "/changes/" + made(rotation + "/changes", PLAN_CHANGE).path("id").asString();
  }

  /// The path of a request of this rotation's, which Ben, who is known from then on, can take.
  public String shiftRequest(String rotation) {
    parts.workspaces.inWorkspace(
        workspace.id(),
        () ->
            parts
                .jdbc
                .sql(
                    "insert into chat_account (workspace_id, connection_id, account, name, zone,"
                        + " active, bot, looked_up_at) select workspace_id, connection_id, 'ben',"
                        + " ?, zone, active, bot, looked_up_at from chat_account where"
                        + " account = 'ada' on conflict do nothing")
                .param("Ben " + mark)
                .update());
    return rotation
        + "/requests/"
        + made(rotation + "/requests", SHIFT_REQUEST).path("id").asString();
  }

  /// The same, taken.
  public String takenRequest(String rotation) {
    String request = shiftRequest(rotation);
    made(request + "/take", BEN);
    return request;
  }

  /// The path of a rotation in the bin.
  public String binned() {
    done(owner.send("DELETE", rotation(), ""));
    return "/bin/" + first("/bin");
  }

  /// The path of an address of all shifts of whoever is signed in.
  public String ownCalendarFeed() {
    return "/calendar-feeds/"
        + done(send(signedIn, "POST", "/calendar-feeds", "{\"rotation\":null}"))
            .at("/feed/id")
            .asString();
  }

  /// A calendar of Ada's; nobody answers at its address.
  public String absenceFeed() {
    return "/absence-feeds/"
        + made("/absence-feeds", FEED.formatted(connection(), mark)).path("id").asString();
  }

  /// HiBob, with a service user that it does not know.
  public void hiBob() {
    assertThat(form(signedIn, ConsoleForms.of("/absences/hibob", this)).statusCode())
        .isEqualTo(302);
  }

  /// Ada's account, matched with an employee, as a form names it.
  public String hiBobMatch() {
    ConsoleForms.Form match = ConsoleForms.of("/absences/hibob/match", this);
    assertThat(form(signedIn, match).statusCode()).isEqualTo(302);
    return match.fields().getOrDefault("who", "");
  }

  /// The path of an absence of somebody of a connection of its own.
  public String absence() {
    return "/absences/"
        + made(
                "/absences",
                "{\"connection\":\"%s\",\"account\":\"ada\",\"times\":%s}"
                    .formatted(connection(), TIMES))
            .path("id")
            .asString();
  }

  /// The path of a holiday calendar.
  public String holidays() {
    String calendar = HOLIDAYS.formatted("Days " + mark + " " + ++rotations);
    return "/holiday-calendars/"
        + made("/holiday-calendars", calendar.replace("Closed", "Closed " + mark))
            .path("id")
            .asString();
  }

  public String hook() {
    return "/webhooks/" + made("/webhooks", HOOK.formatted(mark)).at("/webhook/id").asString();
  }

  /// A letter that is dead: nobody knows its kind.
  public String letter() {
    ConnectionId connection = connection();
    Set<String> before = letters();
    parts.inbox.accept(
        new Inbox.Delivery(
            workspace.id(),
            connection.value(),
            UUID.randomUUID().toString(),
            connection + ":general",
            "chat.slack",
            "{\"type\":\"of-a-later-version\",\"text\":\"%s\"}"
                .formatted(mark)
                .getBytes(StandardCharsets.UTF_8)));
    await().until(() -> letters().size() == before.size() + 1);
    Set<String> now = new HashSet<>(letters());
    now.removeAll(before);
    return now.iterator().next();
  }

  /// Of what came in: what a form of before sends may die meanwhile as well.
  private Set<String> letters() {
    Set<String> ids = new HashSet<>();
    for (JsonNode item : owner.read("/dead-letters?limit=100").path("items")) {
      if (item.path("box").asString().equals("inbox")) {
        ids.add(item.path("id").asString());
      }
    }
    return ids;
  }

  /// Somebody new who is in this workspace alone.
  public TestPeople.Someone somebody() {
    return parts.people.signedIn(workspace, "Ada Lovelace " + mark, Role.MEMBER);
  }

  /// Somebody whom a mail reaches.
  public void memberWithAddress() {
    TestPeople.Someone somebody = somebody();
    parts.workspaces.inWorkspace(
        workspace.id(),
        () ->
            parts
                .jdbc
                .sql("update member set email = ? where person_id = ?")
                .params(mark + "@example.com", somebody.id().value())
                .update());
  }

  /// Whoever is signed in has this account at each connection that knows it.
  void linkEverywhere(String account) {
    parts.workspaces.inWorkspace(
        workspace.id(),
        () ->
            parts
                .jdbc
                .sql(
                    "insert into chat_link (workspace_id, connection_id, account, person_id,"
                        + " linked_by, linked_at) select workspace_id, connection_id, account, ?,"
                        + " 'ADMIN', now() from chat_account where account = ? on conflict do"
                        + " nothing")
                .params(signedIn.id().value(), account)
                .update());
  }

  /// A connection whose account `ada` is theirs.
  public ConnectionId linked(TestPeople.Someone somebody) {
    ConnectionId connection = connection();
    parts.workspaces.inWorkspace(
        workspace.id(),
        () ->
            parts
                .jdbc
                .sql(
                    "insert into chat_link (workspace_id, connection_id, account, person_id,"
                        + " linked_by, linked_at) values (?, ?, 'ada', ?, 'ADMIN', now())")
                .params(workspace.id().value(), connection.value(), somebody.id().value())
                .update());
    return connection;
  }

  public String member() {
    return "/people/" + somebody().id();
  }

  /// The id of the first of a list.
  public String first(String list) {
    return owner.read(list).at("/items/0/id").asString();
  }

  /// The signed-in person's session of another browser.
  public String otherSession() {
    parts.people.anotherSession(signedIn.id());
    JsonNode all = done(send(signedIn, "GET", "/profile/sessions", "")).path("items");
    for (JsonNode each : all) {
      if (each.path("client").asString("").startsWith("Firefox")) {
        return each.path("id").asString();
      }
    }
    throw new IllegalStateException("No other session: " + all);
  }

  public JsonNode made(String below, String document) {
    return done(owner.send("POST", below, document));
  }

  /// What the answer says, which is one of success; an empty document for an empty one.
  public static JsonNode done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer.body().isEmpty()
        ? JsonMapper.shared().createObjectNode()
        : JsonMapper.shared().readTree(answer.body());
  }
}
