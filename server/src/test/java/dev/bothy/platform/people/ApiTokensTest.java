package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tokens of people's programs, over HTTP.
@BothyTest
@ExtendWith(OutputCaptureExtension.class)
class ApiTokensTest {
  private static final String ANY =
      "{\"name\":\"script\",\"scopes\":[\"keys:read\",\"tokens:read\"]}";

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired Members members;
  @Autowired ApiTokens tokens;
  @Autowired Sessions sessions;
  @Autowired Audit audit;
  @Autowired TestClock clock;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private TestPeople.Someone ada = new TestPeople.Someone(new PersonId(new UUID(0, 0)), "", "", "");

  @BeforeEach
  void anAdmin() {
    workspace = TestWorkspaces.fresh(workspaces);
    ada = people.signedIn(workspace, "Ada", Role.ADMIN);
  }

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  private String path(String below) {
    return "/api/v1/workspaces/" + workspace.slug() + below;
  }

  private HttpResponse<String> bySession(
      TestPeople.Someone who, String method, String path, String document) {
    return Http.onPort(port)
        .send(
            method,
            path,
            document,
            "Cookie",
            "bothy-session=" + who.token(),
            "X-CSRF-TOKEN",
            who.csrf());
  }

  private HttpResponse<String> byToken(String token, String method, String path) {
    return Http.onPort(port).send(method, path, "", "Authorization", "Bearer " + token);
  }

  private static JsonNode read(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private JsonNode made(TestPeople.Someone who, String document) {
    HttpResponse<String> answer = bySession(who, "POST", path("/tokens"), document);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    return read(answer);
  }

  private static void isProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = read(answer);
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(problem.path("type").asString()).isEqualTo("urn:bothy:problem:" + code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asString()).isNotEmpty();
    assertThat(problem.path("detail").asString()).isNotEmpty();
  }

  @Test
  void aTokenIsShownOnceAndWorksAsItsOwner() {
    JsonNode made = made(ada, ANY);
    String token = made.path("token").asString();
    assertThat(token).matches("bothy_pat_[A-Za-z0-9_-]{43}");

    assertThat(byToken(token, "GET", path("/keys")).statusCode()).isEqualTo(200);
    JsonNode me = read(byToken(token, "GET", "/api/v1/me"));
    assertThat(me.path("id").asString()).isEqualTo(ada.id().toString());
    assertThat(me.at("/workspaces/0/slug").asString()).isEqualTo(workspace.slug());
    assertThat(me.at("/workspaces/0/roles/0").asString()).isEqualTo("ADMIN");
    assertThat(me.path("scopes").toString()).isEqualTo("[\"keys:read\",\"tokens:read\"]");

    String list = bySession(ada, "GET", path("/tokens"), "").body();
    assertThat(list).contains("script").doesNotContain(token).doesNotContain("bothy_pat_");
    assertThat(JsonMapper.shared().readTree(list).at("/items/0/lastUsedAt").asString(""))
        .isNotEmpty();
  }

  @Test
  void theDatabaseHoldsNoToken() throws SQLException {
    String token = made(ada, ANY).path("token").asString();
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement();
        ResultSet rows = statement.executeQuery("select t::text from bothy.api_token t")) {
      while (rows.next()) {
        assertThat(rows.getString(1)).doesNotContain(token.substring("bothy_pat_".length()));
      }
    }
  }

  @Test
  void noTokenIsLoggedWhetherItHoldsOrNot(CapturedOutput output) {
    String token = made(ada, ANY).path("token").asString();
    String wrong = "bothy_pat_" + "x".repeat(43);
    byToken(token, "GET", "/api/v1/me");
    byToken(token, "POST", path("/keys/platform/renew"));
    byToken(token, "GET", path("/nothing"));
    byToken(wrong, "GET", "/api/v1/me");
    Http.onPort(port).get("/api/v1/me?access_token=" + token);
    assertThat(output)
        .doesNotContain(token.substring("bothy_pat_".length()))
        .doesNotContain("x".repeat(43));
  }

  @Test
  void useIsNotedOnceAMinute() {
    String token = made(ada, ANY).path("token").asString();
    byToken(token, "GET", "/api/v1/me");
    Instant first = lastUse();
    clock.advance(Duration.ofSeconds(30));
    byToken(token, "GET", "/api/v1/me");
    assertThat(lastUse()).isEqualTo(first);
    clock.advance(Duration.ofSeconds(40));
    byToken(token, "GET", "/api/v1/me");
    assertThat(lastUse()).isAfter(first);
  }

  private Instant lastUse() {
    return Instant.parse(
        read(bySession(ada, "GET", path("/tokens"), "")).at("/items/0/lastUsedAt").asString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer bothy_pat_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Bearer nonsense",
        "Bearer ",
        "Bearer",
        "Basic YTpi",
        "bothy_pat_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void aWrongTokenIsRefusedEvenBesideASession(String header) {
    HttpResponse<String> answer =
        Http.onPort(port)
            .get("/api/v1/me", "Authorization", header, "Cookie", "bothy-session=" + ada.token());
    isProblem(answer, 401, "people.token-not-valid");
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
        .startsWith("Bearer")
        .contains("error=\"invalid_token\"");
  }

  @Test
  void nobodyIsToldTheSchemeAlone() {
    HttpResponse<String> answer = Http.onPort(port).page("/api/v1/me");
    isProblem(answer, 401, "people.not-signed-in");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"bothy\"");
    isProblem(Http.onPort(port).postJson(path("/tokens"), ANY), 401, "people.not-signed-in");
  }

  @Test
  void anExpiredTokenIsRefused() {
    Instant soon = clock.instant().plus(Duration.ofDays(2));
    String token =
        made(ada, ANY.replace("}", ",\"expiresAt\":\"" + soon + "\"}")).path("token").asString();
    assertThat(byToken(token, "GET", "/api/v1/me").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofDays(2));
    isProblem(byToken(token, "GET", "/api/v1/me"), 401, "people.token-not-valid");
  }

  @Test
  void withoutAnExpiryItIsForAYear() {
    JsonNode made = made(ada, ANY);
    assertThat(
            Duration.between(
                Instant.parse(made.at("/known/createdAt").asString()),
                Instant.parse(made.at("/known/expiresAt").asString())))
        .isEqualTo(Duration.ofDays(365));
  }

  @Test
  void itsOwnerRevokesItAndAgain() {
    JsonNode made = made(ada, ANY);
    String token = made.path("token").asString();
    String it = path("/tokens/" + made.at("/known/id").asString());
    for (int time = 0; time < 2; time++) {
      assertThat(bySession(ada, "DELETE", it, "").statusCode()).isEqualTo(204);
    }
    isProblem(byToken(token, "GET", "/api/v1/me"), 401, "people.token-not-valid");
    assertThat(actions()).containsSubsequence("people.token-revoked", "people.token-made");
    assertThat(actions()).containsOnlyOnce("people.token-revoked");
  }

  private List<String> actions() {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            audit.page(AuditFilter.ALL, null, 50).entries().stream()
                .map(AuditEntry::action)
                .toList());
  }

  @Test
  void onlyItsOwnerAndAnAdminSeeAndRevokeIt() {
    TestPeople.Someone bob = people.signedIn(workspace, "Bob", Role.MEMBER);
    TestPeople.Someone cleo = people.signedIn(workspace, "Cleo", Role.MEMBER);
    JsonNode made = made(bob, ANY);
    String it = path("/tokens/" + made.at("/known/id").asString());

    assertThat(read(bySession(cleo, "GET", path("/tokens"), "")).path("items")).isEmpty();
    isProblem(bySession(cleo, "GET", path("/tokens?of=all"), ""), 403, "people.role-missing");
    isProblem(bySession(cleo, "DELETE", it, ""), 404, "api.not-found");

    assertThat(read(bySession(ada, "GET", path("/tokens"), "")).path("items")).isEmpty();
    assertThat(read(bySession(ada, "GET", path("/tokens?of=all"), "")).path("items")).hasSize(1);
    assertThat(bySession(ada, "DELETE", it, "").statusCode()).isEqualTo(204);
    isProblem(
        byToken(made.path("token").asString(), "GET", "/api/v1/me"), 401, "people.token-not-valid");
  }

  @Test
  void anotherWorkspacesTokenReachesNothingHere() {
    Workspace other = TestWorkspaces.fresh(workspaces);
    people.assign(other, ada.id(), Role.OWNER);
    JsonNode made = made(ada, ANY);
    String token = made.path("token").asString();
    isProblem(
        byToken(token, "GET", "/api/v1/workspaces/" + other.slug() + "/keys"),
        404,
        "api.not-found");
    assertThat(read(byToken(token, "GET", "/api/v1/me")).path("workspaces")).hasSize(1);
    isProblem(
        bySession(
            ada,
            "DELETE",
            "/api/v1/workspaces/" + other.slug() + "/tokens/" + made.at("/known/id").asString(),
            ""),
        404,
        "api.not-found");
  }

  @Test
  void scopesAndRolesBothMustAllowIt() {
    String token = made(ada, ANY).path("token").asString();
    HttpResponse<String> answer = byToken(token, "POST", path("/keys/platform/renew"));
    isProblem(answer, 403, "people.scope-missing");
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("insufficient_scope", "keys:write");

    people.assign(workspace, ada.id(), Role.MEMBER);
    isProblem(byToken(token, "GET", path("/keys")), 403, "people.role-missing");
  }

  @Test
  void noTokenMakesAnother() {
    String token =
        made(ada, "{\"name\":\"x\",\"scopes\":[\"tokens:write\"]}").path("token").asString();
    isProblem(
        Http.onPort(port).postJson(path("/tokens"), ANY, "Authorization", "Bearer " + token),
        403,
        "people.session-needed");
  }

  @Test
  void neitherDoesASessionByABreakGlassCode() {
    String session = sessions.openInEmergency(ada.id(), null, Duration.ofHours(1));
    TestPeople.Someone emergency = TestPeople.withSession(ada, session);
    isProblem(bySession(emergency, "POST", path("/tokens"), ANY), 403, "people.session-needed");
    assertThat(
            Http.onPort(port)
                .post(
                    "/w/" + workspace.slug() + "/tokens",
                    Map.of("name", "x", "scope", "keys:read", "_csrf", emergency.csrf()),
                    "Cookie",
                    "bothy-session=" + session)
                .statusCode())
        .isEqualTo(403);
    assertThat(bySession(emergency, "GET", path("/tokens"), "").statusCode()).isEqualTo(200);
  }

  @Test
  void aSessionsRequestNeedsThePagesTokenAndATokensDoesNot() {
    isProblem(
        Http.onPort(port).postJson(path("/tokens"), ANY, "Cookie", "bothy-session=" + ada.token()),
        403,
        "people.form-token-missing");
    JsonNode made = made(ada, "{\"name\":\"x\",\"scopes\":[\"tokens:write\"]}");
    assertThat(
            byToken(
                    made.path("token").asString(),
                    "DELETE",
                    path("/tokens/" + made.at("/known/id").asString()))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void aPlaceThatEndedTakesItsTokensAlongAndBringsThemBack() {
    TestPeople.Someone bob = people.signedIn(workspace, "Bob", Role.ADMIN);
    String token = made(bob, ANY).path("token").asString();
    dev.bothy.platform.audit.Actor system = new dev.bothy.platform.audit.Actor.System();
    workspaces.inWorkspace(
        workspace.id(), () -> members.deactivate(bob.id(), system, Ended.DIRECTORY));
    isProblem(byToken(token, "GET", "/api/v1/me"), 401, "people.token-not-valid");
    workspaces.inWorkspace(workspace.id(), () -> members.reactivate(bob.id(), system));
    assertThat(byToken(token, "GET", path("/keys")).statusCode()).isEqualTo(200);
    workspaces.inWorkspace(workspace.id(), () -> tokens.endAllOf(bob.id()));
    isProblem(byToken(token, "GET", "/api/v1/me"), 401, "people.token-not-valid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                       | name,scopes
          {"name":" ","scopes":["keys:read"]}                                      | name
          {"name":"x","scopes":[]}                                                 | scopes
          {"name":"x","scopes":["keys:erase"]}                                     | scopes
          {"name":"x","scopes":["keys:read"],"expiresAt":"2001-01-01T00:00:00Z"}   | expiresAt
          {"name":"x","scopes":["keys:read"],"expiresAt":"2901-01-01T00:00:00Z"}   | expiresAt
          {"name":"x","scopes":["keys:read"],"expiresAt":"soon"}                   | expiresAt
          {"name":["x"],"scopes":["keys:read"]}                                    | name
          """)
  void wrongInputIsToldByField(String document, String fields) {
    HttpResponse<String> answer = bySession(ada, "POST", path("/tokens"), document);
    isProblem(answer, 422, "api.invalid-input");
    assertThat(read(answer).path("errors").findValuesAsString("field"))
        .containsExactly(fields.split(","));
    assertThat(read(answer).at("/errors/0/message").asString()).isNotEmpty();
    assertThat(read(answer).at("/errors/0/code").asString()).contains(".");
  }

  @Test
  void nobodyHasMoreThanFifty() {
    Viewer viewer =
        new Viewer(ada.id(), "Ada", workspace.id(), workspace.slug(), Set.of(Role.ADMIN));
    for (int number = 0; number < ApiTokens.MOST; number++) {
      assertThat(tokens.make(viewer, "t" + number, Set.of("keys:read"), null))
          .isInstanceOf(ApiTokens.Made.Token.class);
    }
    HttpResponse<String> answer = bySession(ada, "POST", path("/tokens"), ANY);
    isProblem(answer, 422, "api.invalid-input");
    assertThat(read(answer).at("/errors/0/code").asString()).isEqualTo("people.too-many-tokens");
  }
}
