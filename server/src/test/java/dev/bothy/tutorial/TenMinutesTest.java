package dev.bothy.tutorial;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestKeycloak;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Signs in through Keycloak, makes a rotation in the sandbox, and sees people take over on time.
/// With `-Dpictures.write=true` it makes the pictures of the documentation anew.
@BothyTest
class TenMinutesTest {
  private static final Duration UNTIL_HANDOFF = Duration.ofMinutes(20);
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @Autowired TestClock clock;
  @LocalServerPort int port;

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void aNewcomerSeesPeopleTakeOverDutyOnTime() throws IOException {
    TestKeycloak.shared(port);
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    try (Browser browser = Browser.open()) {
      Page page = browser.page(1280, 800, ColorScheme.LIGHT);
      signIn(page);
      Pictures.take(page, "home");

      page.getByRole(AriaRole.NAVIGATION)
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Sandbox"))
          .first()
          .click();
      makeRotation(page);

      Locator card = message(page, "is on duty").first();
      assertThat(card).containsText("Ada Byron");
      assertThat(card).containsText("Ben Okafor");
      assertThat(card.getByRole(AriaRole.BUTTON).first()).isVisible();
      Pictures.take(page, "sandbox");

      directMessagesOf(page, "Ada Byron");
      Locator toAda = message(page, "You are on duty for Support desk").first();
      leaveNote(page, toAda, "The printer on floor 2 is waiting for a part.");
      Pictures.take(page, "direct-message");

      // Less than a session's idle time, as for somebody who keeps the page open.
      clock.advance(UNTIL_HANDOFF.plusMinutes(1));
      assertThat(toAda.getByRole(AriaRole.BUTTON)).hasCount(0);

      directMessagesOf(page, "Ben Okafor");
      assertThat(message(page, "You are on duty for Support desk").first()).isVisible();
      assertThat(message(page, "The printer on floor 2 is waiting for a part.").first())
          .isVisible();
      Pictures.take(page, "taking-over");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("general")).click();
      Locator newest = message(page, "is on duty").last();
      assertThat(newest).containsText("Ben Okafor");

      page.getByRole(AriaRole.NAVIGATION)
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Rotations"))
          .first()
          .click();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Support desk"))
          .first()
          .click();
      assertThat(page.getByText("Ben Okafor").first()).isVisible();
      Pictures.take(page, "rotation");

      Page phone = browser.page(390, 844, ColorScheme.DARK);
      phone.context().addCookies(page.context().cookies());
      phone.navigate(page.url());
      assertThat(phone.getByText("Ben Okafor").first()).isVisible();
      Pictures.take(phone, "rotation-phone");

      assertThat(browser.complaints()).isEmpty();
    }
  }

  private void signIn(Page page) {
    page.navigate("http://localhost:" + port + "/");
    page.locator("#username").fill("alice");
    page.locator("#password").fill(TestKeycloak.PASSWORD);
    page.locator("#kc-login").click();
    page.locator(".person").waitFor();
  }

  private void makeRotation(Page page) throws IOException {
    Locator composer = page.locator("#composer textarea");
    composer.fill("/rotation new");
    composer.press("Enter");
    Locator form = page.locator("dialog.room-form[open]");
    form.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill("Support desk");
    form.getByLabel("Hand-off time").fill(handoffTime());
    form.getByLabel("Time zone").fill("Mars/Olympus");
    Locator people = form.getByLabel("People, in the order of their turns").last();
    people.selectOption("Ada Byron");
    people.selectOption("Ben Okafor");
    form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create")).click();

    Locator refused = page.locator("dialog.room-form[open] .field.invalid");
    assertThat(refused).containsText("Mars/Olympus");
    assertThat(page.locator("dialog.room-form[open]").getByLabel("Name", exact()))
        .hasValue("Support desk");
    Pictures.take(page, "form");
    Locator again = page.locator("dialog.room-form[open]");
    again.getByLabel("Time zone").fill(LONDON.getId());
    again.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create")).click();
    assertThat(page.locator("dialog.room-form[open]")).hasCount(0);
  }

  private String handoffTime() {
    return clock
        .instant()
        .plus(UNTIL_HANDOFF)
        .atZone(LONDON)
        .format(DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH));
  }

  private static Locator.GetByLabelOptions exact() {
    return new Locator.GetByLabelOptions().setExact(true);
  }

  private static void leaveNote(Page page, Locator toAda, String note) {
    toAda
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Write hand-off note"))
        .click();
    Locator form = page.locator("dialog.room-form[open]");
    form.locator("textarea").fill(note);
    form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Leave the note"))
        .click();
    assertThat(page.locator("dialog.room-form[open]")).hasCount(0);
  }

  private static void directMessagesOf(Page page, String person) {
    page.locator("#people")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(person))
        .click();
    page.locator("#people .direct a").click();
  }

  private static Locator message(Page page, String text) {
    return page.locator("#messages .message", new Page.LocatorOptions().setHasText(text));
  }
}
