package dev.bothy.testkit;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A real Chromium for one test: its pages, and whatever a page complained about. Closing it fails
/// nothing; a test asserts [#complaints] itself.
public final class Browser implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-quic",
          "--no-first-run");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = new ArrayList<>();

  private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
    this.playwright = playwright;
    this.chromium = chromium;
  }

  /// Starts Chromium; where there is none, the calling test is skipped loudly (or fails in CI).
  public static Browser open() {
    // As patient as its actions are: two busy cores serve the page, its browser and the database.
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    Optional<Path> program =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> RealParts.program(name).stream())
            .findFirst();
    RealParts.require(program.isPresent(), "the console in a real browser", "chromium");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program.orElseThrow())
                    .setArgs(ARGUMENTS)));
  }

  /// A page in a profile of its own, 1280 by 800.
  public Page page() {
    return page(1280, 800, ColorScheme.LIGHT);
  }

  /// A page in a profile of its own.
  public Page page(int width, int height, ColorScheme scheme) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE));
    context.setDefaultTimeout(20_000);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(message.text() + " at " + message.location());
      }
    });
    page.onPageError(complaints::add);
    return page;
  }

  /// Puts a session into the page's profile: somebody from `TestPeople`.
  public static void signIn(Page page, String serverAddress, String sessionToken) {
    page.context()
        .addCookies(List.of(new Cookie("bothy-session", sessionToken).setUrl(serverAddress)));
  }

  /// What pages complained about so far: script errors, refused scripts and styles, failed loads.
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// Keeps a picture of the whole page under `target/screenshots`.
  public static Path screenshot(Page page, String name) {
    Path file = Path.of("target", "screenshots", name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    return file;
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
