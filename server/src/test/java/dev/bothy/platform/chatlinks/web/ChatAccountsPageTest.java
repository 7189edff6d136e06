package dev.bothy.platform.chatlinks.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.chatlinks.ChatLinks;
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
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The page of chat accounts: over HTTP, and in a browser on a phone by keyboard.
@BothyTest
class ChatAccountsPageTest {
  private static final Actor SYSTEM = new Actor.System();

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom sandbox;
  @Autowired ChatLinks links;
  @Autowired Members members;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  private Workspace workspace;
  private TestPeople.Someone admin;
  private PersonId alice;

  @BeforeEach
  void come() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = people.signedIn(workspace, "Adminna", Role.ADMIN);
    alice = member("alice", "Alice Arden", "alice@customer.test");
  }

  @Test
  void beforeAnyNetworkItSaysWhatToDo() {
    assertThat(page(admin, "")).contains("No accounts yet").doesNotContain("Match by e-mail now");
  }

  @Test
  void anAdminLinksAndUnlinksAndEachIsSaid() {
    ChatConnection connection = in(sandbox::open);
    assertThat(page(admin, "")).contains("Ada Byron", "0 of 4 accounts have a person");

    assertThat(send("/link", connection, "ada", "ALICE@customer.test"))
        .contains("The account is linked, and was told so.");
    assertThat(in(() -> links.personOf(connection.id(), "ada"))).contains(alice);
    assertThat(send("/link", connection, "ben", "alice")).contains("The account is linked");
    assertThat(page(admin, "?show=linked"))
        .contains("Ada Byron", "Ben Okafor", "Alice Arden", "by an admin", "2 of 4")
        .doesNotContain("Chen Wei");
    assertThat(page(admin, "?show=unlinked&text=CHEN")).contains("Chen Wei");
    assertThat(page(admin, "?text=nobody-has-this")).contains("None fits.");

    assertThat(send("/unlink", connection, "ada", "")).contains("The account is nobody");
    assertThat(send("/unlink", connection, "ada", "")).contains("nobody&#39;s already");
    assertThat(in(() -> links.personOf(connection.id(), "ada"))).isEmpty();
  }

  @Test
  void whatCannotBeIsSaidInWords() {
    ChatConnection connection = in(sandbox::open);
    member("bob", "Bob Birk", null);
    send("/link", connection, "ada", "alice");
    for (String typed : List.of("", "nobody", "alice@elsewhere.test")) {
      assertThat(send("/link", connection, "ben", typed)).contains("no active member");
    }
    assertThat(send("/link", connection, "ada", "bob")).contains("is somebody else");
    assertThat(send("/link", connection, "ada", "alice")).contains("theirs already");
    assertThat(send("/link", connection, "no-account", "bob")).contains("no such account any more");
    assertThat(send("/match", connection, "", "")).contains("bothy.chat-links.match-by-email");
    in(() -> members.deactivate(alice, SYSTEM, Ended.ADMIN));
    assertThat(page(admin, "")).contains("place ended");
    assertThat(send("/link", connection, "ben", "alice")).contains("no active member");
  }

  @ParameterizedTest
  @CsvSource({"AUDITOR, 200, 403", "MEMBER, 403, 403", "MANAGER, 403, 403", "OWNER, 200, 302"})
  void adminsChangeAndAuditorsLook(Role role, int looks, int changes) {
    ChatConnection connection = in(sandbox::open);
    TestPeople.Someone somebody = people.signedIn(workspace, "Somebody", role);
    HttpResponse<String> looked = http().pageOf(somebody.token(), address(""));
    assertThat(looked.statusCode()).isEqualTo(looks);
    if (looks == 200 && changes == 403) {
      assertThat(looked.body()).contains("Ada Byron").doesNotContain("Link to a person");
    }
    for (String what : List.of("/link", "/unlink", "/match")) {
      assertThat(post(somebody, what, connection, "ada", "alice").statusCode())
          .as(what)
          .isEqualTo(changes);
    }
  }

  @Test
  void onAPhoneAndByKeyboard() {
    ChatConnection connection = in(sandbox::open);
    try (Browser browser = Browser.open()) {
      Page page = browser.page(390, 844, ColorScheme.DARK);
      Browser.signIn(page, Http.onPort(port).address(), admin.token());
      page.navigate(Http.onPort(port).address() + "/w/" + workspace.slug() + "/people");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Chat accounts")).click();
      Locator ada =
          page.getByRole(AriaRole.LISTITEM)
              .filter(new Locator.FilterOptions().setHasText("Ada Byron"));
      ada.locator("summary").focus();
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");
      page.keyboard().type("alice");
      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("The account is linked");
      assertThat(ada).containsText("Alice Arden");
      assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isTrue();
      Browser.screenshot(page, "chat-accounts-phone");
      assertThat(in(() -> links.personOf(connection.id(), "ada"))).contains(alice);
      ada.getByRole(AriaRole.BUTTON).focus();
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("The account is nobody's now");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private PersonId member(String username, String name, @Nullable String email) {
    return in(() -> members.provision(new Members.Profile(name, username, email), SYSTEM));
  }

  private String page(TestPeople.Someone somebody, String query) {
    HttpResponse<String> answer = http().pageOf(somebody.token(), address(query));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  /// Sends the form as the admin, and returns the page that follows.
  private String send(String what, ChatConnection connection, String account, String person) {
    HttpResponse<String> answer = post(admin, what, connection, account, person);
    assertThat(answer.statusCode()).isEqualTo(302);
    String flash =
        answer.headers().allValues("set-cookie").stream()
            .map(cookie -> cookie.split(";", 2)[0])
            .reduce("bothy-session=" + admin.token(), (all, cookie) -> all + "; " + cookie);
    return http().page(address(""), "Cookie", flash).body();
  }

  private HttpResponse<String> post(
      TestPeople.Someone somebody,
      String what,
      ChatConnection connection,
      String account,
      String person) {
    return http()
        .post(
            address(what),
            Map.of(
                "connection",
                connection.id().toString(),
                "account",
                account,
                "person",
                person,
                "_csrf",
                somebody.csrf()),
            "Cookie",
            "bothy-session=" + somebody.token());
  }

  private String address(String rest) {
    return "/w/" + workspace.slug() + "/people/chat-accounts" + rest;
  }

  private Http http() {
    return Http.onPort(port);
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }
}
