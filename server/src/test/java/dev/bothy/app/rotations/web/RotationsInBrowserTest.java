package dev.bothy.app.rotations.web;

import static com.microsoft.playwright.options.WaitForSelectorState.DETACHED;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.platform.people.Role;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@BothyTest
class RotationsInBrowserTest extends RoomInBrowser {
  @Test
  void anAdminMakesARotationInTheBrowser() {
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, 1280, ColorScheme.LIGHT);
      page.navigate(address(""));
      page.getByText("Nobody is on duty yet").waitFor();
      Browser.screenshot(page, "rotations-empty");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New rotation")).click();
      page.getByLabel("Name").fill("Support desk");
      page.getByLabel("Channel").fill("#general");
      page.getByLabel("The turn passes").selectOption("weekly");
      page.locator(".for-days").getByLabel("Mon").check();
      page.locator(".for-days").getByLabel("Thu").check();
      page.getByLabel("Time zone").fill("Europe/Berlin");
      page.getByLabel("Person 1", exactly()).fill("Ada Byron");
      page.getByLabel("Person 2", exactly()).fill("chen");
      button(page, "Add a person").click();
      page.getByLabel("Person 3", exactly()).waitFor();
      page.keyboard().type("@ben");
      Browser.screenshot(page, "rotations-form");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create")).click();
      page.getByText("On duty now").waitFor();
      Browser.screenshot(page, "rotations-show");
      assertThat(page.locator(".now .who").innerText()).isEqualTo("Ada Byron");
      assertThat(page.locator(".layer-card").innerText())
          .contains("Every Monday, Thursday at 09:00 (Europe/Berlin)")
          .contains("Ada Byron, Chen Wei, Ben Okafor");
      assertThat(page.locator(".now .facts").innerText()).contains("Sandbox, general");
      assertThat(page.locator(".day .handoff").count()).isPositive();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void whatIsWrongIsSaidAtItsFieldAndWhatWasTypedStays() {
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.OWNER, 1280, ColorScheme.LIGHT);
      page.navigate(address("/new"));
      page.getByLabel("Name").fill("Desk");
      page.getByLabel("Channel").fill("");
      page.locator("#l0-time").fill("25:00");
      page.getByLabel("Time zone").fill("Europe/Berln");
      page.getByLabel("Person 1", exactly()).fill("Nobody Known");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create")).click();
      page.getByText("What you typed is still here").waitFor();
      Browser.screenshot(page, "rotations-form-wrong");
      assertThat(page.locator(".error").allInnerTexts())
          .anySatisfy(error -> assertThat(error).startsWith("Channel: 1 to 200"))
          .anySatisfy(error -> assertThat(error).contains("\"25:00\" is not allowed"))
          .anySatisfy(error -> assertThat(error).contains("Did you mean Europe/Berlin"));
      assertThat(page.getByLabel("Name").inputValue()).isEqualTo("Desk");
      assertThat(page.locator("#l0-p0").inputValue()).isEqualTo("Nobody Known");

      page.getByLabel("Channel").fill("general");
      page.locator("#l0-time").fill("9:00");
      page.getByLabel("Time zone").fill("Europe/Berlin");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create")).click();
      page.getByText("\"Nobody Known\" is nobody here").waitFor();
    }
  }

  @Test
  void aRotationIsEditedPausedDeletedAndBroughtBack() {
    Rotation rotation = make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, 1280, ColorScheme.LIGHT);
      page.navigate(address("/" + rotation.id()));
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Edit")).click();
      assertThat(page.locator("#l0-p0").inputValue()).isEqualTo("Ada Byron");
      page.getByLabel("Name").fill("Service desk");
      page.getByLabel("Remove person 2").click();
      page.locator("#l0-p2").waitFor(new Locator.WaitForOptions().setState(DETACHED));
      assertThat(page.locator("#l0-p1").inputValue()).isEqualTo("Chen Wei");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
      page.getByText("Ada Byron, Chen Wei").waitFor();
      button(page, "Pause").click();
      page.getByText("Nobody, until it is resumed").waitFor();
      Browser.screenshot(page, "rotations-paused");
      button(page, "Resume").click();
      page.getByText("On duty now").waitFor();
      page.locator(".confirm summary").click();
      Browser.screenshot(page, "rotations-delete");
      button(page, "Delete this rotation").click();
      page.getByText("can be brought back until").waitFor();
      Browser.screenshot(page, "rotations-deleted");
      button(page, "Bring back Service desk").click();
      page.getByText("On duty now").waitFor();
      assertThat(page.locator("h1").innerText()).isEqualTo("Service desk");
      page.navigate(address(""));
      page.locator(".duty .who").waitFor();
      Browser.screenshot(page, "rotations-list");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"360, DARK", "1280, LIGHT"})
  void aSecondLayerIsAddedAndWhatItComesToIsShownBeforeItIsSaved(int width, ColorScheme scheme) {
    Rotation rotation = make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, width, scheme);
      page.navigate(address("/" + rotation.id() + "/edit"));
      page.getByLabel("Name").fill("Help desk");
      button(page, "Add a layer").click();
      page.locator("#l1-role").waitFor();
      assertThat(page.getByLabel("Name").inputValue()).isEqualTo("Help desk");
      assertThat(page.locator("#l1-role").inputValue()).isEqualTo("Secondary");
      assertThat(page.evaluate("document.activeElement.id")).isEqualTo("l1-role");
      page.locator("#l1-p0").fill("Chen Wei");
      page.locator("#l1-p1").fill("ada");
      Locator second = page.locator(".layer").nth(1);
      second.getByText("More:").click();
      second.locator(".more").getByLabel("Sat").uncheck();
      second.locator(".more").getByLabel("Sun").uncheck();
      second.getByLabel("Hours of duty, a line each").fill("mon-fri 08:00-18:00");
      second.getByLabel("Who is next").selectOption("balanced");
      Locator first = page.locator(".layer").first();
      first.getByText("Joins or leaves").nth(1).click();
      page.locator("#l0-p1-leaves").fill("2020-01-01");
      Browser.screenshot(page, "rotations-layers-" + width);
      button(page, "Preview").click();
      page.getByText("Nothing is saved yet").waitFor();
      Browser.screenshot(page, "rotations-preview-" + width);
      assertThat(page.locator("ul.changes").innerText())
          .contains("Secondary")
          .contains("Chen Wei instead of nobody")
          .contains("Chen Wei instead of Ben Okafor");
      page.locator(".preview summary").click();
      assertThat(page.locator(".shifts").innerText()).doesNotContain("Ben Okafor");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(rotations.find(workspace.id(), rotation.id()).orElseThrow()).isEqualTo(rotation);

      page.locator("#l1-time").fill("26:00");
      button(page, "Preview").click();
      page.getByText("\"26:00\" is not allowed").waitFor();
      page.locator("#l1-time").fill("08:00");
      button(page, "Save").click();
      page.getByText("On duty now").waitFor();
      assertThat(page.locator(".layer-card").count()).isEqualTo(2);
      assertThat(page.locator(".layer-card").nth(1).innerText())
          .contains("Secondary", "Mon-Fri 08:00-18:00", "Chen Wei, Ada Byron", "fewest hours");
      Browser.screenshot(page, "rotations-show-layers-" + width);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      page.navigate(address(""));
      page.locator(".rules li").first().waitFor();
      Browser.screenshot(page, "rotations-list-layers-" + width);
      Rotation saved = rotations.find(workspace.id(), rotation.id()).orElseThrow();
      assertThat(saved.name()).isEqualTo("Help desk");
      assertThat(saved.layers()).extracting(Layer::role).containsExactly("Primary", "Secondary");
      assertThat(saved.layers().get(1).activity().days()).hasSize(5);
      assertThat(saved.layers().get(1).order()).isEqualTo(Order.BALANCED);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void withoutScriptsTheFormDoesTheSame() {
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, 1280, ColorScheme.LIGHT);
      page.route("**/htmx*.js", Route::abort);
      page.navigate(address("/new"));
      page.getByLabel("Name").fill("Plain");
      page.getByLabel("Person 1", exactly()).fill("ada");
      button(page, "Add an empty place").click();
      page.getByText("this place is kept empty").waitFor();
      assertThat(page.url()).endsWith("/rotations/form");
      assertThat(page.getByLabel("Name").inputValue()).isEqualTo("Plain");
      button(page, "Move person 3 up").click();
      page.waitForCondition(() -> page.locator(".people li").nth(1).innerText().contains("Nobody"));
      button(page, "Preview").click();
      page.getByText("Nothing is saved yet").waitFor();
      assertThat(page.locator(".shifts").innerText()).contains("Ada Byron").contains("Nobody");
      page.getByLabel("Channel").fill("general");
      // Enter saves: it is no button of the form that removes anything.
      page.getByLabel("Channel").press("Enter");
      page.getByText("On duty now").waitFor();
    }
  }

  @Test
  void aMemberLooksAndChangesNothing() {
    Rotation rotation = make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MEMBER, 1280, ColorScheme.LIGHT);
      page.navigate(address("/" + rotation.id()));
      page.getByText("On duty now").waitFor();
      assertThat(page.locator("main button").count()).isZero();
      Response refused = page.navigate(address("/" + rotation.id() + "/edit"));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(page.navigate(address("/new")).status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @CsvSource({"360, LIGHT", "1280, DARK"})
  void theCalendarFitsTheScreen(int width, ColorScheme scheme) {
    Rotation rotation = make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, width, scheme);
      page.navigate(address("/" + rotation.id()));
      page.locator(".day .handoff").first().waitFor();
      Browser.screenshot(page, "rotations-show-" + width);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      page.navigate(address("/" + rotation.id() + "/edit"));
      Browser.screenshot(page, "rotations-edit-" + width);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
