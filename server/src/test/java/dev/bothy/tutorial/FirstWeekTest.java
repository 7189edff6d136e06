package dev.bothy.tutorial;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.TestPeople.Someone;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Does what `docs/tutorial/first-week.md` says, in its order, from an empty workspace to the end
/// of a week on duty. With `-Dpictures.write=true` it makes the page's pictures anew.
@BothyTest
class FirstWeekTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Autowired TestClock clock;
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void aNewcomerGetsFromNothingToTheEndOfAWeekOnDuty() throws IOException {
    LocalDate monday =
        LocalDate.ofInstant(clock.instant(), BERLIN).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    itIs(monday, LocalTime.of(10, 0));
    Workspace workspace =
        workspaces.create("week-" + UUID.randomUUID().toString().substring(24), "Demo");
    Someone alice = people.signedIn(workspace, "Alice Arden", Role.OWNER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page(1280, 860, ColorScheme.LIGHT);
      Browser.signIn(page, server(), alice.token());
      Week week = new Week(page, server() + "/w/" + workspace.slug(), monday);
      week.makeTheRotation();
      week.sayWhatIsTold();
      week.linkTheAccount();
      week.enterAnAbsence();
      week.overrideAndTakeItBack();
      week.askForCover();
      week.subscribe();
      week.showTheBoard();

      comeBack(page, alice, monday, LocalTime.of(16, 30));
      week.leaveANote();
      comeBack(page, alice, monday.plusDays(1), LocalTime.of(9, 1));
      week.seeDanaTakeOver();

      comeBack(page, alice, monday.plusDays(7), LocalTime.of(9, 1));
      week.lookBack();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private String server() {
    return "http://127.0.0.1:" + port;
  }

  private void itIs(LocalDate day, LocalTime time) {
    clock.setTo(LocalDateTime.of(day, time).atZone(BERLIN).toInstant());
  }

  /// Hours later the session from before is over, and no page is open.
  private void comeBack(Page page, Someone who, LocalDate day, LocalTime time) {
    page.navigate("about:blank");
    itIs(day, time);
    Browser.signIn(page, server(), people.anotherSession(who.id()));
  }

  /// The steps of the page, each as its reader takes it.
  private record Week(Page page, String workspace, LocalDate monday) {
    void makeTheRotation() throws IOException {
      page.navigate(workspace + "/sandbox");
      page.navigate(workspace + "/rotations");
      link("Make one here").click();
      field("Name").fill("Support desk");
      field("Channel").fill("general");
      field("Time zone").first().fill(BERLIN.getId());
      field("Person 1").fill("Ada Byron");
      field("Person 2").fill("Ben Okafor");
      button("Add a person").click();
      field("Person 3").fill("Chen Wei");
      page.locator("details.more > summary").click();
      page.locator("[name='layers[0].active-days'][value=sat]").uncheck();
      page.locator("[name='layers[0].active-days'][value=sun]").uncheck();
      field("Hours of duty, a line each").fill("mon-fri 09:00-17:00");
      button("Preview").click();
      assertThat(page.locator(".preview .shifts li").first()).containsText("Ada Byron");
      assertThat(page.locator(".preview .shifts")).not().containsText("Sun ");
      Pictures.take(page, "week-preview");
      button("Create").click();
      assertThat(page.locator(".who").first()).hasText("Ada Byron");
      Pictures.take(page, "week-rotation");
    }

    void sayWhatIsTold() throws IOException {
      link("Telling and hand-off").click();
      page.getByLabel("The channel hears of the next seven days").selectOption("mon");
      field("at").fill("08:00");
      page.getByLabel("Checklist, an item on each line")
          .fill("The queue is empty\nThe pager is charged");
      page.getByLabel("A hand-off note is expected").check();
      Pictures.take(page.locator("main form").first(), "week-telling");
      button("Save").click();
      assertThat(page.getByText("is saved").first()).isVisible();
    }

    void linkTheAccount() {
      room("ada", "general");
      assertThat(message("is on duty").first()).containsText("Ada Byron");
      say("/bothy link");
      assertThat(message("in your direct messages").first()).isVisible();
      room("ada", "@ada");
      Page linking =
          page.context().waitForPage(() -> page.getByText("Link this account").first().click());
      linking.getByText("Yes, link it to me").click();
      assertThat(linking.getByText("The account is yours now").first()).isVisible();
      linking.close();
    }

    void enterAnAbsence() throws IOException {
      page.navigate(workspace + "/absences");
      link("Enter an absence").click();
      field("First day").fill(monday.plusDays(3).toString());
      button("Enter it").click();
      assertThat(page.getByText("The absence is entered.").first()).isVisible();
      openRotation();
      link("Week").click();
      assertThat(day(3)).containsText("Ben Okafor");
      Pictures.take(page.locator("#calendar"), "week-absence");
      link("Month").click();
    }

    void overrideAndTakeItBack() throws IOException {
      day(2).locator("a.date .short").click();
      page.getByLabel("What changes").selectOption("One person alone is on duty");
      page.getByLabel("Who serves").fill("Dana Ruiz");
      button("Preview").click();
      assertThat(page.locator(".preview")).containsText("Dana Ruiz");
      Pictures.take(page, "week-override");
      button("Change the plan").click();
      assertThat(page.getByText("The plan is changed.").first()).isVisible();
      assertThat(day(2)).containsText("Dana Ruiz");
      button("Undo").first().click();
      assertThat(page.getByText("The change is taken back.").first()).isVisible();
      assertThat(day(2)).not().containsText("Dana Ruiz");
    }

    void askForCover() throws IOException {
      room("ben", "general");
      say("/rotation cover \"Support desk\"");
      Locator asked = message("Who can cover for").first();
      assertThat(asked).containsText("Ben Okafor");
      Pictures.take(page, "week-cover");
      room("dana", "general");
      message("Who can cover for")
          .first()
          .getByRole(
              AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("I can").setExact(true))
          .click();
      assertThat(message("Dana Ruiz").first()).isVisible();
    }

    void subscribe() throws IOException {
      page.navigate(workspace + "/rotations/feeds");
      button("Make an address").click();
      String address = field("Address").inputValue();
      Pictures.take(page, "week-calendar");
      APIResponse feed = page.request().get(address);
      assertThat(new String(feed.body(), StandardCharsets.UTF_8)).contains("BEGIN:VEVENT");
      link("I have copied it").click();
    }

    void showTheBoard() throws IOException {
      page.navigate(workspace + "/rotations/board");
      button("Switch on").click();
      assertThat(page.locator("main")).containsText("Support desk");
      Pictures.take(page, "week-board");
    }

    void leaveANote() {
      room("ada", "@ada");
      message("You are on duty for Support desk")
          .first()
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Write hand-off note"))
          .click();
      Locator form = page.locator("dialog.room-form[open]");
      form.getByLabel("The queue is empty").check();
      form.locator("textarea").fill("The printer on floor 2 is waiting for a part.");
      form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
      assertThat(page.locator("dialog.room-form[open]")).hasCount(0);
    }

    void seeDanaTakeOver() throws IOException {
      room("dana", "@dana");
      assertThat(message("The printer on floor 2").first()).isVisible();
      assertThat(message("The pager is charged (open)").first()).isVisible();
      Pictures.take(page, "week-handover");
    }

    void lookBack() throws IOException {
      openRotation();
      link("Fairness").click();
      page.locator("main").getByText("Show each person's hours").click();
      assertThat(page.locator("main")).containsText("Dana Ruiz");
      Pictures.take(page, "week-fairness");
    }

    private void openRotation() {
      page.navigate(workspace + "/rotations");
      page.locator("main").getByText("Support desk").first().click();
    }

    private Locator day(int afterMonday) {
      return page.locator(".day[data-day='" + monday.plusDays(afterMonday) + "']");
    }

    private void room(String person, String conversation) {
      page.navigate(workspace + "/sandbox?as=" + person + "&in=" + conversation);
    }

    private void say(String text) {
      Locator composer = page.locator("#composer textarea");
      composer.fill(text);
      composer.press("Enter");
    }

    private Locator message(String text) {
      return page.locator("#messages .message", new Page.LocatorOptions().setHasText(text));
    }

    private Locator field(String label) {
      return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private Locator button(String name) {
      return page.locator("main")
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private Locator link(String name) {
      return page.locator("main")
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
          .first();
    }
  }
}
