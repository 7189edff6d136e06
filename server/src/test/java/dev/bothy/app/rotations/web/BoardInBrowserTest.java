package dev.bothy.app.rotations.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.people.Role;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import org.junit.jupiter.api.Test;

/// The board, for members and for whoever knows its address.
@BothyTest
class BoardInBrowserTest extends RoomInBrowser {
  @Test
  void theBoardIsPublishedAtAnAddressAndWithdrawn() {
    make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, 1280, ColorScheme.LIGHT);
      page.navigate(address("/board"));
      page.getByText("Off: only members").waitFor();
      Browser.screenshot(page, "rotations-board");
      button(page, "Switch on").click();
      Locator link = page.locator(".notice a").first();
      link.waitFor();
      String secret = "http://127.0.0.1:" + port + link.getAttribute("href");

      Page stranger = browser.page(360, 800, ColorScheme.LIGHT);
      Response shown = stranger.navigate(secret);
      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.headers())
          .containsEntry("x-robots-tag", "noindex, nofollow")
          .hasEntrySatisfying("cache-control", value -> assertThat(value).contains("max-age=60"));
      assertThat(stranger.locator("main").innerText())
          .contains("Support desk")
          .contains("Ada Byron")
          .contains("Ben Okafor, from");
      Browser.screenshot(stranger, "rotations-board-public");
      assertThat(browser.complaints()).isEmpty();

      String before = link.getAttribute("href");
      button(page, "New address; the one before ends").click();
      page.locator(".notice a:not([href='" + before + "'])").waitFor();
      // A browser may show what it has for a minute; a question makes it ask anew.
      assertThat(stranger.navigate(secret + "?again").status()).isEqualTo(404);
      String other = "http://127.0.0.1:" + port + page.locator(".notice a").getAttribute("href");
      assertThat(stranger.navigate(other).status()).isEqualTo(200);
      button(page, "Switch off").click();
      page.getByText("Off: only members").waitFor();
      assertThat(stranger.navigate(other + "?again").status()).isEqualTo(404);
    }
  }
}
