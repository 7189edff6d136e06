package dev.bothy.platform.webhooks.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.webhooks.Receiver;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The pages of webhooks: over HTTP, and in a browser on a phone.
@BothyTest
class WebhooksPageTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  private Workspace workspace;
  private TestPeople.Someone admin;

  @BeforeEach
  void come() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = people.signedIn(workspace, "Adminna", Role.ADMIN);
  }

  private Http http() {
    return Http.onPort(port);
  }

  private String address(String rest) {
    return "/w/" + workspace.slug() + "/webhooks" + rest;
  }

  @Test
  void beforeTheFirstItSaysWhatToDo() {
    assertThat(http().pageOf(admin.token(), address("")).body())
        .contains("No endpoint yet", "Add an endpoint");
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"MEMBER", "AUDITOR", "MANAGER", "AGENT"})
  void onlyAdminsSeeIt(Role role) {
    TestPeople.Someone other = people.signedIn(workspace, "Other", role);
    assertThat(http().pageOf(other.token(), address("")).statusCode()).isEqualTo(403);
    assertThat(http().pageOf(other.token(), address("/new")).statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsWrongStandsBesideItsFieldAndWhatWasWrittenIsStillThere() {
    HttpResponse<String> answer =
        http()
            .post(
                address(""),
                Map.of(
                    "url",
                    "http//typo.example.com",
                    "description",
                    "My desk",
                    "type",
                    "people.left",
                    "authorization",
                    "a secret word",
                    "_csrf",
                    admin.csrf()),
                "Cookie",
                "bothy-session=" + admin.token());
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("url: an address like", "http//typo.example.com", "My desk")
        .doesNotContain("a secret word");
  }

  @Test
  void onAPhone() throws IOException {
    try (Receiver receiver = new Receiver();
        Browser browser = Browser.open()) {
      Page page = browser.page(390, 844, ColorScheme.LIGHT);
      Browser.signIn(page, http().address(), admin.token());
      page.navigate(http().address() + address(""));
      page.getByRole(AriaRole.LINK, named("Add an endpoint")).first().click();
      page.getByLabel("Address").fill(receiver.url());
      page.getByLabel("What it is for").fill("Ticket desk");
      page.getByLabel("people.left").check();
      page.getByRole(AriaRole.BUTTON, named("Add it")).click();
      String secret = page.getByLabel("Secret").inputValue();
      page.getByRole(AriaRole.LINK, named("I have put it away")).click();
      page.getByRole(AriaRole.BUTTON, named("Send a trial")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("A trial is on its way");
      await().atMost(Duration.ofSeconds(20)).until(() -> receiver.received().size() == 1);
      assertThat(receiver.received().getFirst().isSignedBy(secret)).isTrue();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            page.reload();
            return page.getByText("204").count() == 1;
          });
      fits(page);
      Browser.screenshot(page, "webhook-phone");
      page.getByRole(AriaRole.BUTTON, named("once more")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("under the same id");
      page.getByRole(AriaRole.BUTTON, named("Delete")).click();
      assertThat(page.getByText("No endpoint yet")).isVisible();
      page.getByRole(AriaRole.BUTTON, named("Bring it back")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("It is back");
      page.navigate(http().address() + address(""));
      assertThat(page.getByText("Ticket desk")).isVisible();
      fits(page);
      Browser.screenshot(page, "webhooks-phone");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void fits(Page page) {
    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
