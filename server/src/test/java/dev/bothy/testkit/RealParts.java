package dev.bothy.testkit;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Decides what happens to a test whose real part (a program that is not ours) is missing here.
///
/// On a person's machine the test is skipped and one loud line on standard error says what went
/// untested and what to install. With `CI=true` in the environment nothing may go untested, so the
/// test fails instead.
public final class RealParts {
  private RealParts() {}

  /// Goes on if the part is there; otherwise skips the calling test, or fails it under `CI=true`.
  public static void require(boolean present, String whatIsNotTested, String whatToInstall) {
    if (present) {
      return;
    }
    String line = "NOT TESTED: " + whatIsNotTested + ". To test it, install " + whatToInstall + ".";
    if ("true".equals(System.getenv("CI"))) {
      fail(line);
    }
    System.err.println(line);
    abort(line);
  }

  /// The program of that name on `PATH`, if this user may run it.
  public static Optional<Path> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
