package dev.bothy.app.rotations.web;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.RotationOutcome;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.testkit.Browser;
import java.util.List;

/// A room of three whose rotations a browser looks at.
abstract class RoomInBrowser extends RoomOfThree {
  /// A rotation of the three, each for a day, at 09:00 in Berlin.
  Rotation make(String name) {
    return make(
        RotationInput.of(
            name,
            "daily",
            List.of(),
            "",
            "",
            "09:00",
            "Europe/Berlin",
            List.of("ada", "ben", "chen")));
  }

  Rotation make(RotationInput input) {
    RotationOutcome outcome =
        rotations.create(workspace.id(), new Actor.System(), connection, "general", input);
    return ((RotationOutcome.Done) outcome).rotation();
  }

  /// A page of somebody new with this role.
  Page signedIn(Browser browser, Role role, int width, ColorScheme scheme) {
    TestPeople.Someone someone = people.signedIn(workspace, "Ada Lovelace", role);
    Page page = browser.page(width, 800, scheme);
    Browser.signIn(page, "http://127.0.0.1:" + port, someone.token());
    return page;
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// The address of a page of rotations.
  String address(String path) {
    return "http://127.0.0.1:" + port + "/w/" + workspace.slug() + "/rotations" + path;
  }
}
