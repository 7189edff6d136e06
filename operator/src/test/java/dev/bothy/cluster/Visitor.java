package dev.bothy.cluster;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.bothy.operator.testkit.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A person at a browser, for whom public names lead where the test says.
final class Visitor implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;
  private final String address;
  final Page page;

  /// One for whom the two names lead to the Services of a trial.
  static Visitor of(Release release) {
    return new Visitor(
        "http://" + Release.PUBLIC_HOST,
        Map.of(
            Release.PUBLIC_HOST,
            release.reach("bothy", 80),
            Release.LOGIN_HOST,
            release.reach("bothy-trial-keycloak", 8080)));
  }

  /// @param address of Bothy
  /// @param names each with the address, and maybe the port, that it leads to
  Visitor(String address, Map<String, String> names) {
    this.address = address;
    Path chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of("/usr/bin", name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("/nowhere"));
    RealParts.require(
        Files.isExecutable(chromium), "signing in on a cluster by browser", "install chromium");
    String rules =
        names.entrySet().stream()
            .map(name -> "MAP " + name.getKey() + " " + name.getValue())
            .collect(Collectors.joining(", "));
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run",
                            "--host-resolver-rules=" + rules)));
    // What a test's own authority signed.
    page = browser.newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true));
    page.setDefaultTimeout(60_000);
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  /// Through Keycloak's form.
  void signIn(String name, String password) {
    page.navigate(address + "/");
    page.locator("#username").fill(name);
    page.locator("#password").fill(password);
    page.locator("#kc-login").click();
    try {
      page.waitForURL(address + "/**");
    } catch (TimeoutError e) {
      throw new AssertionError(
          "After signing in the browser is at " + page.url() + ":\n" + page.innerText("body"), e);
    }
  }

  void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", name + ".png"))
            .setFullPage(true));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
