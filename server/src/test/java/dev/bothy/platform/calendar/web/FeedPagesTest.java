package dev.bothy.platform.calendar.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.calendar.feeds.FeedServer;
import dev.bothy.platform.calendar.hibob.FakeHiBob;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The pages of calendars and of HiBob in a browser.
@BothyTest
class FeedPagesTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SandboxRoom sandbox;
  @Autowired Audit audit;
  @Autowired JdbcClient jdbc;
  @Autowired Clock clock;
  @LocalServerPort int port;

  private Workspace workspace;
  private TestPeople.Someone admin;

  @BeforeEach
  void come() {
    workspace = TestWorkspaces.fresh(workspaces);
    workspaces.inWorkspace(workspace.id(), sandbox::open);
    admin = people.signedIn(workspace, "Adminna", Role.ADMIN);
  }

  @Test
  void aCalendarIsAddedReadAndRemovedOnAPhone() throws IOException {
    try (FeedServer server = new FeedServer();
        Browser browser = Browser.open()) {
      server.serves(calendar());
      Page page = browser.page(390, 844, ColorScheme.LIGHT);
      Browser.signIn(page, http().address(), admin.token());
      page.navigate(http().address() + address("/feeds"));
      assertThat(page.getByText("No calendar yet")).isVisible();
      page.getByLabel("Whose").first().selectOption(label("Ada"));
      page.getByLabel("Address").fill(server.url());
      page.getByRole(AriaRole.BUTTON, named("Subscribe")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("read within a minute");
      page.getByRole(AriaRole.BUTTON, named("Read the calendar of Ada")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("It is read.");
      assertThat(page.getByText("1 absence")).isVisible();
      assertThat(page.content()).doesNotContain("secret-token");
      fits(page);
      Browser.screenshot(page, "absence-feeds-phone");

      page.getByText("Remove", new Page.GetByTextOptions().setExact(true)).click();
      page.getByRole(AriaRole.BUTTON, named("Remove it and its absences")).click();
      assertThat(page.getByText("No calendar yet")).isVisible();

      long before = entries();
      page.getByLabel("File", new Page.GetByLabelOptions().setExact(true))
          .setInputFiles(payload(calendar()));
      page.getByRole(AriaRole.BUTTON, named("Take it in")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("The file is taken in.");
      assertThat(entries() - before).isOne();

      page.getByLabel("File", new Page.GetByLabelOptions().setExact(true))
          .setInputFiles(payload("<html>no calendar</html>"));
      page.getByRole(AriaRole.BUTTON, named("Take it in")).click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("This is no iCalendar file");
      // The browser itself tells of the 422.
      assertThat(browser.complaints()).allMatch(each -> each.contains("422"));
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, 900", "390, 844"})
  void whatFailsForDaysIsOnTheHomePageAndSaysWhatToDo(int width, int height) throws IOException {
    try (FeedServer server = new FeedServer();
        Browser browser = Browser.open()) {
      server.serves("<html>Sign in</html>");
      Page page = browser.page(width, height, ColorScheme.LIGHT);
      Browser.signIn(page, http().address(), admin.token());
      page.navigate(http().address() + address("/feeds"));
      page.getByLabel("Whose").first().selectOption(label("Ada"));
      page.getByLabel("Address").fill(server.url());
      page.getByRole(AriaRole.BUTTON, named("Subscribe")).click();
      page.getByRole(AriaRole.BUTTON, named("Read the calendar of Ada")).click();
      workspaces.inWorkspace(
          workspace.id(),
          () ->
              jdbc.sql(
                      "update absence_feed set failing_since_at = now() - interval '4 days',"
                          + " read_at = now() - interval '5 days'")
                  .update());

      page.navigate(http().address() + "/w/" + workspace.slug());
      assertThat(page.getByText("A calendar of absences is not read")).isVisible();
      Browser.screenshot(page, "absences-not-read-home-" + width);
      page.getByRole(AriaRole.LINK, named("Look after it")).click();
      assertThat(page.getByText("This is no iCalendar file")).isVisible();
      assertThat(page.getByText("Nobody should count on it any more")).isVisible();
      fits(page);
      Browser.screenshot(page, "absence-feeds-down-" + width);

      server.serves(calendar());
      page.getByRole(AriaRole.BUTTON, named("Read the calendar of Ada")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("It is read.");
      page.navigate(http().address() + "/w/" + workspace.slug());
      assertThat(page.getByText("A calendar of absences is not read")).hasCount(0);
    }
  }

  @Test
  void hiBobIsConnectedTriedAndMatched() {
    FakeHiBob.Company company = FakeHiBob.shared().company();
    company.employee("1001", "nobody-here@example.com");
    try (Browser browser = Browser.open()) {
      Page page = browser.page(1280, 900, ColorScheme.LIGHT);
      Browser.signIn(page, http().address(), admin.token());
      page.navigate(http().address() + address("/hibob"));
      page.getByLabel("Service user's ID").fill(company.user);
      page.getByLabel("Token").fill(company.token);
      page.getByRole(AriaRole.BUTTON, named("Connect")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("It is connected");
      page.getByRole(AriaRole.BUTTON, named("Try it")).click();
      assertThat(page.getByText("1 seen, 1 with an address to be known by.")).isVisible();
      page.getByLabel("Account", new Page.GetByLabelOptions().setExact(true))
          .selectOption(label("Ada"));
      page.getByLabel("Employee's id").fill("1001");
      page.getByRole(AriaRole.BUTTON, named("Match").setExact(true)).click();
      assertThat(page.getByText("by hand", new Page.GetByTextOptions().setExact(true))).isVisible();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            page.reload();
            return page.getByText("1 matched").count() == 1;
          });
      assertThat(page.content()).doesNotContain(company.token);
      Browser.screenshot(page, "hibob");
      company.employee("1002", "somebody-else@example.com");
      page.getByRole(AriaRole.BUTTON, named("Show who has no match")).click();
      assertThat(page.getByText("1 employee has no account")).isVisible();
      page.getByLabel("Account without an employee").selectOption("Ben Okafor");
      Browser.screenshot(page, "hibob-unmatched");
      page.getByRole(AriaRole.BUTTON, named("Match these two")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("It is noted");
      page.getByRole(AriaRole.BUTTON, named("Show who has no match")).click();
      assertThat(page.getByText("Every employee whom HiBob shows has an account.")).isVisible();
      page.getByText("Disconnect", new Page.GetByTextOptions().setExact(true)).click();
      page.getByRole(AriaRole.BUTTON, named("Disconnect HiBob")).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("It is disconnected");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void whoHasNoAccountIsToldHowToGetOneAndHiBobIsForAdmins() {
    TestPeople.Someone member = people.signedIn(workspace, "Memberto", Role.MEMBER);
    assertThat(http().pageOf(member.token(), address("/feeds")).body()).contains("/bothy link");
    assertThat(http().pageOf(member.token(), address("/hibob")).statusCode()).isEqualTo(403);
    assertThat(
            http()
                .post(
                    address("/feeds"),
                    Map.of("who", "x", "_csrf", member.csrf()),
                    "Cookie",
                    "bothy-session=" + member.token())
                .statusCode())
        .isEqualTo(422);
  }

  private String calendar() {
    LocalDate day = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().plusDays(3);
    return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        .formatted(day.format(DateTimeFormatter.BASIC_ISO_DATE));
  }

  private static FilePayload payload(String text) {
    return new FilePayload("away.ics", "text/calendar", text.getBytes(StandardCharsets.UTF_8));
  }

  private long entries() {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            (long)
                audit
                    .page(new AuditFilter("calendar", null, null, null, null, null, null), null, 50)
                    .entries()
                    .size());
  }

  private Http http() {
    return Http.onPort(port);
  }

  private String address(String rest) {
    return "/w/" + workspace.slug() + "/absences" + rest;
  }

  private static com.microsoft.playwright.options.SelectOption label(String name) {
    return new com.microsoft.playwright.options.SelectOption().setLabel(name + " Byron (Sandbox)");
  }

  private static void fits(Page page) {
    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
