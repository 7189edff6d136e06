package dev.bothy.platform.scim;

import static dev.bothy.platform.scim.ScimWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.scim.ScimWorld.Answer;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
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

/// What holds at every address: who may knock, what a body may be, and what errors look like.
@BothyTest
@ExtendWith(OutputCaptureExtension.class)
class ScimProtocolTest {
  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired Directories directories;
  @Autowired DirectoryRequests requests;
  @Autowired Audit audit;
  @Autowired TestPeople people;
  @Autowired TestClock clock;
  @LocalServerPort int port;

  private ScimWorld world;

  @BeforeEach
  void aWorkspaceWithADirectory() {
    world =
        new ScimWorld(
            TestWorkspaces.fresh(workspaces), workspaces, members, directories, people, port);
  }

  @AfterEach
  void theClockIsRight() {
    clock.reset();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer x",
        "Bearer bothy_scim_short",
        "Basic Ym90aHk6eA==",
        "Bearer bothy_scim_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      })
  void whoHasNoTokenIsNotHeard(String header) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(world.base() + "/Users?filter=%28"));
    if (!header.isEmpty()) {
      request.header("Authorization", header);
    }
    Answer answer = ScimWorld.send(request.build());
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer ");
    assertThat(answer.header("Content-Type")).startsWith("application/scim+json");
    assertThat(answer.header("Set-Cookie")).isEmpty();
    assertThat(answer.body().at("/schemas/0").asString())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(answer.body().path("status").asString()).isEqualTo("401");
  }

  @Test
  void anExpiredTokenIsRefusedAndAuditedOnceAnHour() {
    clock.advance(DirectoryToken.LIFE.plusSeconds(1));
    Answer refused = world.post("/Users", user("ada", ""));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.detail()).isEqualTo("The token has expired.");
    world.get("/Users");
    assertThat(audited("scim.token-refused")).hasSize(1);
    assertThat(noted().getFirst().error()).isEqualTo("The token has expired.");
    clock.advance(Duration.ofHours(1).plusSeconds(1));
    world.get("/Users");
    assertThat(audited("scim.token-refused")).hasSize(2);
    assertThat(world.member("ada")).isEmpty();
  }

  @Test
  void anOldTokenGoesOnForAWeekBesideTheNew() {
    Directories.Connected rotated =
        workspaces.inWorkspace(
            world.workspace.id(),
            () -> directories.rotate(world.directory, world.owner.id()).orElseThrow());
    assertThat(world.get("/Users").status()).isEqualTo(200);
    clock.advance(DirectoryToken.OVERLAP.plusSeconds(1));
    assertThat(world.get("/Users").status()).isEqualTo(401);
    world.use(rotated.token());
    assertThat(world.get("/Users").status()).isEqualTo(200);
    List<DirectoryToken> tokens =
        workspaces.inWorkspace(world.workspace.id(), () -> directories.tokens(world.directory));
    assertThat(tokens).hasSize(2);
    assertThat(tokens.getFirst().lastUsedAt()).isNotNull();
    workspaces.inWorkspace(
        world.workspace.id(),
        () -> directories.revoke(world.directory, tokens.getFirst().id(), world.owner.id()));
    assertThat(world.get("/Users").status()).isEqualTo(401);
  }

  @Test
  void aNewTokenThatGotLostDoesNotCostTheOneInUse() {
    world.get("/Users");
    for (int lost = 0; lost < 3; lost++) {
      workspaces.inWorkspace(
          world.workspace.id(), () -> directories.rotate(world.directory, world.owner.id()));
    }
    assertThat(world.get("/Users").status()).isEqualTo(200);
    assertThat(
            workspaces.inWorkspace(world.workspace.id(), () -> directories.tokens(world.directory)))
        .hasSize(2);
  }

  @Test
  void anotherDirectorysUserIsNotFound() {
    String ada = world.newUser("ada");
    ScimWorld other =
        new ScimWorld(world.workspace, workspaces, members, directories, people, port);
    assertThat(other.get("/Users/" + ada).status()).isEqualTo(404);
    assertThat(other.delete("/Users/" + ada).status()).isEqualTo(404);
    assertThat(other.post("/Groups", ScimWorld.group("Engines", ada)).status()).isEqualTo(400);
    ScimWorld elsewhere =
        new ScimWorld(
            TestWorkspaces.fresh(workspaces), workspaces, members, directories, people, port);
    assertThat(elsewhere.get("/Users/" + ada).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET    | /Users/x                      | 404 | ``
          GET    | /Users/00000000-0000-7000-8000-000000000000 | 404 | ``
          GET    | /Nothing                      | 404 | ``
          GET    | /Users/x/y                    | 404 | ``
          GET    | /                             | 404 | ``
          DELETE | /Users                        | 405 | ``
          POST   | /Users/00000000-0000-7000-8000-000000000000 | 405 | ``
          POST   | /Schemas                      | 405 | ``
          POST   | /Bulk                         | 501 | ``
          GET    | /Me                           | 501 | ``
          POST   | /.search                      | 501 | ``
          GET    | /Schemas?filter=id%20pr       | 403 | ``
          GET    | /Schemas/urn:nothing          | 404 | ``
          GET    | /Users?filter=userName        | 400 | invalidFilter
          GET    | /Users?filter=password%20pr   | 403 | sensitive
          GET    | /Users?startIndex=x           | 400 | invalidValue
          GET    | /Users?attributes=id&excludedAttributes=name | 400 | invalidValue
          """)
  void everyErrorHasItsForm(String method, String path, int status, String type) {
    Answer answer = world.send(method, path, method.equals("POST") ? "{}" : null);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().path("status").asString()).isEqualTo(String.valueOf(status));
    assertThat(answer.scimType()).isEqualTo(type);
    assertThat(answer.detail()).endsWith(".");
    assertThat(answer.header("Allow").isEmpty()).isEqualTo(status != 405);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                                                         | invalidSyntax
          x                                                                          | invalidSyntax
          []                                                                         | invalidSyntax
          {"a":1} {}                                                                 | invalidSyntax
          {"userName":"ada"}                                                         | invalidSyntax
          {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"userName":"a"} | invalidSyntax
          {"schemas":["urn:scim:schemas:core:1.0"],"userName":"a"}                   | invalidVers
          {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}                 | invalidValue
          {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":" "}  | invalidValue
          {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a\\u0000"} | invalidValue
          {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a\\ud800"} | invalidValue
          {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a","active":"maybe"} | invalidValue
          """)
  void aBodyThatIsNoUserHasItsName(String body, String type) {
    Answer answer = world.post("/Users", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.scimType()).isEqualTo(type);
    assertThat(world.get("/Users").body().path("totalResults").asInt()).isZero();
  }

  /// Of characters that do not compress, as they would be kept in an index.
  @Test
  void aValueThatIsTooLongToBeFoundIsRefused() {
    StringBuilder text = new StringBuilder();
    new Random(7).ints(1900, 0x4e00, 0x9fff).forEach(text::appendCodePoint);
    String longest = text.substring(0, 400);
    for (String of : new String[] {"externalId", "userName"}) {
      Answer answer = world.post("/Users", user("ada", ",\"" + of + "\":\"" + text + "\""));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.scimType()).isEqualTo("invalidValue");
    }
    assertThat(world.post("/Groups", ScimWorld.group(text.toString())).status()).isEqualTo(400);
    assertThat(world.post("/Groups", ScimWorld.group(longest)).status()).isEqualTo(201);
    Answer ada =
        world.post(
            "/Users",
            user("ada", ",\"externalId\":\"" + longest + "\",\"title\":\"" + text + "\""));
    assertThat(ada.status()).isEqualTo(201);
    assertThat(
            world
                .filter("/Users", "externalId eq \"" + longest + "\"")
                .body()
                .path("totalResults")
                .asInt())
        .isOne();
  }

  @Test
  void aBodyNestedDeeplyIsInvalidSyntax() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(world.post("/Users", user("ada", ",\"x\":" + deep)).scimType())
        .isEqualTo("invalidSyntax");
  }

  @Test
  void aBodyOverOneMebibyteIsTooLarge() {
    Answer answer = world.post("/Users", user("ada", ",\"x\":\"" + "x".repeat(1 << 20) + "\""));
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void aBodyOfAnotherTypeIsNotRead() {
    assertThat(world.send("POST", "/Users", user("ada", ""), "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(
            world
                .send("POST", "/Users", user("ada", ""), "Content-Type", "application/json")
                .status())
        .isEqualTo(201);
  }

  @Test
  void aFilterOfTenThousandCharactersOrAHundredBracketsIsRefused() {
    Answer longOne = world.filter("/Users", "userName eq \"" + "x".repeat(5_000) + "\"");
    assertThat(longOne.status()).isEqualTo(400);
    assertThat(longOne.scimType()).isEqualTo("invalidFilter");
    Answer deep = world.filter("/Users", "(".repeat(100) + "title pr" + ")".repeat(100));
    assertThat(deep.status()).isEqualTo(400);
    assertThat(deep.scimType()).isEqualTo("invalidFilter");
    Answer longSearch =
        world.post(
            "/Users/.search",
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],"
                + "\"filter\":\"userName eq \\\""
                + "x".repeat(10_000)
                + "\\\"\"}");
    assertThat(longSearch.scimType()).isEqualTo("invalidFilter");
  }

  @Test
  void whatIsSupportedIsSaid() {
    JsonNode config = world.get("/ServiceProviderConfig").body();
    assertThat(config.at("/patch/supported").asBoolean()).isTrue();
    assertThat(config.at("/filter/supported").asBoolean()).isTrue();
    assertThat(config.at("/filter/maxResults").asInt()).isEqualTo(200);
    assertThat(config.at("/etag/supported").asBoolean()).isTrue();
    for (String not : List.of("bulk", "sort", "changePassword")) {
      assertThat(config.at("/" + not + "/supported").asBoolean(true)).isFalse();
    }
    assertThat(config.at("/authenticationSchemes/0/type").asString()).isEqualTo("oauthbearertoken");
    assertThat(world.get("/ResourceTypes").body().path("totalResults").asInt()).isEqualTo(2);
    assertThat(world.get("/ResourceTypes/User").body().at("/schemaExtensions/0/schema").asString())
        .isEqualTo(EnterpriseSchema.ID);
    JsonNode schema = world.get("/Schemas/" + UserSchema.ID).body();
    assertThat(schema.at("/attributes/0/name").asString()).isEqualTo("userName");
    assertThat(schema.at("/attributes/0/required").asBoolean()).isTrue();
    assertThat(schema.at("/attributes/0/uniqueness").asString()).isEqualTo("server");
    assertThat(world.get("/Schemas").body().path("totalResults").asInt()).isEqualTo(3);
  }

  @Test
  void nothingThatWasSentIsLogged(CapturedOutput output) {
    String ada = world.newUser("planted-user");
    world.patch("/Users/" + ada, "{\"op\":\"add\",\"path\":\"x\",\"value\":\"planted-value\"}");
    world.post("/Users", "planted-text");
    world.post("/Users", user("planted-user", ""));
    world.filter("/Users", "userName is \"planted-filter\"");
    world.use("bothy_scim_planted-token");
    world.get("/Users/planted-path");
    assertThat(output.getAll()).doesNotContain("planted");
  }

  @Test
  void theLastRequestsAreNotedWithoutIdsAndValues() {
    String ada = world.newUser("ada");
    world.post("/Users", user("ada", ""));
    world.patch("/Users/" + ada, "{\"op\":\"add\",\"path\":\"shoeSize\",\"value\":\"secret-37\"}");
    world.filter("/Users", "userName eq \"ada\"");
    world.get("/secret-place/secret-thing");
    List<DirectoryRequest> noted = noted();
    assertThat(noted.stream().map(each -> each.method() + " " + each.path() + " " + each.status()))
        .containsExactly(
            "GET /…/{id} 404",
            "GET /Users 200",
            "PATCH /Users/{id} 400",
            "POST /Users 409",
            "POST /Users 201");
    assertThat(noted.get(2).error()).isEqualTo("There is no attribute shoeSize.");
    assertThat(noted.toString()).doesNotContain(ada, "secret", "\"ada\"");
  }

  @Test
  void ofTheLastRequestsABoundedNumberIsKept() {
    for (int i = 0; i < DirectoryRequests.KEPT + 20; i++) {
      workspaces.inWorkspace(
          world.workspace.id(),
          () ->
              requests.add(
                  world.directory,
                  new DirectoryRequest(
                      clock.instant(), "GET", "/Users", 200, null, Duration.ofMillis(2))));
    }
    workspaces.inWorkspace(world.workspace.id(), () -> requests.trim(world.directory));
    assertThat(noted()).hasSize(DirectoryRequests.KEPT);
  }

  @Test
  void everyChangeIsAuditedByIdsAlone() {
    String ada = world.newUser("ada");
    String group = world.newGroup("Engines", ada);
    world.patch("/Users/" + ada, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"Countess\"}");
    world.delete("/Groups/" + group);
    world.delete("/Users/" + ada);
    Set<String> actions = new TreeSet<>();
    for (AuditEntry entry : audited(null)) {
      actions.add(entry.action());
      assertThat(entry.toString()).doesNotContain("Countess", "ada@");
    }
    assertThat(actions)
        .contains(
            "scim.user-created",
            "scim.user-changed",
            "scim.user-deleted",
            "scim.group-created",
            "scim.group-deleted",
            "scim.directory-connected",
            "people.deactivated");
  }

  private List<DirectoryRequest> noted() {
    return workspaces.inWorkspace(
        world.workspace.id(), () -> requests.list(world.directory, DirectoryRequests.KEPT));
  }

  private List<AuditEntry> audited(@Nullable String action) {
    return workspaces.inWorkspace(
        world.workspace.id(),
        () ->
            audit.page(new AuditFilter(null, action, null, null, null, null), null, 200).entries());
  }
}
