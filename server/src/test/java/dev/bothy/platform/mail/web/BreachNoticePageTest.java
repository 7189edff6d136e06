package dev.bothy.platform.mail.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestRelay;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A breach notice from its text to the members' mailboxes.
@BothyTest
class BreachNoticePageTest {
  @Autowired Workspaces workspaces;
  @Autowired Members members;
  @Autowired TestPeople people;
  @Autowired Audit audit;
  @LocalServerPort int port;

  private Workspace workspace;
  private TestPeople.Someone owner;
  private final String address = UUID.randomUUID() + "@member.test";
  private final String other = UUID.randomUUID() + "@member.test";

  @BeforeEach
  void come() {
    workspace = TestWorkspaces.fresh(workspaces);
    owner = people.signedIn(workspace, "Owena", Role.OWNER);
    member("Ada", address);
    member("Grace", other);
    member("Linus", null);
  }

  private void member(String name, @Nullable String email) {
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            members.provision(
                new Members.Profile(name, UUID.randomUUID().toString(), email),
                new Actor.System()));
  }

  private HttpResponse<String> post(
      TestPeople.Someone by, String what, String text, String confirm) {
    return Http.onPort(port)
        .post(
            path() + what,
            Map.of("text", text, "confirm", confirm, "_csrf", by.csrf()),
            "Cookie",
            "bothy-session=" + by.token());
  }

  private String path() {
    return "/w/" + workspace.slug() + "/breach-notice";
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"ADMIN", "MEMBER", "AUDITOR", "MANAGER", "AGENT"})
  void onlyOwnersMay(Role role) {
    TestPeople.Someone somebody = people.signedIn(workspace, "Somebody", role);
    assertThat(Http.onPort(port).pageOf(somebody.token(), path()).statusCode()).isEqualTo(403);
    assertThat(post(somebody, "/preview", "text", "").statusCode()).isEqualTo(403);
    assertThat(post(somebody, "/send", "text", workspace.slug()).statusCode()).isEqualTo(403);
  }

  @Test
  void nothingIsSentBeforeItIsSaidTwiceAndRightly() {
    assertThat(post(owner, "/preview", " ", "").statusCode()).isEqualTo(422);
    assertThat(post(owner, "/preview", "x".repeat(5_001), "").body())
        .contains("text: 1 to 5000 characters; these are 5001");
    assertThat(post(owner, "/preview", "Sorry.", "").body())
        .contains("2 members have an address", "Linus", "Send 2 mails");
    HttpResponse<String> unsure = post(owner, "/send", "Sorry.", "yes");
    assertThat(unsure.statusCode()).isEqualTo(422);
    assertThat(unsure.body()).contains("to send it.", "Sorry.");
    assertThat(Http.onPort(port).pageOf(owner.token(), path()).body()).doesNotContain("sent-title");
  }

  @Test
  void onAPhoneItIsWrittenLookedAtAndSentAndItsProgressShows() {
    try (Browser browser = Browser.open()) {
      Page page = browser.page(390, 844, ColorScheme.LIGHT);
      Browser.signIn(page, Http.onPort(port).address(), owner.token());
      page.navigate(Http.onPort(port).address() + path());
      page.getByLabel("What happened")
          .fill("Something <happened>.\n\nPlease change your password.");
      page.getByRole(AriaRole.BUTTON, named("See whom it reaches")).click();
      assertThat(page.getByText("2 members have an address.")).isVisible();
      assertThat(page.getByText("Something <happened>.")).isVisible();
      assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isTrue();
      Browser.screenshot(page, "breach-notice-phone");
      page.getByLabel("to send it").fill(workspace.slug());
      page.getByRole(AriaRole.BUTTON, named("Send 2 mails")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("2 mails are on their way.");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            page.reload();
            return page.getByText("2 of 2 sent.").count() == 1;
          });
      assertThat(page.getByText("2 members had no address.")).isVisible();
      assertThat(browser.complaints()).isEmpty();
    }
    assertThat(new String(TestRelay.shared().receivedBy(address).getFirst().content()))
        .contains("Something &lt;happened&gt;.", "Please change your password.");
    assertThat(TestRelay.shared().receivedBy(other)).hasSize(1);
    assertThat(
            workspaces
                .inWorkspace(workspace.id(), () -> audit.page(AuditFilter.ALL, null, 100))
                .entries()
                .stream()
                .filter(entry -> entry.action().startsWith("mail."))
                .map(AuditEntry::details))
        .containsExactly(Map.of("recipients", "2"));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
