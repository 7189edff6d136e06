package dev.bothy.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.webhooks.Receiver;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.testkit.ApiOperation;
import dev.bothy.testkit.ApiThings;
import dev.bothy.testkit.ApiWorld;
import dev.bothy.testkit.ApiWorlds;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.RowsOf;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two workspaces with the same people and channels of the same names. Every operation of the
/// OpenAPI document, as the running server serves it, is called from the one with what is the
/// other's: its address, its ids in the path, in the query and in the document. Nothing of the
/// other's comes back, nothing of it changes, and nothing of it is taken down.
@BothyTest
class OtherWorkspaceTest {
  @Autowired ApiWorlds worlds;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired TestPeople people;

  private Receiver receiver;
  private JsonNode document;
  private ApiThings here;
  private ApiThings there;

  /// Owns both workspaces; the token was made here.
  private Program ofBoth;

  @BeforeEach
  void twoWorkspacesWithTheSamePeople() throws IOException {
    receiver = new Receiver();
    document = JsonMapper.shared().readTree(worlds.http().get("/api/v1/openapi.json").body());
    here = new ApiThings(worlds.fresh(), receiver.url());
    TestPeople.Someone both = here.world().signedIn();
    there = new ApiThings(worlds.freshOf(both), receiver.url());
    ofBoth = program(both);
    there.withAll();
    // What is asked for to make the requests is asked for before anybody counts.
    for (ApiOperation operation : ApiOperation.of(document)) {
      operation.path(there, there, Set.of());
      operation.body(there, document);
      operation.foreignQueries(there);
    }
  }

  private Program program(TestPeople.Someone who) {
    Workspace workspace = here.world().workspace();
    Viewer viewer =
        new Viewer(who.id(), who.name(), workspace.id(), workspace.slug(), Set.of(Role.OWNER));
    ApiTokens.Made made = tokens.make(viewer, "test", scopes.all(), null);
    return new Program(worlds.http(), workspace.slug(), ((ApiTokens.Made.Token) made).token());
  }

  @AfterEach
  void nobodyListens() {
    receiver.close();
  }

  @Test
  void nothingOfTheOtherWorkspaceIsReadOrChanged() {
    UUID theirs = there.world().workspace().id().value();
    Map<String, String> before = RowsOf.quiet(theirs);
    SoftAssertions softly = new SoftAssertions();
    for (ApiOperation operation : ApiOperation.of(document)) {
      withTheirAddress(operation, softly);
      withTheirIds(operation, softly);
      withTheirDocument(operation, softly);
      withTheirQueries(operation, softly);
    }
    String me = worlds.http().get("/api/v1/me", "Authorization", "Bearer " + ofBoth.token()).body();
    assertSilent(softly, "GET /me", me, "");
    softly.assertThat(RowsOf.quiet(theirs)).containsExactlyEntriesOf(before);
    softly
        .assertThat(RowsOf.naming(here.world().workspace().id().value(), foreign()))
        .as("tables here that name what is there")
        .isEmpty();
    softly.assertAll();
  }

  /// Of somebody who is not there at all, and of an owner of both.
  private void withTheirAddress(ApiOperation operation, SoftAssertions softly) {
    String path = operation.path(there, there, Set.of());
    String body = operation.body(there, document);
    for (String address :
        List.of(there.world().workspace().slug(), there.world().workspace().id().toString())) {
      for (Program program : List.of(here.world().owner(), ofBoth)) {
        HttpResponse<String> answer =
            new Program(program.http(), address, program.token())
                .send(operation.method(), path + operation.query(), body);
        softly
            .assertThat(answer.statusCode())
            .as(operation + " at their address: " + answer.body())
            .isIn(403, 404);
        assertSilent(softly, operation + " at their address", answer.body(), address + path + body);
      }
    }
  }

  private void withTheirIds(ApiOperation operation, SoftAssertions softly) {
    for (Set<String> kinds : operation.foreignKinds()) {
      String path = operation.path(here, there, kinds);
      for (String body :
          new HashSet<>(List.of(operation.body(here, document), operation.body(there, document)))) {
        HttpResponse<String> answer =
            ofBoth.send(operation.method(), path + operation.query(), body);
        String what = operation + " with their " + kinds;
        softly.assertThat(answer.statusCode()).as(what + ": " + answer.body()).isIn(403, 404);
        assertSilent(softly, what, answer.body(), path + body);
      }
    }
  }

  private void withTheirDocument(ApiOperation operation, SoftAssertions softly) {
    String body = operation.body(there, document);
    if (body.equals(operation.body(here, document))) {
      return;
    }
    String path = operation.path(here, here, Set.of());
    HttpResponse<String> answer = ofBoth.send(operation.method(), path + operation.query(), body);
    String what = operation + " with their " + body;
    softly.assertThat(answer.statusCode()).as(what + ": " + answer.body()).isIn(400, 403, 404, 422);
    assertSilent(softly, what, answer.body(), path + body);
  }

  private void withTheirQueries(ApiOperation operation, SoftAssertions softly) {
    if (!operation.method().equals("GET")) {
      return;
    }
    String path = operation.path(here, here, Set.of());
    List<String> queries = new ArrayList<>(operation.foreignQueries(there));
    queries.add(operation.query());
    for (String query : queries) {
      HttpResponse<String> answer = ofBoth.send("GET", path + query, "");
      String what = operation + query;
      softly.assertThat(answer.statusCode()).as(what + ": " + answer.body()).isLessThan(500);
      assertSilent(softly, what, answer.body(), path + query);
    }
  }

  /// @param sent what may come back, since it was sent
  private void assertSilent(SoftAssertions softly, String what, String answer, String sent) {
    softly
        .assertThat(foreign().stream().filter(each -> answer.contains(each)))
        .as(what + " answers " + answer)
        .allMatch(sent::contains);
  }

  private List<String> foreign() {
    List<String> all = new ArrayList<>(there.ids());
    all.add(there.world().mark());
    all.add(there.world().workspace().slug());
    all.add(there.world().workspace().id().toString());
    return all;
  }

  /// The same requests with what is one's own are understood; else the test above would show
  /// nothing.
  @TestFactory
  Stream<DynamicTest> oneFindsWhatIsOnesOwn() {
    return ApiOperation.of(document).stream()
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.toString(),
                () -> {
                  ApiWorld world = worlds.fresh();
                  ApiThings own = new ApiThings(world, receiver.url());
                  HttpResponse<String> answer = own(operation, own);
                  assertThat(answer.statusCode())
                      .as(answer.body())
                      .isNotIn(400, 401, 403, 404, 405, 422);
                  assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
                }));
  }

  private HttpResponse<String> own(ApiOperation operation, ApiThings own) {
    // So that there are keys.
    own.id("connections");
    String path = operation.path(own, own, Set.of());
    TestPeople.Someone owner = own.world().signedIn();
    if (path.endsWith("/restore") && !path.startsWith("/bin/")) {
      ApiWorld.done(own.world().send(owner, "DELETE", path.replaceFirst("/restore$", ""), ""));
    }
    if (path.startsWith("/hibob")) {
      own.world().hiBob();
    }
    if (path.endsWith("/public-holidays") && operation.method().equals("DELETE")) {
      own.world().made(path, ApiWorld.PUBLIC_HOLIDAYS);
    }
    return own.world()
        .send(owner, operation.method(), path + operation.query(), operation.body(own, document));
  }

  @Test
  void everyKindOfThingIsMade() {
    Set<String> kinds = new HashSet<>();
    ApiOperation.of(document).forEach(each -> kinds.addAll(each.kinds()));
    assertThat(ApiThings.KINDS).containsExactlyInAnyOrderElementsOf(kinds);
  }
}
