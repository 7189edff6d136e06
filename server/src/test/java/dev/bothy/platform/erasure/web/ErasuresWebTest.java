package dev.bothy.platform.erasure.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Erasures by page and by API.
@BothyTest
class ErasuresWebTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @LocalServerPort int port;
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired Audit audit;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;
  private Workspace workspace;
  private Program program;

  @BeforeEach
  void aProgramOfAnOwner() {
    workspace = TestWorkspaces.fresh(workspaces);
    program = Program.of(port, workspace, people, tokens, scopes, Role.OWNER);
  }

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void aProgramErasesSomebodyOnceItSaysThatItMeansIt() {
    TestPeople.Someone pia = people.signedIn(workspace, "Pia", Role.MEMBER);
    String path = "/erasures/people/" + pia.id();
    Program.problem(program.send("POST", path, "{}"), 422, "api.invalid-input");
    Program.problem(program.send("POST", path, "{\"confirm\":\"pia\"}"), 422, "api.invalid-input");
    JsonNode begun = Program.done(program.send("POST", path, confirm(username(pia))));
    assertThat(begun.path("what").asString()).isEqualTo("person");
    String id = begun.path("id").asString();
    await()
        .atMost(PATIENCE)
        .until(() -> program.read("/erasures/" + id).path("state").asString().equals("done"));
    assertThat(program.read("/erasures").path("items").size()).isEqualTo(1);
    assertThat(program.read("/erasures/" + id + "/receipt").path("signature").asString())
        .isNotEmpty();
    Program.problem(program.send("POST", path, confirm("x")), 404, "api.not-found");
    assertThat(requested()).isEqualTo(1);
  }

  @Test
  void aProgramIsToldWhyNot() {
    TestPeople.Someone owner = people.signedIn(workspace, "Olga", Role.OWNER);
    Workspace other = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone stranger = people.signedIn(other, "Stranger", Role.MEMBER);
    Program admin = Program.of(port, workspace, people, tokens, scopes, Role.ADMIN);
    String path = "/erasures/people/" + owner.id();
    Program.problem(admin.send("GET", "/erasures", ""), 403, "people.role-missing");
    Program.problem(admin.send("POST", path, confirm(username(owner))), 403, "people.role-missing");
    Program.problem(
        program.send("POST", "/erasures/people/" + stranger.id(), confirm("x")),
        404,
        "api.not-found");
    Program.problem(
        program.send("POST", "/erasures/apps/nothing", confirm("x")), 404, "api.not-found");
    Program.problem(
        program.send("GET", "/erasures/" + UUID.randomUUID(), ""), 404, "api.not-found");
    Program last = Program.of(port, other, people, tokens, scopes, Role.OWNER);
    UUID only =
        workspaces.inWorkspace(
            other.id(),
            () ->
                jdbc.sql("select person_id from member where 'OWNER' = any (roles)")
                    .query(UUID.class)
                    .single());
    String username =
        workspaces.forInstallation(() ->
            jdbc.sql("select username from person where id = ?")
                .param(only)
                .query(String.class)
                .single());
    Program.problem(
        last.send("POST", "/erasures/people/" + only, confirm(username)),
        409,
        "erasures.last-owner");
  }

  @Test
  void aProgramErasesAnAppAndTheWorkspace() {
    String slug = workspace.slug();
    JsonNode app =
        Program.done(
            program.send("POST", "/erasures/apps/rotations", confirm(slug + "/rotations")));
    await()
        .atMost(PATIENCE)
        .until(() ->
            program
                .read("/erasures/" + app.path("id").asString())
                .path("state")
                .asString()
                .equals("done"));
    Program.done(program.send("POST", "/erasures/workspace", confirm(slug)));
    await()
        .atMost(PATIENCE)
        .until(() -> {
          clock.advance(Duration.ofSeconds(3));
          return workspaces.bySlug(slug).isEmpty();
        });
    assertThat(program.send("GET", "/erasures", "").statusCode()).isIn(401, 404);
  }

  @Test
  void anOwnerTypesTheNameOnThePageAndReadsTheReceipt() {
    TestPeople.Someone owner = people.signedIn(workspace, "Olga", Role.OWNER);
    TestPeople.Someone pia = people.signedIn(workspace, "Pia", Role.MEMBER);
    Http http = Http.onPort(port);
    String home = "/w/" + workspace.slug() + "/erasures";
    String path = home + "/people/" + pia.id();
    assertThat(http.pageOf(owner.token(), "/w/" + workspace.slug() + "/people/" + pia.id()).body())
        .contains(path);
    assertThat(http.pageOf(owner.token(), path).body())
        .contains("What stays", "audit_entry", username(pia));
    HttpResponse<String> wrong = post(http, owner, path, "no");
    assertThat(wrong.body()).contains("Type " + username(pia) + " to go on.");
    HttpResponse<String> begun = post(http, owner, path, username(pia));
    assertThat(begun.statusCode()).isEqualTo(302);
    await()
        .atMost(PATIENCE)
        .until(() -> http.pageOf(owner.token(), home).body().contains("Download"));
    String link =
        home
            + "/"
            + workspaces.inWorkspace(
                workspace.id(),
                () -> jdbc.sql("select id from erasure").query(UUID.class).single());
    assertThat(http.pageOf(owner.token(), link).body())
        .contains("What went", "member", "What stays", "ledger");
    assertThat(http.pageOf(owner.token(), link + "/receipt").body()).contains("bothy.erasure");
    assertThat(requested()).isEqualTo(1);

    TestPeople.Someone auditor = people.signedIn(workspace, "Aude", Role.AUDITOR);
    assertThat(http.pageOf(auditor.token(), home).body()).doesNotContain("Erase this workspace");
    assertThat(http.pageOf(auditor.token(), link + "/receipt").body()).contains("bothy.erasure");
  }

  @Test
  void nobodyButAnOwnerErases() {
    TestPeople.Someone admin = people.signedIn(workspace, "Adam", Role.ADMIN);
    TestPeople.Someone auditor = people.signedIn(workspace, "Aude", Role.AUDITOR);
    Http http = Http.onPort(port);
    String home = "/w/" + workspace.slug() + "/erasures";
    assertThat(http.pageOf(admin.token(), home).statusCode()).isEqualTo(403);
    for (TestPeople.Someone each : List.of(admin, auditor)) {
      for (String path : List.of("/workspace", "/apps/rotations", "/people/" + admin.id())) {
        assertThat(http.pageOf(each.token(), home + path).statusCode()).as(path).isEqualTo(403);
      }
      assertThat(post(http, each, home + "/workspace", workspace.slug()).statusCode())
          .isEqualTo(403);
    }
    assertThat(requested()).isZero();
  }

  private static HttpResponse<String> post(
      Http http, TestPeople.Someone someone, String path, String typed) {
    return http.post(
        path,
        Map.of("typed", typed, "_csrf", someone.csrf()),
        "Cookie",
        "bothy-session=" + someone.token());
  }

  private static String confirm(String typed) {
    return "{\"confirm\":\"" + typed + "\"}";
  }

  private String username(TestPeople.Someone someone) {
    return workspaces.forInstallation(() ->
        jdbc.sql("select username from person where id = ?")
            .param(someone.id().value())
            .query(String.class)
            .single());
  }

  private long requested() {
    return workspaces
        .inWorkspace(workspace.id(), () -> audit.page(AuditFilter.ALL, null, 200))
        .entries()
        .stream()
        .filter(entry -> entry.action().equals("erasure.requested"))
        .count();
  }
}
