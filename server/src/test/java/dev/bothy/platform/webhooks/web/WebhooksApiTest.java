package dev.bothy.platform.webhooks.web;

import static dev.bothy.testkit.Program.done;
import static dev.bothy.testkit.Program.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.webhooks.Receiver;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Webhooks, as programs see them.
@BothyTest
class WebhooksApiTest {
  private static final String INPUT =
      """
      {"url": "%s", "description": "Ticket desk", "types": ["people.left"], "authorization": "Splunk abc"}
      """;

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired Audit audit;
  @LocalServerPort int port;

  private Program program(Workspace of, Role... roles) {
    return Program.of(port, of, people, tokens, scopes, roles);
  }

  private List<String> audited(Workspace in) {
    return workspaces
        .inWorkspace(in.id(), () -> audit.page(AuditFilter.ALL, null, 100))
        .entries()
        .stream()
        .map(AuditEntry::action)
        .filter(action -> action.startsWith("webhooks."))
        .toList();
  }

  @Test
  void anEndpointIsMadeTriedReadAndDeletedAndEachChangeIsAuditedOnce() throws IOException {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    Program admin = program(workspace, Role.ADMIN);
    try (Receiver receiver = new Receiver()) {
      JsonNode made = done(admin.send("POST", "/webhooks", INPUT.formatted(receiver.url())));
      String secret = made.path("secret").asString();
      String one = "/webhooks/" + made.at("/webhook/id").asString();
      assertThat(made.at("/webhook/authorized").asBoolean()).isTrue();
      assertThat(admin.read(one).toString()).doesNotContain("abc", secret);

      String delivery = done(admin.send("POST", one + "/test", "")).path("delivery").asString();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() ->
              admin
                  .read(one + "/deliveries/" + delivery)
                  .path("state")
                  .asString()
                  .equals("delivered"));
      assertThat(receiver.received().getFirst().isSignedBy(secret)).isTrue();
      assertThat(admin.read(one + "/deliveries?state=delivered&limit=1").path("items")).hasSize(1);
      assertThat(admin.read(one + "/deliveries?state=failed").path("items")).isEmpty();

      done(admin.send("POST", one + "/deliveries/" + delivery + "/replay", ""));
      done(admin.send("PUT", one, INPUT.formatted(receiver.url() + "2")));
      done(admin.send("POST", one + "/rotate-secret", ""));
      assertThat(done(admin.send("POST", one + "/pause", "")).path("state").asString())
          .isEqualTo("PAUSED");
      problem(admin.send("POST", one + "/replay", ""), 409, "webhooks.not-replayable");
      done(admin.send("POST", one + "/resume", ""));
      done(admin.send("POST", one + "/replay", ""));
      assertThat(admin.send("DELETE", one, "").statusCode()).isEqualTo(204);
      problem(admin.send("GET", one, ""), 404, "api.not-found");
      done(admin.send("POST", one + "/restore", ""));
      assertThat(audited(workspace).reversed())
          .containsExactly(
              "webhooks.added",
              "webhooks.tested",
              "webhooks.replayed",
              "webhooks.changed",
              "webhooks.secret-rotated",
              "webhooks.paused",
              "webhooks.resumed",
              "webhooks.replayed",
              "webhooks.deleted",
              "webhooks.restored");
    }
  }

  @Test
  void wrongInputIsNamedByFieldAndNothingIsMade() {
    Program admin = program(TestWorkspaces.fresh(workspaces), Role.ADMIN);
    for (String url :
        List.of(
            "", "ftp://host/", "https://", "not an address", "https://user:word@host/", "//host")) {
      JsonNode refused =
          problem(admin.send("POST", "/webhooks", INPUT.formatted(url)), 422, "api.invalid-input");
      assertThat(refused.at("/errors/0/field").asString()).isEqualTo("url");
    }
    JsonNode refused =
        problem(
            admin.send(
                "POST",
                "/webhooks",
                "{\"url\":\"https://example.com\",\"types\":[\"people.left\",\"nothing.like-it\"],"
                    + "\"authorization\":\"a\\nb\",\"description\":\"two\\nlines\"}"),
            422,
            "api.invalid-input");
    assertThat(refused.path("errors").findValuesAsString("field"))
        .containsExactly("description", "types", "authorization");
    assertThat(refused.toString()).contains("people.left, ");
    problem(admin.send("POST", "/webhooks", "{}"), 422, "api.invalid-input");
    assertThat(admin.read("/webhooks").path("items")).isEmpty();
  }

  @Test
  void anotherWorkspacesEndpointIsNotThereAndOthersMayNot() {
    Program admin = program(TestWorkspaces.fresh(workspaces), Role.ADMIN);
    Workspace other = TestWorkspaces.fresh(workspaces);
    JsonNode theirs =
        done(
            program(other, Role.ADMIN)
                .send("POST", "/webhooks", INPUT.formatted("https://example.com/x")));
    String one = "/webhooks/" + theirs.at("/webhook/id").asString();

    problem(admin.send("GET", one, ""), 404, "api.not-found");
    problem(admin.send("PUT", one, INPUT.formatted("https://example.com")), 404, "api.not-found");
    problem(admin.send("DELETE", one, ""), 404, "api.not-found");
    for (String verb : List.of("pause", "resume", "rotate-secret", "restore", "test", "replay")) {
      problem(admin.send("POST", one + "/" + verb, ""), 404, "api.not-found");
    }
    problem(admin.send("GET", one + "/deliveries", ""), 404, "api.not-found");
    for (Role role : new Role[] {Role.MEMBER, Role.AUDITOR, Role.MANAGER}) {
      assertThat(program(other, role).send("GET", "/webhooks", "").statusCode()).isEqualTo(403);
      assertThat(program(other, role).send("POST", one + "/test", "").statusCode()).isEqualTo(403);
    }
    assertThat(program(other, Role.OWNER).read("/webhooks").path("items")).hasSize(1);
  }

  @Test
  void theTypesAreThoseOfTheModules() {
    Program admin = program(TestWorkspaces.fresh(workspaces), Role.ADMIN);

    assertThat(admin.read("/webhooks/types").findValuesAsString("name"))
        .contains("people.joined", "people.left", "rotations.handed-over");
  }
}
