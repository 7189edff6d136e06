package dev.bothy.app.rotations.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.app.rotations.ChangeInput;
import dev.bothy.app.rotations.PlanChanges;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.people.Role;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The board, for members and for whoever knows its address.
@BothyTest
class BoardInBrowserTest extends RoomInBrowser {
  @Autowired PlanChanges changes;

  @Test
  void whoeverIsAddedStandsOnTheBoardToo() {
    Rotation rotation = make("Support desk");
    Instant now = Instant.now();
    changes.make(
        workspace.id(),
        new Actor.System(),
        rotation.id(),
        new ChangeInput.Add(now, now.plus(Duration.ofMinutes(90)), null, "chen"));
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MEMBER, 360, ColorScheme.DARK);
      page.navigate(address("/board"));
      assertThat(page.locator("#board").innerText()).contains("Ada Byron").contains("Chen Wei");
      Browser.screenshot(page, "rotations-board-360");
      page.navigate(address("/" + rotation.id()));
      assertThat(page.locator(".now .who").allInnerTexts())
          .containsExactly("Ada Byron", "Chen Wei");
      Browser.screenshot(page, "rotations-show-beside-360");
      page.navigate(address(""));
      assertThat(page.locator(".duty .who").allInnerTexts())
          .containsExactly("Ada Byron", "Chen Wei");
      Browser.screenshot(page, "rotations-list-beside-360");
      assertThat(browser.complaints()).isEmpty();
    }
  }

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
      String secret = link.getAttribute("href");
      assertThat(secret).startsWith("http").contains("/boards/");
      assertThat(page.locator("#address").inputValue()).isEqualTo(secret);
      button(page, "Copy").click();
      Browser.screenshot(page, "rotations-board-address");

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
      String other = page.locator(".notice a").getAttribute("href");
      assertThat(stranger.navigate(other).status()).isEqualTo(200);
      button(page, "Switch off").click();
      page.getByText("Off: only members").waitFor();
      assertThat(stranger.navigate(other + "?again").status()).isEqualTo(404);
    }
  }
}
