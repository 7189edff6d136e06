package dev.bothy.platform.peoplemanagement.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.RoleSource;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// One person of a workspace, as those see them who run it.
@BothyTest
class PersonPageTest {
  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired ApiTokens tokens;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  private Workspace workspace;
  private TestPeople.Someone admin;
  private TestPeople.Someone ada;

  @BeforeEach
  void anAdminAndAMember() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = people.signedIn(workspace, "Grace Hopper", Role.ADMIN);
    ada = people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
  }

  @Test
  void anAdminGivesARoleEndsAPlaceAndGivesItBack() {
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address(person(ada.id(), "")));
      assertThat(page.locator("input[value=OWNER]").isDisabled()).isTrue();
      page.getByText("also by sign-on").waitFor();
      page.locator("input[value=AGENT]").check();
      button(page, "Save roles").click();
      page.getByText("The roles are changed.").waitFor();
      assertThat(find(ada.id()).roles()).containsExactlyInAnyOrder(Role.MEMBER, Role.AGENT);
      page.getByText("Show what the log tells of them").click();
      page.getByText("people.roles-changed").first().waitFor();
      Browser.screenshot(page, "person-1280");

      page.getByText("End this place…").click();
      page.getByText("What happens").waitFor();
      Browser.screenshot(page, "person-end-1280");
      button(page, "End this place").click();
      page.getByText("The place has ended.").waitFor();
      Browser.screenshot(page, "person-ended-1280");
      assertThat(Http.onPort(port).pageOf(ada.token(), "/w/" + workspace.slug()).statusCode())
          .isNotEqualTo(200);
      button(page, "Give the place back").click();
      page.getByText("The place is given back").waitFor();
      assertThat(find(ada.id()).active()).isTrue();

      Page phone = browser.page(360, 740, ColorScheme.LIGHT);
      Browser.signIn(phone, address(""), admin.token());
      for (String below : new String[] {"", "/end"}) {
        phone.navigate(address(person(ada.id(), below)));
        Browser.screenshot(phone, "person" + below.replace('/', '-') + "-360");
        assertThat(phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
            .isEqualTo(true);
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void eachRefusalSaysWhatToDoNext() {
    TestPeople.Someone owner = people.stranger("Olga Owner");
    set(owner.id(), RoleSource.GIVEN, Role.OWNER);
    TestPeople.Someone given = people.stranger("Gil Given");
    set(given.id(), RoleSource.GIVEN, Role.MEMBER);

    refused(post(admin, person(ada.id(), "/roles"), "role", "OWNER"), "Ask Olga Owner.");
    refused(post(admin, person(owner.id(), "/end"), "", ""), "Ask Olga Owner.");
    refused(post(owner, person(owner.id(), "/end"), "", ""), "is the only owner");
    refused(post(owner, person(owner.id(), "/roles"), "role", "MEMBER"), "is the only owner");
    refused(post(admin, person(given.id(), "/roles"), "", ""), "without any role has no place");

    in(() -> members.deactivate(ada.id(), new Actor.System(), Ended.DIRECTORY));
    refused(post(admin, person(ada.id(), "/give-back"), "", ""), "Assign them to Bothy there");
    refused(post(admin, person(ada.id(), "/roles"), "role", "AGENT"), "Give it back first");
    assertThat(post(admin, person(ada.id(), "/end"), "", "").statusCode()).isEqualTo(302);
    assertThat(post(admin, person(new PersonId(UUID.randomUUID()), "/end"), "", "").statusCode())
        .isEqualTo(404);
    assertThat(find(owner.id()).roles()).containsExactly(Role.OWNER);
  }

  @Test
  void anOwnersRoleSurvivesAnAdminWhoCannotUntickIt() {
    TestPeople.Someone owner = people.stranger("Olga Owner");
    set(owner.id(), RoleSource.GIVEN, Role.OWNER);
    assertThat(post(admin, person(owner.id(), "/roles"), "role", "MANAGER").statusCode())
        .isEqualTo(302);
    assertThat(find(owner.id()).roles()).containsExactlyInAnyOrder(Role.OWNER, Role.MANAGER);
  }

  @Test
  void onlyAnAdminChangesAndOnlyFromOurOwnPage() {
    TestPeople.Someone auditor = people.signedIn(workspace, "Alan", Role.AUDITOR);
    String body = Http.onPort(port).pageOf(auditor.token(), person(ada.id(), "")).body();
    assertThat(body).contains("Roles given here").doesNotContain("Save roles", "End this place");
    for (String below :
        new String[] {
          "/roles",
          "/end",
          "/give-back",
          "/sessions/end",
          "/sessions/" + UUID.randomUUID() + "/end",
          "/tokens/" + UUID.randomUUID() + "/revoke"
        }) {
      assertThat(post(auditor, person(ada.id(), below), "role", "AGENT").statusCode())
          .as(below)
          .isEqualTo(403);
      assertThat(
              Http.onPort(port)
                  .post(
                      person(ada.id(), below),
                      Map.of("role", "AGENT"),
                      "Cookie",
                      "bothy-session=" + admin.token())
                  .statusCode())
          .as("as another site would, " + below)
          .isEqualTo(403);
    }
    assertThat(find(ada.id()).roles()).containsExactly(Role.MEMBER);
  }

  @Test
  void anAdminEndsSessionsAndTheLogSaysSo() {
    String page = Http.onPort(port).pageOf(admin.token(), person(ada.id(), "")).body();
    assertThat(page).contains("An unknown browser");
    assertThat(post(admin, person(ada.id(), "/sessions/end"), "", "").statusCode()).isEqualTo(302);
    assertThat(Http.onPort(port).pageOf(ada.token(), "/w/" + workspace.slug()).statusCode())
        .isNotEqualTo(200);
    assertThat(
            post(admin, person(ada.id(), "/sessions/" + UUID.randomUUID() + "/end"), "", "")
                .statusCode())
        .isEqualTo(404);
    assertThat(Http.onPort(port).pageOf(admin.token(), person(ada.id(), "/log")).body())
        .contains("people.sessions-ended");
    TestPeople.Someone elsewhere =
        people.signedIn(TestWorkspaces.fresh(workspaces), "Eve", Role.MEMBER);
    assertThat(post(admin, person(elsewhere.id(), "/sessions/end"), "", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void anAdminRevokesATokenOfTheirsAndNoOneElses() {
    Viewer viewer =
        new Viewer(ada.id(), ada.name(), workspace.id(), workspace.slug(), Set.of(Role.MEMBER));
    ApiTokens.Made made = tokens.make(viewer, "deploys", Set.of("rotations:read"), null);
    UUID id = ((ApiTokens.Made.Token) made).known().id();
    assertThat(Http.onPort(port).pageOf(admin.token(), person(ada.id(), "")).body())
        .contains("deploys", "rotations:read");
    assertThat(post(admin, person(admin.id(), "/tokens/" + id + "/revoke"), "", "").statusCode())
        .isEqualTo(404);
    assertThat(post(admin, person(ada.id(), "/tokens/" + id + "/revoke"), "", "").statusCode())
        .isEqualTo(302);
    assertThat(tokens.of(viewer).getFirst().revokedAt()).isNotNull();
  }

  @Test
  void whoLooksIsToldToThePersonAndLookingAtOneselfIsNot() {
    Http.onPort(port).pageOf(admin.token(), person(ada.id(), ""));
    Http.onPort(port).pageOf(admin.token(), "/w/" + workspace.slug() + "/audit?about=" + ada.id());
    assertThat(Http.onPort(port).pageOf(ada.token(), "/w/" + workspace.slug() + "/profile").body())
        .contains("Grace Hopper", "your roles, sessions", "what the audit log tells of you");
    Http.onPort(port).pageOf(admin.token(), person(admin.id(), ""));
    assertThat(
            Http.onPort(port).pageOf(admin.token(), "/w/" + workspace.slug() + "/profile").body())
        .contains("Nobody. Whenever");
  }

  @Test
  void anAdminWhoTakesTheirOwnRoleLandsOnTheirProfile() {
    TestPeople.Someone second = people.stranger("Second");
    set(second.id(), RoleSource.GIVEN, Role.ADMIN);
    HttpResponse<String> answer = post(second, person(second.id(), "/roles"), "role", "MEMBER");
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .endsWith("/profile?done=roles");
  }

  private static void refused(HttpResponse<String> answer, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(answer.body()).contains("Nothing was changed", words);
  }

  private HttpResponse<String> post(
      TestPeople.Someone who, String path, String field, String value) {
    Map<String, String> fields =
        field.isEmpty() ? Map.of("_csrf", who.csrf()) : Map.of("_csrf", who.csrf(), field, value);
    return Http.onPort(port).post(path, fields, "Cookie", "bothy-session=" + who.token());
  }

  private void set(PersonId person, RoleSource source, Role... roles) {
    in(() -> {
      members.setRoles(person, source, Set.of(roles), new Actor.System());
      return true;
    });
  }

  private Member find(PersonId person) {
    return in(() -> members.find(person)).orElseThrow();
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private String person(PersonId person, String below) {
    return "/w/" + workspace.slug() + "/people/" + person + below;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
