package dev.bothy.platform.retention.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.retention.Sweeps;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// How long a workspace keeps what, as those see it who run or audit it.
@BothyTest
class PrivacyPageTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired Sweeps sweeps;
  @LocalServerPort int port;

  @Test
  void anAdminShortensAClockAfterSeeingWhatWouldGo() throws SQLException, InterruptedException {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    settled(workspace.id(), 12, "10 days");
    TestPeople.Someone admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug()));
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Privacy")).click();
      page.getByText("No row's time will be over by then").waitFor();
      // The running server may have swept in the meantime.
      page.getByText("There was none yet").or(page.locator("#last-title + .card")).waitFor();
      Browser.screenshot(page, "privacy-1280");

      page.getByLabel("Days for deliveries and their timing").fill("5");
      page.getByRole(
              AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Set days for deliveries"))
          .click();
      page.getByText("Keep it for less time?").waitFor();
      assertThat(page.locator("tbody tr").innerText()).contains("12", "What a network delivered");
      Browser.screenshot(page, "privacy-shorten-1280");
      page.getByText("Yes, keep it for 5 days").click();
      page.getByText("5 from the next sweep on").waitFor();
      assertThat(page.locator("tbody tr").last().innerText()).contains("12", "the rows go");

      sweeps.of(workspace.id(), (_, _) -> {});
      page.reload();
      page.getByText("No row's time will be over by then").waitFor();
      page.getByText("12 of inbox_item").waitFor();
      Browser.screenshot(page, "privacy-swept-1280");
      page.navigate(address("/w/" + workspace.slug() + "/audit?what=retention"));
      assertThat(page.locator("td.mono").allInnerTexts())
          .containsExactly("retention.swept", "retention.clock-changed");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void onAPhoneNothingIsCutOff() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    try (Browser browser = Browser.open()) {
      Page page = browser.page(390, 844, ColorScheme.DARK);
      Browser.signIn(page, address(""), admin.token());
      for (String path : new String[] {"/privacy", "/privacy/data-map"}) {
        page.navigate(address("/w/" + workspace.slug() + path));
        Browser.screenshot(page, path.substring(1).replace('/', '-') + "-390");
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
            .as(path)
            .isEqualTo(true);
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void whatIsNotAllowedIsSaidAtTheField() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada", Role.ADMIN);
    HttpResponse<String> tooLong = set(admin, workspace, "message-text", "900");
    assertThat(tooLong.statusCode()).isEqualTo(422);
    assertThat(tooLong.body())
        .contains("Days for text of messages: 1 to 365 are allowed, and 900 is not.")
        .contains("value=\"900\"");
    assertThat(set(admin, workspace, "message-text", "soon").body())
        .contains("a whole number from 1 to 365 is needed");
    assertThat(set(admin, workspace, "nothing", "3").statusCode()).isEqualTo(404);
    assertThat(set(admin, workspace, "message-text", "60").statusCode()).isEqualTo(302);
  }

  @Test
  void anAuditorLooksAndAMemberDoesNot() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    String privacy = "/w/" + workspace.slug() + "/privacy";
    Http http = Http.onPort(port);
    TestPeople.Someone auditor = people.signedIn(workspace, "Bob", Role.AUDITOR);
    TestPeople.Someone member = people.signedIn(workspace, "Cleo", Role.MEMBER);
    assertThat(http.pageOf(auditor.token(), privacy).body())
        .contains("text of messages")
        .doesNotContain("name=\"days\"");
    assertThat(set(auditor, workspace, "message-text", "60").statusCode()).isEqualTo(403);
    for (String path : new String[] {privacy, privacy + "/data-map"}) {
      assertThat(http.pageOf(member.token(), path).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void theDataMapShowsTheWorkspacesOwnClocks() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada", Role.ADMIN);
    set(admin, workspace, "event-log", "365");
    set(admin, workspace, "message-text", "77");
    assertThat(
            Http.onPort(port)
                .pageOf(admin.token(), "/w/" + workspace.slug() + "/privacy/data-map")
                .body())
        .contains("its content is erased 77 days after it was settled (the clock message-text)")
        .contains("the row goes 365 days after it ended (the clock event-log)")
        .contains("your own record", "Outside the database");
  }

  private HttpResponse<String> set(
      TestPeople.Someone who, Workspace workspace, String clock, String days) {
    return Http.onPort(port)
        .post(
            "/w/" + workspace.slug() + "/privacy/clocks/" + clock,
            Map.of("days", days, "_csrf", who.csrf()),
            "Cookie",
            "bothy-session=" + who.token());
  }

  private static void settled(WorkspaceId workspace, int count, String ago) throws SQLException {
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute(
          "insert into bothy.inbox_item (workspace_id, id, source, delivery_id, kind, lane, state,"
              + " settled_at) select '%s', gen_random_uuid(), gen_random_uuid(), n::text, 'x', 'l', 'done', now() - interval '%s'"
                  .formatted(workspace, ago)
              + " from generate_series(1, "
              + count
              + ") n");
    }
  }

  private String address(String path) {
    return "http://localhost:" + port + path;
  }
}
