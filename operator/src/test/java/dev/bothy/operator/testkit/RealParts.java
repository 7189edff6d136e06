package dev.bothy.operator.testkit;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/// Decides what happens to a test whose real part (a program that is not ours) is missing here: on
/// a person's machine it is skipped and one loud line says so, with `CI=true` it fails.
public final class RealParts {
  private RealParts() {}

  public static void require(boolean present, String whatIsNotTested, String whatToDo) {
    if (present) {
      return;
    }
    String line = "NOT TESTED: " + whatIsNotTested + ". To test it, " + whatToDo + ".";
    if ("true".equals(System.getenv("CI"))) {
      fail(line);
    }
    System.err.println(line);
    abort(line);
  }
}
