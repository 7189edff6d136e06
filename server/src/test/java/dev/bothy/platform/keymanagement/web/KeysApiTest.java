package dev.bothy.platform.keymanagement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The keys of a workspace, as programs see them.
@BothyTest
class KeysApiTest {
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  private String keys = "";
  private String slug = "";
  private TestPeople.Someone owner =
      new TestPeople.Someone(new PersonId(new UUID(0, 0)), "", "", "");

  @BeforeEach
  void aWorkspaceWithASecret() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            connections.end(
                connections.create(Network.SLACK, "Acme", "B", new byte[] {1}).id(), "test"));
    slug = workspace.slug();
    keys = "/api/v1/workspaces/" + slug + "/keys";
    owner = people.signedIn(workspace, "Ada", Role.OWNER);
  }

  @Test
  void itSaysWhichKeysThereAre() {
    JsonNode read = read(get(owner, keys));
    assertThat(read.path("provider").asString()).isEqualTo("local-file");
    JsonNode platform = read.path("owners").path(0);
    assertThat(platform.path("owner").asString()).isEqualTo("platform");
    assertThat(platform.at("/dataKeys/0/version").asInt()).isEqualTo(1);
    assertThat(platform.at("/dataKeys/0/state").asString()).isEqualTo("LIVES");
    assertThat(platform.at("/dataKeys/0/wrappedAt").asString()).matches("\\d{4}-.+Z");
    assertThat(platform.at("/wrappingKey/own").asBoolean()).isFalse();
    assertThat(platform.path("pendingRewraps").asInt()).isZero();
  }

  @Test
  void aNewDataKeyIsBegunOnce() {
    assertThat(post(keys + "/platform/renew", "{}").statusCode()).isEqualTo(202);
    HttpResponse<String> second = post(keys + "/platform/renew", "{}");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(read(second).path("detail").asString()).contains("being brought in already");
    assertThat(read(get(owner, keys)).at("/owners/0/reencryption/version").asInt()).isEqualTo(2);
  }

  @Test
  void whatTheKeyFileCannotIsSaid() {
    HttpResponse<String> refused = post(keys + "/platform/rotate", "{}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(read(refused).path("detail").asString()).contains("one key for all");
  }

  @Test
  void keysAreDestroyedOnlyByWhoeverSaysWhich() {
    for (String wrong : new String[] {"{}", "{\"confirm\":\"platform\"}"}) {
      HttpResponse<String> refused = post(keys + "/platform/destroy", wrong);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(read(refused).at("/errors/0/message").asString())
          .isEqualTo("confirm must be \"" + slug + "/platform\".");
    }
    assertThat(read(get(owner, keys)).at("/owners/0/dataKeys/0/state").asString())
        .isEqualTo("LIVES");

    HttpResponse<String> begun = post(keys + "/destroy", "{\"confirm\":\"" + slug + "\"}");
    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(read(begun).path("owners").toString()).isEqualTo("[\"platform\"]");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> !read(get(owner, keys)).at("/destructions/0/destroyedAt").asString("").isEmpty());
    String id = read(get(owner, keys)).at("/destructions/0/id").asString();
    assertThat(read(get(owner, keys + "/receipts/" + id)).path("signature").asString())
        .isNotEmpty();
  }

  @Test
  void whoMayNotIsToldSo() {
    TestPeople.Someone admin = people.signedIn(find(), "Bob", Role.ADMIN);
    TestPeople.Someone member = people.signedIn(find(), "Cleo", Role.MEMBER);
    assertThat(get(member, keys).statusCode()).isEqualTo(403);
    assertThat(
            Http.onPort(port)
                .postJson(
                    keys + "/platform/destroy",
                    "{\"confirm\":\"" + slug + "/platform\"}",
                    "Cookie",
                    "bothy-session=" + admin.token(),
                    "X-CSRF-TOKEN",
                    admin.csrf())
                .statusCode())
        .isEqualTo(403);
    assertThat(Http.onPort(port).get(keys).statusCode()).isEqualTo(401);
    assertThat(
            Http.onPort(port)
                .postJson(
                    keys + "/platform/renew", "{}", "Cookie", "bothy-session=" + owner.token())
                .statusCode())
        .as("without the session's token, as another site would")
        .isEqualTo(403);
    assertThat(get(owner, "/api/v1/workspaces/nowhere/keys").statusCode()).isEqualTo(404);
    assertThat(post(keys + "/moderation/renew", "{}").statusCode()).isEqualTo(404);
    assertThat(post(keys + "/platform/destroy", "confirm").statusCode()).isEqualTo(400);
  }

  private Workspace find() {
    return workspaces.bySlug(slug).orElseThrow();
  }

  private HttpResponse<String> get(TestPeople.Someone who, String path) {
    return Http.onPort(port).get(path, "Cookie", "bothy-session=" + who.token());
  }

  private HttpResponse<String> post(String path, String document) {
    return Http.onPort(port)
        .postJson(
            path,
            document,
            "Cookie",
            "bothy-session=" + owner.token(),
            "X-CSRF-TOKEN",
            owner.csrf());
  }

  private static JsonNode read(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
