package dev.bothy.platform.bin.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestWorkspaces;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The bin in a real browser.
@BothyTest
class BinPageTest {
  @LocalServerPort int port;
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;

  @Test
  void anOwnerRemovesAndRestoresAndDeletesAtOnce() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone owner = people.signedIn(workspace, "Olga Owner", Role.OWNER);
    String server = "http://127.0.0.1:" + port;
    String bin = server + "/w/" + workspace.slug() + "/bin";
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, server, owner.token());
      page.navigate(bin);
      page.getByText("The bin is empty").waitFor();
      Browser.screenshot(page, "bin-empty");

      button(page, "Remove rotations").click();
      page.getByText("Rotations is in the bin until").waitFor();
      Browser.screenshot(page, "bin-undo");
      button(page, "Undo").click();
      page.getByText("Rotations is back, as it was.").waitFor();

      button(page, "Remove rotations").click();
      page.getByText("Rotations is in the bin until").waitFor();
      page.getByLabel("Days for rotations").fill("0");
      button(page, "Set days for rotations").click();
      page.getByText("This goes sooner than was said").waitFor();
      Browser.screenshot(page, "bin-shorten");
      page.getByText("No, leave it").click();
      page.getByLabel("Days for rotations").fill("99");
      page.locator("#days-rotations").evaluate("field => field.removeAttribute('max')");
      button(page, "Set days for rotations").click();
      page.getByText("0 to 30 are allowed, and 99 is not").waitFor();

      phone(browser, server, bin, owner, "bin-phone");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Delete now Rotations"))
          .click();
      page.getByLabel("Type Rotations to go on").fill("nothing");
      button(page, "Delete for good").click();
      page.getByRole(AriaRole.ALERT).waitFor();
      Browser.screenshot(page, "bin-delete");
      page.getByLabel("Type Rotations to go on").fill("Rotations");
      button(page, "Delete for good").click();
      page.getByText("Rotations is being deleted").waitFor();

      page.navigate(bin);
      page.getByText("Delete the workspace").click();
      button(page, "Put it into the bin").click();
      page.getByText("Restore the workspace").waitFor();
      Browser.screenshot(page, "bin-workspace");
      phone(browser, server, bin, owner, "bin-workspace-phone");
      button(page, "Restore the workspace").click();
      page.getByText("is back, as it was").waitFor();
      // What was wrong was answered with 422, which a browser mentions.
      assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("422"));
    }
  }

  private static void phone(
      Browser browser, String server, String address, TestPeople.Someone owner, String name) {
    Page phone = browser.page(390, 844, ColorScheme.DARK);
    Browser.signIn(phone, server, owner.token());
    phone.navigate(address);
    Browser.screenshot(phone, name);
    assertThat(phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        .isEqualTo(true);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
