package dev.bothy.app.rotations.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.platform.people.Role;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import org.junit.jupiter.api.Test;

/// How duty is shared out, as members and managers see it.
@BothyTest
class FairnessInBrowserTest extends RoomInBrowser {
  @Test
  void membersSeeTheTeamAndManagersEachPersonIfTheyAsk() {
    Rotation rotation = make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MANAGER, 1280, ColorScheme.LIGHT);
      page.navigate(address("/" + rotation.id() + "/fairness"));
      page.getByLabel("Time").selectOption("ahead");
      button(page, "Show").click();
      page.getByText("3 people were or are on duty").waitFor();
      assertThat(page.locator(".bars").count()).isZero();
      page.getByText("Show each person's hours").click();
      page.locator(".bars li").first().waitFor();
      assertThat(page.locator(".bars li").count()).isEqualTo(3);
      assertThat(page.locator("main").innerText()).contains("Ben Okafor").contains("on weekends");
      Browser.screenshot(page, "rotations-fairness");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aRangeThatCannotBeIsSaidInWordsOnAPhone() {
    make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MEMBER, 360, ColorScheme.DARK);
      page.navigate(address("/fairness?range=custom&from=2026-05-02&to=2026-05-01"));
      page.getByText("not before the first day").waitFor();
      assertThat(page.getByText("Show each person's hours").count()).isZero();
      page.navigate(address("/fairness"));
      page.getByText("totals would tell of one of them").waitFor();
      Browser.screenshot(page, "rotations-fairness-360");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
      assertThat(page.navigate(address("/fairness?people=yes")).status()).isEqualTo(403);
    }
  }
}
