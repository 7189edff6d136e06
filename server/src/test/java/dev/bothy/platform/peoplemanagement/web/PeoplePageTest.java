package dev.bothy.platform.peoplemanagement.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The list of a workspace's people.
@BothyTest
class PeoplePageTest {
  private static final Pattern NAME = Pattern.compile("people/[0-9a-f-]{36}\">([^<]+)<");
  private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");

  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace;
  private TestPeople.Someone admin;
  private String list = "";

  @BeforeEach
  void anAdmin() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = people.signedIn(workspace, "Grace Hopper", Role.ADMIN);
    list = "/w/" + workspace.slug() + "/people";
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void onlyThoseWhoRunOrAuditTheWorkspaceSeeThePagesOfOthers(Role role) {
    TestPeople.Someone viewer = people.signedIn(workspace, "Viewer", role);
    boolean may = List.of(Role.OWNER, Role.ADMIN, Role.AUDITOR).contains(role);
    for (String page : List.of("", "/groups", "/" + admin.id(), "/" + admin.id() + "/log")) {
      HttpResponse<String> answer = Http.onPort(port).pageOf(viewer.token(), list + page);
      assertThat(answer.statusCode()).as(page).isEqualTo(may ? 200 : 403);
      if (!may) {
        assertThat(answer.body()).contains("This needs the role owner or admin or auditor");
      }
    }
    String home = Http.onPort(port).pageOf(viewer.token(), "/w/" + workspace.slug()).body();
    assertThat(home.contains("href=\"" + list + "\"")).isEqualTo(may);
    assertThat(home).contains("/w/" + workspace.slug() + "/profile");
    assertThat(
            Http.onPort(port)
                .pageOf(viewer.token(), "/w/" + workspace.slug() + "/profile")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aStrangerFindsNothing() {
    TestPeople.Someone stranger = people.stranger("Eve");
    assertThat(Http.onPort(port).pageOf(stranger.token(), list).statusCode()).isEqualTo(404);
    TestPeople.Someone elsewhere =
        people.signedIn(TestWorkspaces.fresh(workspaces), "Eve", Role.OWNER);
    assertThat(page("/" + elsewhere.id()).statusCode()).isEqualTo(404);
    assertThat(page("/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(page("/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void whoIsAloneIsToldHowOthersCome() {
    assertThat(page("").body())
        .contains("Only you so far", "Connect a directory", "let people sign in");
  }

  @Test
  void someoneIsFoundByNameUserNameOrAddressAndByRoleAndState() {
    PersonId ada = provision("Ada Lovelace", "countess", "ada@engine.test");
    PersonId gone = provision("Bob Gone", "bobby", null);
    in(() -> members.deactivate(gone, new Actor.System(), Ended.DIRECTORY));
    assertThat(names("?find=lovel")).containsExactly("Ada Lovelace");
    assertThat(names("?find=COUNTESS")).containsExactly("Ada Lovelace");
    assertThat(names("?find=engine.test")).containsExactly("Ada Lovelace");
    assertThat(names("?find=%25")).isEmpty();
    assertThat(names("?role=admin")).containsExactly("Grace Hopper");
    assertThat(names("?state=never_signed_in")).containsExactly("Ada Lovelace");
    assertThat(names("?state=ended")).containsExactly("Bob Gone");
    assertThat(names("?state=active")).containsExactly("Ada Lovelace", "Grace Hopper");
    assertThat(names("?role=king&state=odd&page=nine"))
        .containsExactly("Ada Lovelace", "Bob Gone", "Grace Hopper");
    assertThat(page("?find=nobody").body()).contains("Nobody fits");
    assertThat(page("?state=ended").body())
        .contains("by the directory. Your directory can give it back until");
    assertThat(page("/" + ada).body()).contains("Never signed in.");
  }

  @Test
  void tenThousandPeopleAreListedPageByPage() {
    many(10_000);
    assertThat(page("").body()).contains("10,001", "page 1 of 201");
    long before = System.nanoTime();
    assertThat(page("?page=200").statusCode()).isEqualTo(200);
    long listed = System.nanoTime();
    assertThat(names("?find=person-0777")).hasSize(10);
    long found = System.nanoTime();
    assertThat(
            Http.onPort(port)
                .pageOf(admin.token(), "/w/" + workspace.slug() + "/audit?who=person-07777")
                .statusCode())
        .isEqualTo(200);
    LoggerFactory.getLogger(PeoplePageTest.class)
        .info(
            "With 10,000 members: page 200 in {} ms, a search in {} ms, the audit log in {} ms",
            (listed - before) / 1_000_000,
            (found - listed) / 1_000_000,
            (System.nanoTime() - found) / 1_000_000);
    List<String> seen = new ArrayList<>();
    String address = list + "?find=person-00";
    while (address != null) {
      String body = Http.onPort(port).pageOf(admin.token(), address).body();
      NAME.matcher(body).results().forEach(match -> seen.add(match.group(1)));
      Matcher next = NEXT.matcher(body);
      address = next.find() ? next.group(1).replace("&amp;", "&") : null;
    }
    assertThat(seen).hasSize(999).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void theListFitsAScreenAndAPhoneAndFindsWhileOneTypes() {
    provision("Ada Lovelace", "ada.lovelace", "ada.lovelace@a-rather-long-company-name.example");
    PersonId gone = provision("Bob Gone", "bob.gone", null);
    in(() -> members.deactivate(gone, new Actor.System(), Ended.DIRECTORY));
    people.signedIn(workspace, "Olga Owner", Role.OWNER, Role.MANAGER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug()));
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("People").setExact(true))
          .click();
      page.getByText("4 people").waitFor();
      Browser.screenshot(page, "people-1280");
      page.locator("#find").pressSequentially("lovel");
      page.getByText("1 person").waitFor();
      assertThat(page.url()).contains("find=lovel");
      page.locator("#find").press("Tab");
      page.keyboard().press("Tab");
      Page phone = browser.page(360, 740, ColorScheme.DARK);
      Browser.signIn(phone, address(""), admin.token());
      phone.navigate(address(list));
      Browser.screenshot(phone, "people-360");
      assertThat(phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private void many(int count) {
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          jdbc.sql(
                  """
                  with made as (
                    insert into person (id, name, username, created_at)
                    select gen_random_uuid(), 'person-' || lpad(n::text, 5, '0'),
                      'person-' || lpad(n::text, 5, '0') || '-' || :workspace, now()
                    from generate_series(1, :count) n returning id)
                  insert into member (workspace_id, person_id, roles, roles_directory, created_at)
                  select :id, id, '{MEMBER}', '{MEMBER}', now() from made
                  """)
              .param("workspace", workspace.slug())
              .param("count", count)
              .param("id", workspace.id().value())
              .update();
        });
  }

  private PersonId provision(String name, String username, @Nullable String email) {
    String own = username + "-" + workspace.slug();
    return in(() -> members.provision(new Members.Profile(name, own, email), new Actor.System()));
  }

  private <T> T in(java.util.function.Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private List<String> names(String query) {
    return NAME.matcher(page(query).body()).results().map(match -> match.group(1)).toList();
  }

  private HttpResponse<String> page(String below) {
    return Http.onPort(port).pageOf(admin.token(), list + below);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
