package dev.bothy.platform.peoplemanagement.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.RoleSource;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// The people of a workspace, as programs see them.
@BothyTest
class PeopleApiTest {
  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @LocalServerPort int port;

  private Workspace workspace;
  private TestPeople.Someone ada;
  private Program admin = new Program(new Http(""), "", "");

  @BeforeEach
  void anAdminAndAMember() {
    workspace = TestWorkspaces.fresh(workspaces);
    ada = people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
    admin = program(Role.ADMIN);
  }

  @Test
  void peopleAreListedPageByPageAndFound() {
    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = admin.read("/people?limit=1" + after);
      page.path("items").forEach(each -> seen.add(each.path("name").asString()));
      after = page.path("next").isNull() ? "" : "&after=" + page.path("next").asString();
    } while (!after.isEmpty());
    assertThat(seen).containsExactly("Ada Lovelace", "Somebody");
    assertThat(admin.read("/people?find=lovel&role=MEMBER&state=ACTIVE").path("items").size())
        .isEqualTo(1);
    Program.problem(admin.send("GET", "/people?after=x", ""), 422, "api.invalid-input");
    Program.problem(admin.send("GET", "/people?role=king", ""), 422, "api.invalid-input");
  }

  @Test
  void aPlaceChangesEndsAndComesBack() {
    JsonNode changed = Program.done(admin.send("PUT", person("/roles"), "{\"roles\":[\"AGENT\"]}"));
    assertThat(changed.path("roles").toString()).isEqualTo("[\"AGENT\",\"MEMBER\"]");
    assertThat(changed.path("given").toString()).isEqualTo("[\"AGENT\"]");
    assertThat(changed.path("bySignOn").toString()).isEqualTo("[\"MEMBER\"]");
    JsonNode ended = Program.done(admin.send("POST", person("/deactivate"), ""));
    assertThat(ended.path("active").asBoolean()).isFalse();
    assertThat(ended.path("endedBy").asString()).isEqualTo("ADMIN");
    Program.problem(
        admin.send("PUT", person("/roles"), "{\"roles\":[\"AGENT\"]}"), 409, "people.place-ended");
    assertThat(
            Program.done(admin.send("POST", person("/reactivate"), "")).path("active").asBoolean())
        .isTrue();
  }

  @Test
  void eachRefusalHasItsCode() {
    Program owner = program(Role.OWNER);
    String ownerId = owner.read("/profile").path("id").asString();
    TestPeople.Someone given = people.stranger("Gil");
    in(() -> {
      members.setRoles(given.id(), RoleSource.GIVEN, Set.of(Role.MEMBER), new Actor.System());
      return true;
    });
    Program.problem(
        admin.send("PUT", person("/roles"), "{\"roles\":[\"OWNER\"]}"), 403, "people.owners-only");
    Program.problem(
        owner.send("POST", "/people/" + ownerId + "/deactivate", ""), 409, "people.last-owner");
    Program.problem(
        admin.send("PUT", "/people/" + given.id() + "/roles", "{\"roles\":[]}"),
        409,
        "people.no-role");
    Program.problem(admin.send("PUT", person("/roles"), "{}"), 422, "api.invalid-input");
    in(() -> members.deactivate(ada.id(), new Actor.System(), Ended.DIRECTORY));
    Program.problem(admin.send("POST", person("/reactivate"), ""), 409, "people.directory-ended");
    PersonId elsewhere = people.signedIn(TestWorkspaces.fresh(workspaces), "Eve", Role.MEMBER).id();
    for (Object nobody : List.of(UUID.randomUUID(), elsewhere)) {
      Program.problem(admin.send("GET", "/people/" + nobody, ""), 404, "api.not-found");
      Program.problem(
          admin.send("POST", "/people/" + nobody + "/deactivate", ""), 404, "api.not-found");
      Program.problem(
          admin.send("DELETE", "/people/" + nobody + "/sessions", ""), 404, "api.not-found");
    }
  }

  @Test
  void aMemberSeesThemselvesAlone() {
    Program member = program(Role.MEMBER);
    for (String path : List.of("/people", person(""), person("/sessions"), "/sign-on-groups")) {
      Program.problem(member.send("GET", path, ""), 403, "people.role-missing");
    }
    Program.problem(member.send("POST", person("/deactivate"), ""), 403, "people.role-missing");
    Program.problem(member.send("DELETE", person("/sessions"), ""), 403, "people.role-missing");
    assertThat(member.read("/profile").path("roles").toString()).isEqualTo("[\"MEMBER\"]");
    assertThat(member.read("/profile/sessions").path("items").size()).isEqualTo(1);
    assertThat(member.read("/profile/looks").path("items").size()).isZero();
    admin.read("/people/" + member.read("/profile").path("id").asString());
    assertThat(member.read("/profile/looks").at("/items/0/data").asString()).isEqualTo("account");
  }

  @Test
  void sessionsAreListedAndEnded() {
    String session = admin.read(person("/sessions")).at("/items/0/id").asString();
    assertThat(admin.send("DELETE", person("/sessions/" + session), "").statusCode())
        .isEqualTo(204);
    Program.problem(admin.send("DELETE", person("/sessions/" + session), ""), 404, "api.not-found");
    people.anotherSession(ada.id());
    assertThat(Program.done(admin.send("DELETE", person("/sessions"), "")).path("ended").asInt())
        .isEqualTo(1);
    Program member = program(Role.MEMBER);
    String own = member.read("/profile/sessions").at("/items/0/id").asString();
    assertThat(member.send("DELETE", "/profile/sessions/" + own, "").statusCode()).isEqualTo(204);
  }

  @Test
  void groupsOfTheSignOnAreSetAndForgotten() {
    String set = "{\"name\":\"/platform/team\",\"roles\":[\"AGENT\",\"MEMBER\"]}";
    assertThat(admin.send("PUT", "/sign-on-groups", set).statusCode()).isEqualTo(204);
    assertThat(admin.read("/sign-on-groups").path("items").toString())
        .isEqualTo("[{\"name\":\"platform/team\",\"roles\":[\"AGENT\",\"MEMBER\"]}]");
    Program.problem(
        admin.send("PUT", "/sign-on-groups", "{\"name\":\"a\",\"roles\":[\"OWNER\"]}"),
        403,
        "people.owners-only");
    Program.problem(
        admin.send("PUT", "/sign-on-groups", "{\"roles\":[]}"), 422, "api.invalid-input");
    assertThat(
            admin
                .send("PUT", "/sign-on-groups", "{\"name\":\"platform/team\",\"roles\":[]}")
                .statusCode())
        .isEqualTo(204);
    assertThat(admin.read("/sign-on-groups").path("items").size()).isZero();
  }

  private Program program(Role... roles) {
    return Program.of(port, workspace, people, tokens, scopes, roles);
  }

  private String person(String below) {
    return "/people/" + ada.id() + below;
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }
}
