package dev.bothy.platform.calendar.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.AbsenceOrigin;
import dev.bothy.platform.calendar.AbsenceSource;
import dev.bothy.platform.calendar.AbsenceTimes;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.NewAbsence;
import dev.bothy.platform.calendar.Told;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class AbsencesInBrowserTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /// A month of the future, in which nothing depends on what today is.
  private static final LocalDate MAY = LocalDate.of(2027, 5, 1);

  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Absences absences;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private CalendarWorld world;

  @BeforeEach
  void open() {
    world = CalendarWorld.fresh(workspaces, connections, jdbc);
  }

  @Test
  void aMemberEntersChangesAndRemovesTheirOwnAndTakesThatBack() {
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MEMBER, "ada", 1280, ColorScheme.LIGHT);
      page.navigate(address(""));
      page.getByText("Nobody is away in").waitFor();
      Browser.screenshot(page, "absences-empty");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Enter an absence"))
          .first()
          .click();
      assertThat(page.getByLabel("Who is away").locator("option").allInnerTexts())
          .containsExactly("Ada Byron (Sandbox)");
      page.locator("#from").fill("2027-05-12");
      page.locator("#to").fill("2027-05-10");
      button(page, "Enter it").click();
      page.getByText("is before the first day").waitFor();
      Browser.screenshot(page, "absences-form-wrong");
      assertThat(page.locator("#from").inputValue()).isEqualTo("2027-05-12");
      page.locator("#to").fill("2027-05-14");
      button(page, "Enter it").click();
      page.getByText("The absence is entered.").waitFor();
      assertThat(page.locator("h2").first().innerText()).isEqualTo("May 2027");
      assertThat(page.locator(".away li").innerText())
          .contains("Ada Byron", "you", "Wed 12 May 2027 to Fri 14 May 2027", "from the console");

      link(page, "Change Ada Byron").click();
      page.getByLabel("From, on the first day").fill("13:00");
      page.locator("#to").fill("2027-05-12");
      page.getByLabel("Until, on the last day").fill("17:30");
      Browser.screenshot(page, "absences-edit");
      button(page, "Save").click();
      page.getByText("Wed 12 May 2027, 13:00 to 17:30 (Europe/Berlin)").first().waitFor();

      page.locator(".away li form button").click();
      page.getByText("The absence is removed.").waitFor();
      Browser.screenshot(page, "absences-removed");
      assertThat(page.locator(".away li").count()).isZero();
      button(page, "Undo").click();
      page.getByText("The absence is back.").waitFor();
      assertThat(page.locator(".away li").innerText()).contains("13:00 to 17:30");
      assertThat(browser.complaints())
          .as("but for the refusal of the form")
          .allSatisfy(complaint -> assertThat(complaint).contains("422"));
    }
  }

  @Test
  void anAdminEntersThemForAnybodyFromTheKeyboard() {
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, null, 1280, ColorScheme.LIGHT);
      page.navigate(address("/new"));
      Locator who = page.getByLabel("Who is away");
      assertThat(who.locator("option").count()).isEqualTo(3);
      who.focus();
      page.keyboard().type("Chen");
      page.locator("#from").fill("2027-05-03");
      page.locator("#from").press("Enter");
      page.getByText("The absence is entered.").waitFor();
      page.navigate(address("?month=2027-05"));
      assertThat(page.locator(".away .name").innerText()).isEqualTo("Chen Wei");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void whoseAccountIsNotKnownIsToldWhatToDoAndLooks() {
    add("ben", AbsenceTimes.ofDays(MAY, MAY.plusDays(3), BERLIN));
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MEMBER, null, 1280, ColorScheme.LIGHT);
      page.navigate(address("?month=2027-05"));
      page.getByText("does not know yet which chat account is yours").waitFor();
      assertThat(page.locator("main form").count()).isZero();
      link(page, "Details Ben Okafor").click();
      page.getByText("Sat 1 May 2027 to Tue 4 May 2027").waitFor();
      assertThat(page.locator("main button").count()).isZero();
      page.navigate(address("/new"));
      page.getByText("does not know your chat account yet").waitFor();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aManagerSeesTheKindOfLeaveAndIsToldThatItIsWrittenDown() {
    workspaces.inWorkspace(
        world.workspace().id(),
        () ->
            absences.tell(
                new AbsenceOrigin(AbsenceSource.HIBOB, UUID.randomUUID()),
                List.of(
                    new Told(
                        "1",
                        world.connection(),
                        "ben",
                        MAY.atStartOfDay(BERLIN).toInstant(),
                        MAY.plusDays(2).atStartOfDay(BERLIN).toInstant(),
                        true,
                        "parental-leave"))));
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MANAGER, null, 1280, ColorScheme.LIGHT);
      page.navigate(address("?month=2027-05"));
      assertThat(page.locator("main").innerText()).doesNotContain("parental");
      link(page, "Details Ben Okafor").click();
      page.getByText("parental-leave").waitFor();
      page.getByText("is in the audit log").waitFor();
      page.getByText("It comes from HiBob and is changed there").waitFor();
      Browser.screenshot(page, "absences-details");
      Page admin = signedIn(browser, Role.ADMIN, null, 1280, ColorScheme.LIGHT);
      admin.navigate(address("?month=2027-05"));
      link(admin, "Details Ben Okafor").click();
      admin.getByText("It comes from HiBob").waitFor();
      assertThat(admin.locator("main").innerText()).doesNotContain("parental");
    }
  }

  @ParameterizedTest
  @CsvSource({"360, LIGHT", "1280, DARK", "1280, LIGHT"})
  void aMonthFitsTheScreen(int width, ColorScheme scheme) {
    add("ada", AbsenceTimes.ofDays(MAY.plusDays(2), MAY.plusDays(6), BERLIN));
    add("ada", AbsenceTimes.ofDays(MAY.plusDays(25), MAY.plusDays(40), BERLIN));
    add("ben", AbsenceTimes.ofDays(MAY.minusDays(3), MAY.plusDays(1), BERLIN));
    add(
        "ben",
        AbsenceTimes.ofHours(
            MAY.plusDays(11).atTime(LocalTime.of(13, 0)),
            MAY.plusDays(12).atTime(LocalTime.NOON),
            BERLIN));
    add("chen", AbsenceTimes.ofDays(MAY.plusDays(13), MAY.plusDays(13), BERLIN));
    add("chen", AbsenceTimes.ofDays(MAY.plusDays(31), MAY.plusDays(32), BERLIN));
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MEMBER, "ada", width, scheme);
      page.navigate(address("?month=2027-05"));
      assertThat(page.locator(".away li").count()).isEqualTo(5);
      Browser.screenshot(page, "absences-" + width + "-" + scheme);
      assertThat(page.locator(".month td.whole").count()).isEqualTo(5 + 6 + 2 + 1);
      assertThat(page.locator(".month td.part").count()).isEqualTo(2);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      page.getByText("Show only mine").click();
      page.getByText("Show everybody").waitFor();
      assertThat(page.locator(".away li").count()).isEqualTo(2);
      link(page, "The next month").click();
      page.getByText("June 2027").waitFor();
      assertThat(page.locator(".away li").count()).isEqualTo(1);
      page.navigate(address("/new"));
      Browser.screenshot(page, "absences-new-" + width + "-" + scheme);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private void add(String account, AbsenceTimes times) {
    workspaces.inWorkspace(
        world.workspace().id(),
        () ->
            absences.add(
                new Actor.System(),
                new NewAbsence(world.connection(), account, times, AbsenceSource.CHAT)));
  }

  private Page signedIn(
      Browser browser,
      Role role,
      @org.jspecify.annotations.Nullable String account,
      int width,
      ColorScheme scheme) {
    TestPeople.Someone someone = people.signedIn(world.workspace(), "Ada Lovelace", role);
    if (account != null) {
      world.link(account, someone.id());
    }
    Page page = browser.page(width, 800, scheme);
    Browser.signIn(page, "http://127.0.0.1:" + port, someone.token());
    return page;
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).first();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + "/w/" + world.workspace().slug() + "/absences" + path;
  }
}
