package dev.bothy.cluster;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.bothy.operator.testkit.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A person at a browser, for whom the two public names lead to the Services of a release.
final class Visitor implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;
  final Page page;

  Visitor(Release release) {
    Path chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of("/usr/bin", name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("/nowhere"));
    RealParts.require(
        Files.isExecutable(chromium), "signing in on a cluster by browser", "install chromium");
    String names =
        "MAP %s %s, MAP %s %s"
            .formatted(
                Release.PUBLIC_HOST,
                release.serviceAddress("bothy"),
                Release.LOGIN_HOST,
                release.serviceAddress("bothy-trial-keycloak"));
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
                            "--host-resolver-rules=" + names)));
    page = browser.newPage();
    page.setDefaultTimeout(60_000);
  }

  /// Through Keycloak's form.
  void signIn(String name, String password) {
    page.navigate("http://" + Release.PUBLIC_HOST + "/");
    page.locator("#username").fill(name);
    page.locator("#password").fill(password);
    page.locator("#kc-login").click();
    page.waitForURL("http://" + Release.PUBLIC_HOST + "/**");
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
