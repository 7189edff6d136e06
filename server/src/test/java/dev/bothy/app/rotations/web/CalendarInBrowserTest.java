package dev.bothy.app.rotations.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.platform.people.Role;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/// The calendar, and changing the plan from it.
@BothyTest
class CalendarInBrowserTest extends RoomInBrowser {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void draggingOverDaysOpensTheOverrideAndItIsUndone() {
    Rotation rotation = make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, 1280, ColorScheme.LIGHT);
      page.navigate(address("/" + rotation.id()));
      page.locator(".day .handoff").first().waitFor();
      LocalDate month = LocalDate.now(BERLIN).plusMonths(1).withDayOfMonth(10);
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("The month after")).click();
      drag(page, day(page, month), 0.5, day(page, month.plusDays(1)), 0.5);
      page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Override")).waitFor();
      assertThat(page.getByLabel("From").inputValue()).isEqualTo(month + "T00:00");
      assertThat(page.getByLabel("Until").inputValue()).isEqualTo(month.plusDays(2) + "T00:00");
      page.getByLabel("What changes").selectOption("set");
      page.getByLabel("Who serves").fill("Chen Wei");
      Browser.screenshot(page, "rotations-override");
      button(page, "Preview").click();
      page.getByText("Nothing is saved yet").waitFor();
      assertThat(page.locator("ul.changes").innerText()).contains("Chen Wei instead of");
      assertThat(page.locator(".preview table").innerText()).contains("Chen Wei").contains("48 h");
      assertThat(page.getByLabel("Who serves").inputValue()).isEqualTo("Chen Wei");
      Browser.screenshot(page, "rotations-override-preview");
      button(page, "Change the plan").click();
      page.getByText("The plan is changed.").waitFor();
      Browser.screenshot(page, "rotations-overridden");
      assertThat(day(page, month).innerText()).contains("Chen Wei").contains("set by an override");
      page.locator(".notice").getByText("Undo").click();
      page.getByText("The change is taken back.").waitFor();
      assertThat(day(page, month).innerText()).doesNotContain("override");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void draggingOverHoursOfAWeekMeansThoseHours() {
    Rotation rotation = make("Support desk");
    LocalDate date = LocalDate.now(BERLIN).plusDays(8);
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, 1280, ColorScheme.DARK);
      page.navigate(address("/" + rotation.id() + "?view=week&day=" + date));
      Locator bar = day(page, date).locator(".bar");
      bar.waitFor();
      drag(page, bar, 0.505, bar, 0.74);
      page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Override")).waitFor();
      assertThat(page.getByLabel("From").inputValue()).isEqualTo(date + "T12:00");
      assertThat(page.getByLabel("Until").inputValue()).isEqualTo(date + "T18:00");
      page.getByLabel("Who is relieved").fill("Nobody Known");
      page.getByLabel("Who serves").fill("Nobody Known");
      button(page, "Change the plan").click();
      page.getByText("What you typed is still here").waitFor();
      Browser.screenshot(page, "rotations-override-wrong");
      assertThat(page.getByLabel("Who serves").inputValue()).isEqualTo("Nobody Known");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aDateIsALinkToTheFormForTheKeyboard() {
    Rotation rotation = make("Support desk");
    LocalDate date = LocalDate.now(BERLIN);
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, 1280, ColorScheme.LIGHT);
      page.navigate(address("/" + rotation.id()));
      day(page, date).locator("a.date").focus();
      page.keyboard().press("Enter");
      page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Override")).waitFor();
      assertThat(page.getByLabel("From").inputValue()).isEqualTo(date + "T00:00");
    }
  }

  @Test
  void aTemporarySchedulePutsItsOwnShifts() {
    Rotation rotation = make("Support desk");
    LocalDate date = LocalDate.now(BERLIN).plusDays(8);
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, 360, ColorScheme.LIGHT);
      page.navigate(address("/" + rotation.id()));
      page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Temporary schedule"))
          .click();
      page.getByLabel("From").fill(date + "T00:00");
      page.getByLabel("Until").fill(date.plusDays(1) + "T00:00");
      page.getByLabel("Shifts").fill(date + " 08:00, Ada");
      button(page, "Set the schedule").click();
      page.getByText("line 1 is not allowed").waitFor();
      Browser.screenshot(page, "rotations-temporary-wrong");
      page.getByLabel("Shifts").fill("%s 08:00, %s 20:00, Ben Okafor".formatted(date, date));
      button(page, "Preview").click();
      page.getByText("Nobody would be on duty any more").waitFor();
      assertThat(page.locator(".findings").innerText()).contains("20:00 to");
      Browser.screenshot(page, "rotations-temporary-preview-360");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      button(page, "Set the schedule").click();
      page.getByText("Temporary schedule of 1 shift").first().waitFor();
      page.navigate(address("/" + rotation.id() + "?view=week&day=" + date));
      assertThat(day(page, date).innerText())
          .contains("08:00 Ben Okafor, temporary schedule")
          .doesNotContain("Ada");
      Browser.screenshot(page, "rotations-week-360");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void membersSeeTheCalendarWithoutAnythingToChange() {
    Rotation rotation = make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MEMBER, 1280, ColorScheme.LIGHT);
      page.navigate(address("/" + rotation.id() + "?view=week"));
      page.locator(".bar").first().waitFor();
      Browser.screenshot(page, "rotations-week-1280");
      assertThat(page.locator("main button, main a.date").count()).isZero();
      assertThat(page.navigate(address("/" + rotation.id() + "/changes/new")).status())
          .isEqualTo(403);
    }
  }

  private static Locator day(Page page, LocalDate date) {
    return page.locator("[data-day='" + date + "']");
  }

  /// Drags from a part of the width of one to a part of the other's.
  private static void drag(Page page, Locator from, double part, Locator to, double end) {
    from.scrollIntoViewIfNeeded();
    BoundingBox start = from.boundingBox();
    BoundingBox stop = to.boundingBox();
    page.mouse().move(start.x + start.width * part, start.y + start.height * 0.7);
    page.mouse().down();
    page.mouse()
        .move(
            stop.x + stop.width * end,
            stop.y + stop.height * 0.7,
            new Mouse.MoveOptions().setSteps(4));
    page.mouse().up();
  }
}
