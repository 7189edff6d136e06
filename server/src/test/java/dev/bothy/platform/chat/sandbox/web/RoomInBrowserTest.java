package dev.bothy.platform.chat.sandbox.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestWorkspaces;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The room as people use it: by keyboard, in two tabs, on a phone.
@BothyTest
class RoomInBrowserTest {
  private static final String[] ORDER = {"Ben Okafor", "Ada Byron"};

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  @ParameterizedTest
  @CsvSource({"1280, 800, LIGHT", "1280, 800, DARK", "360, 740, LIGHT"})
  void aRotationIsMadeWithTheKeyboardAlone(int width, int height, ColorScheme scheme) {
    String name = width + "-" + scheme.name().toLowerCase(Locale.ROOT);
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone visitor = people.signedIn(workspace, "Grace Hopper", Role.OWNER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page(width, height, scheme);
      Browser.signIn(page, address(""), visitor.token());
      page.navigate(address("/w/" + workspace.slug() + "/sandbox?as=ada"));
      assertThat(page.getByText("Try this")).isVisible();
      Browser.screenshot(page, "sandbox-empty-" + name);

      page.locator("#text").focus();
      page.keyboard().type("/ro");
      assertThat(page.locator("#text-completions [role=option]:visible")).hasCount(1);
      Browser.screenshot(page, "sandbox-completion-" + name);
      page.keyboard().press("Enter");
      page.keyboard().type("new");
      page.keyboard().press("Enter");
      Locator form = page.locator("dialog[open]");
      assertThat(form).isVisible();
      Browser.screenshot(page, "sandbox-form-" + name);
      assertThat(
              (Boolean)
                  page.evaluate(
                      "document.querySelector('dialog').contains(document.activeElement)"))
          .isTrue();

      page.keyboard().press("Escape");
      assertThat(page.locator("dialog")).hasCount(0);

      say(page, "#text", "/rotation new");
      assertThat(form).isVisible();
      form.locator("[data-add]").selectOption("ada");
      form.locator("[data-add]").selectOption("ben");
      form.locator(".chosen li:nth-child(2) .up").press("Enter");
      assertThat(form.locator(".chosen .person-name")).hasText(ORDER);
      form.locator("footer .primary").press("Enter");
      assertThat(form.locator(".error").first()).isVisible();
      assertThat(form.locator(".chosen .person-name")).hasText(ORDER);
      Browser.screenshot(page, "sandbox-form-wrong-" + name);

      page.keyboard().type("Support desk");
      page.keyboard().press("Enter");
      assertThat(page.locator("dialog")).hasCount(0);
      assertThat(page.locator("#messages .card-fields").first()).isVisible();
      assertThat(page.locator("#people .badge").first()).isVisible();
      Browser.screenshot(page, "sandbox-card-" + name);
      page.navigate(address("/w/" + workspace.slug() + "/sandbox?as=ben&in=@ben"));
      assertThat(page.locator("#messages .message").first()).isVisible();
      Browser.screenshot(page, "sandbox-direct-" + name);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void anotherTabIsAnotherPersonAndSeesEverythingAtOnce() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone visitor = people.signedIn(workspace, "Grace Hopper", Role.OWNER);
    try (Browser browser = Browser.open()) {
      Page ada = browser.page();
      Browser.signIn(ada, address(""), visitor.token());
      Page ben = ada.context().newPage();
      ada.navigate(address("/w/" + workspace.slug() + "/sandbox?as=ada"));
      ben.navigate(address("/w/" + workspace.slug() + "/sandbox?as=ben"));
      say(ada, "#text", "Kettle is on, @ben");
      assertThat(ben.locator("#messages .message")).hasCount(1);
      assertThat(ben.locator("#messages .mention")).hasText("@Ben Okafor");
      ben.getByText("Reply in a thread").click();
      say(ben, "#thread-text", "On my way");
      assertThat(ada.getByText("1 reply")).isVisible();
      assertThat(ben.locator("#thread-messages .message")).hasCount(2);
      say(ada, "#text", "/rotation help");
      assertThat(ada.locator("#messages .whisper")).hasCount(2);
      Browser.screenshot(ada, "sandbox-talk");
      Browser.screenshot(ben, "sandbox-thread");
      assertThat(ben.locator("#messages .whisper")).hasCount(0);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void say(Page page, String box, String text) {
    page.locator(box).focus();
    page.keyboard().type(text + " ");
    page.keyboard().press("Enter");
    assertThat(page.locator(box)).hasValue("");
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
