package dev.bothy.platform.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version of this program.
public final class ProductVersion {
  private static final String CURRENT = read();

  private ProductVersion() {}

  /// As the build has it, e.g. `0.1.0`.
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    try (InputStream file = ProductVersion.class.getResourceAsStream("/version.properties")) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
