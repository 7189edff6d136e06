package dev.bothy.tutorial;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/// What the pages of the documentation show: kept beside the other screenshots, and with
/// `-Dpictures.write=true` put into the documentation.
final class Pictures {
  private static final Path DOCUMENTATION = Path.of("../docs/images");

  private Pictures() {}

  /// What the browser's window shows.
  ///
  /// @param name of the file, without its ending
  static void take(Page page, String name) throws IOException {
    keep(name, path -> page.screenshot(new Page.ScreenshotOptions().setPath(path)));
  }

  /// A part of the page alone.
  static void take(Locator part, String name) throws IOException {
    keep(name, path -> part.screenshot(new Locator.ScreenshotOptions().setPath(path)));
  }

  private static void keep(String name, Consumer<Path> screenshot) throws IOException {
    Path taken = Path.of("target", "screenshots", name + ".png");
    screenshot.accept(taken);
    if (Boolean.getBoolean("pictures.write")) {
      Files.createDirectories(DOCUMENTATION);
      Files.copy(taken, DOCUMENTATION.resolve(name + ".png"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
