package dev.bothy.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every operation of the API that changes something is called once, with success, and leaves
/// exactly one entry in the audit log. An operation that is not in the table fails.
@BothyTest
class OneEntryPerCallTest {
  private static final String AREA = "/api/v1/workspaces/{workspace}";
  private static final Set<String> METHODS = Set.of("post", "put", "patch", "delete");

  private static final String ROTATION =
      "{\"name\":\"%s\",\"cadence\":\"weekly\",\"days\":[\"mon\"],\"time\":\"09:00\","
          + "\"timeZone\":\"Europe/Berlin\",\"people\":[\"ada\"]}";

  /// Nobody is there, and nobody is asked for: names that end so are resolved nowhere (RFC 6761).
  private static final String HOOK =
      "{\"url\":\"https://hooks.invalid/%s\",\"description\":\"Desk\","
          + "\"types\":[\"people.left\"]}";

  /// Where there is nothing that a call could do here, the reason.
  private static final Map<String, String> REFUSED =
      Map.of(
          "POST /keys/{owner}/rotate",
          "a key file has one key for all, so the call is refused here",
          "POST /erasures/workspace",
          "it takes the log with it",
          "POST /webhooks/{id}/deliveries/{delivery}/replay",
          "needs somebody who takes deliveries; WebhooksApiTest has one and counts");

  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Inbox inbox;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private Program owner = new Program(new Http(""), "", "");
  private TestPeople.Someone signedIn =
      new TestPeople.Someone(new PersonId(new UUID(0, 0)), "", "", "");

  @BeforeEach
  void anOwner() {
    workspace = TestWorkspaces.fresh(workspaces);
    signedIn = people.signedIn(workspace, "Olga", Role.OWNER);
    owner = Program.of(port, workspace, people, tokens, scopes, Role.OWNER);
  }

  /// A call that is ready to be made: all that it needs is there.
  ///
  /// @param below the path below the workspace's, without variables
  /// @param document empty for none
  record Call(String below, String document) {
    static Call of(String below) {
      return new Call(below, "");
    }
  }

  /// Every changing operation, with what makes it ready.
  private Map<String, Supplier<Call>> calls() {
    Map<String, Supplier<Call>> calls = new LinkedHashMap<>();
    calls.put(
        "POST /bin", () -> new Call("/bin", "{\"kind\":\"bin.app\",\"subject\":\"rotations\"}"));
    calls.put("POST /bin/{id}/restore", () -> Call.of(binned() + "/restore"));
    calls.put(
        "POST /bin/{id}/delete", () -> new Call(binned() + "/delete", "{\"confirm\":\"Support\"}"));
    calls.put("PUT /bin/times/{app}", () -> new Call("/bin/times/rotations", "{\"days\":3}"));
    calls.put("POST /audit/verify", () -> Call.of("/audit/verify"));
    calls.put(
        "POST /dead-letters/retry",
        () -> {
          letter();
          letter();
          return Call.of("/dead-letters/retry?box=inbox");
        });
    for (String what : List.of("content", "drop", "retry")) {
      calls.put(
          "POST /dead-letters/{box}/{id}/" + what,
          () -> Call.of("/dead-letters/inbox/" + letter() + "/" + what));
    }
    calls.put(
        "POST /erasures/people/{person}",
        () -> {
          String member = member();
          String username = owner.read(member).path("username").asString();
          return new Call("/erasures" + member, "{\"confirm\":\"" + username + "\"}");
        });
    calls.put(
        "POST /erasures/apps/{app}",
        () -> {
          rotation();
          return new Call(
              "/erasures/apps/rotations", "{\"confirm\":\"" + workspace.slug() + "/rotations\"}");
        });
    calls.put(
        "PUT /retention/clocks/{clock}",
        () -> new Call("/retention/clocks/audit", "{\"days\":400}"));
    calls.put("POST /webhooks", () -> new Call("/webhooks", HOOK.formatted("in")));
    calls.put("PUT /webhooks/{id}", () -> new Call(hook(), HOOK.formatted("other")));
    calls.put("DELETE /webhooks/{id}", () -> Call.of(hook()));
    for (String what : List.of("pause", "replay", "rotate-secret", "test")) {
      calls.put("POST /webhooks/{id}/" + what, () -> Call.of(hook() + "/" + what));
    }
    calls.put(
        "POST /webhooks/{id}/resume",
        () -> {
          String hook = hook();
          done(owner.send("POST", hook + "/pause", ""));
          return Call.of(hook + "/resume");
        });
    calls.put(
        "POST /webhooks/{id}/restore",
        () -> {
          String hook = hook();
          done(owner.send("DELETE", hook, ""));
          return Call.of(hook + "/restore");
        });
    calls.put(
        "POST /exports", () -> new Call("/exports", "{\"about\":\"person\",\"person\":null}"));
    calls.put(
        "DELETE /exports/{id}",
        () -> {
          // Who asked for it removes it.
          Call asked = new Call("/exports", "{\"about\":\"person\",\"person\":null}");
          String id = done(send(signedIn, "POST /exports", asked)).path("id").asString();
          return Call.of("/exports/" + id);
        });
    calls.put(
        "POST /keys/destroy",
        () -> {
          connection();
          return new Call("/keys/destroy", "{\"confirm\":\"" + workspace.slug() + "\"}");
        });
    calls.put(
        "POST /keys/{owner}/destroy",
        () -> {
          connection();
          return new Call(
              "/keys/platform/destroy", "{\"confirm\":\"" + workspace.slug() + "/platform\"}");
        });
    calls.put(
        "POST /keys/{owner}/renew",
        () -> {
          connection();
          return Call.of("/keys/platform/renew");
        });
    calls.put("POST /people/{person}/deactivate", () -> Call.of(member() + "/deactivate"));
    calls.put(
        "POST /people/{person}/reactivate",
        () -> {
          String member = member();
          done(owner.send("POST", member + "/deactivate", ""));
          return Call.of(member + "/reactivate");
        });
    calls.put(
        "PUT /people/{person}/roles",
        () -> new Call(member() + "/roles", "{\"roles\":[\"AGENT\"]}"));
    calls.put("DELETE /people/{person}/sessions", () -> Call.of(member() + "/sessions"));
    calls.put(
        "DELETE /people/{person}/sessions/{session}",
        () -> {
          String member = member();
          return Call.of(member + "/sessions/" + first(member + "/sessions"));
        });
    calls.put(
        "DELETE /profile/sessions/{session}",
        () -> {
          String other = people.anotherSession(signedIn.id());
          assertThat(other).isNotEmpty();
          return Call.of("/profile/sessions/" + otherSession());
        });
    calls.put(
        "POST /rotations",
        () ->
            new Call(
                "/rotations",
                "{\"connection\":\"%s\",\"conversation\":\"general\",\"settings\":%s}"
                    .formatted(connection(), ROTATION.formatted("Support"))));
    calls.put("DELETE /rotations/{id}", () -> Call.of(rotation()));
    calls.put("PUT /rotations/{id}", () -> new Call(rotation(), ROTATION.formatted("Other")));
    calls.put("POST /rotations/{id}/pause", () -> Call.of(rotation() + "/pause"));
    calls.put(
        "POST /rotations/{id}/resume",
        () -> {
          String rotation = rotation();
          done(owner.send("POST", rotation + "/pause", ""));
          return Call.of(rotation + "/resume");
        });
    calls.put(
        "POST /rotations/{id}/restore",
        () -> {
          String rotation = rotation();
          done(owner.send("DELETE", rotation, ""));
          return Call.of(rotation + "/restore");
        });
    calls.put(
        "PUT /sign-on-groups",
        () -> new Call("/sign-on-groups", "{\"name\":\"crew\",\"roles\":[\"MEMBER\"]}"));
    calls.put(
        "POST /tokens",
        () -> new Call("/tokens", "{\"name\":\"second\",\"scopes\":[\"audit:read\"]}"));
    calls.put(
        "DELETE /tokens/{id}",
        () ->
            Call.of(
                "/tokens/"
                    + done(send(
                            signedIn,
                            "POST /tokens",
                            new Call(
                                "/tokens", "{\"name\":\"second\",\"scopes\":[\"audit:read\"]}")))
                        .at("/known/id")
                        .asString()));
    return calls;
  }

  /// The path of a rotation in the bin.
  private String binned() {
    done(owner.send("DELETE", rotation(), ""));
    return "/bin/" + first("/bin");
  }

  static Stream<String> operations() {
    return new OneEntryPerCallTest().calls().keySet().stream();
  }

  @Test
  void everyOperationThatChangesSomethingIsInTheTable() {
    JsonNode document =
        JsonMapper.shared().readTree(Http.onPort(port).get("/api/v1/openapi.json").body());
    Set<String> there = new TreeSet<>();
    document
        .path("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .propertyStream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation ->
                    there.add(
                        operation.getKey().toUpperCase(Locale.ROOT)
                            + " "
                            + path.getKey().replace(AREA, ""))));
    Set<String> driven = new TreeSet<>(calls().keySet());
    driven.addAll(REFUSED.keySet());
    assertThat(driven).isEqualTo(there);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aCallLeavesOneEntryThatSaysWhoAndFromWhere(String operation) {
    Call call = Objects.requireNonNull(calls().get(operation)).get();
    Set<UUID> before = ids();
    HttpResponse<String> answer = send(signedIn, operation, call);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    List<AuditEntry> left =
        entries().stream()
            .filter(entry -> !before.contains(entry.id()))
            // What Bothy does by itself afterwards is its own.
            .filter(entry -> "api".equals(entry.origin().via()))
            .toList();
    assertThat(left).as(operation).hasSize(1);
    assertThat(left.getFirst().actorKind()).isEqualTo("person");
    assertThat(left.getFirst().origin().address()).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aCallOfWhoMayNotLeavesNone(String operation) {
    Call call = Objects.requireNonNull(calls().get(operation)).get();
    TestPeople.Someone stranger =
        people.signedIn(TestWorkspaces.fresh(workspaces), "Eve", Role.OWNER);
    Set<UUID> before = ids();
    HttpResponse<String> answer = send(stranger, operation, call);
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(entries().stream().filter(entry -> "api".equals(entry.origin().via())))
        .allMatch(entry -> before.contains(entry.id()));
  }

  /// As somebody who is signed in: what makes tokens takes no token.
  private HttpResponse<String> send(TestPeople.Someone who, String operation, Call call) {
    return Http.onPort(port)
        .send(
            operation.substring(0, operation.indexOf(' ')),
            AREA.replace("{workspace}", workspace.slug()) + call.below(),
            call.document(),
            "Cookie",
            "bothy-session=" + who.token(),
            "X-CSRF-TOKEN",
            who.csrf());
  }

  private ConnectionId connection() {
    return workspaces.inWorkspace(
        workspace.id(),
        () -> {
          ConnectionId made =
              connections.create(Network.SANDBOX, "Room", "bothy", new byte[1]).id();
          jdbc.sql(
                  "insert into chat_account (workspace_id, connection_id, account, name, zone,"
                      + " active, bot, looked_up_at)"
                      + " values (?, ?, 'ada', 'Ada', 'Europe/Berlin', true, false, now())")
              .params(workspace.id().value(), made.value())
              .update();
          return made;
        });
  }

  private String rotation() {
    return "/rotations/"
        + made(
                "/rotations",
                "{\"connection\":\"%s\",\"conversation\":\"general\",\"settings\":%s}"
                    .formatted(connection(), ROTATION.formatted("Support")))
            .path("id")
            .asString();
  }

  private String hook() {
    return "/webhooks/" + made("/webhooks", HOOK.formatted("in")).at("/webhook/id").asString();
  }

  /// A letter that is dead: nobody knows its kind.
  private String letter() {
    ConnectionId connection = connection();
    Set<String> before = letters();
    inbox.accept(
        new Inbox.Delivery(
            workspace.id(),
            connection.value(),
            UUID.randomUUID().toString(),
            connection + ":general",
            "chat.slack",
            "{\"type\":\"of-a-later-version\"}".getBytes(StandardCharsets.UTF_8)));
    await().until(() -> letters().size() == before.size() + 1);
    Set<String> now = new HashSet<>(letters());
    now.removeAll(before);
    return now.iterator().next();
  }

  private Set<String> letters() {
    return new HashSet<>(
        owner.read("/dead-letters?limit=100").path("items").findValuesAsString("id"));
  }

  private String member() {
    return "/people/" + people.signedIn(workspace, "Ada Lovelace", Role.MEMBER).id();
  }

  private String first(String list) {
    return owner.read(list).at("/items/0/id").asString();
  }

  /// The signed-in person's session of another browser.
  private String otherSession() {
    JsonNode all =
        JsonMapper.shared()
            .readTree(
                Http.onPort(port)
                    .get(
                        AREA.replace("{workspace}", workspace.slug()) + "/profile/sessions",
                        "Cookie",
                        "bothy-session=" + signedIn.token())
                    .body())
            .path("items");
    for (JsonNode each : all) {
      if (each.path("client").asString("").startsWith("Firefox")) {
        return each.path("id").asString();
      }
    }
    throw new IllegalStateException("No other session: " + all);
  }

  private JsonNode made(String below, String document) {
    return done(owner.send("POST", below, document));
  }

  private static JsonNode done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer.body().isEmpty()
        ? JsonMapper.shared().createObjectNode()
        : JsonMapper.shared().readTree(answer.body());
  }

  private Set<UUID> ids() {
    Set<UUID> ids = new HashSet<>();
    entries().forEach(entry -> ids.add(entry.id()));
    return ids;
  }

  private List<AuditEntry> entries() {
    return new ArrayList<>(
        workspaces.inWorkspace(
            workspace.id(),
            () ->
                jdbc.sql(
                        "select "
                            + AuditRows.COLUMNS
                            + " from audit_entry e left join audit_link l"
                            + " on l.workspace_id = e.workspace_id and l.entry_id = e.id")
                    .query((row, _) -> new AuditRows(JsonMapper.shared()).entry(row))
                    .list()));
  }
}
