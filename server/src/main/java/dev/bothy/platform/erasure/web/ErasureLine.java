package dev.bothy.platform.erasure.web;

import dev.bothy.platform.erasure.Erasure;
import dev.bothy.platform.erasure.ErasureTarget;
import java.util.Locale;

/// An erasure as the page shows it.
///
/// @param what in words, such as `a person, 0199…`
/// @param step in words; what waits says why
/// @param percent of the steps, 0 to 100
public record ErasureLine(Erasure erasure, String what, String step, int percent, boolean waits) {
  static ErasureLine of(Erasure erasure) {
    String what =
        switch (erasure.target()) {
          case ErasureTarget.OfPerson person -> "a person, " + person.person();
          case ErasureTarget.OfApp(String app) -> "all of " + title(app);
          case ErasureTarget.OfWorkspace _ -> "this workspace";
        };
    return switch (erasure.state()) {
      case Erasure.State.Running(String step, int place, int of) ->
          new ErasureLine(erasure, what, inWords(step), (place - 1) * 100 / of, false);
      case Erasure.State.Waiting(String _, String why) ->
          new ErasureLine(erasure, what, why, 0, true);
      case Erasure.State.Done _ -> new ErasureLine(erasure, what, "done", 100, false);
    };
  }

  /// How many rows went or were changed.
  public long rows() {
    return erasure.rows().values().stream().mapToLong(Long::longValue).sum();
  }

  private static String inWords(String step) {
    return switch (step) {
      case "identity" -> "what identifies them";
      case "installation" -> "what the installation knows of them";
      case "connections" -> "the connections";
      case "places" -> "the people's places";
      case "keys" -> "the keys";
      case "rest", "end" -> "the rest";
      case "check" -> "a last look";
      default -> "rows of " + title(step.substring(step.indexOf(':') + 1));
    };
  }

  static String title(String module) {
    return module.isEmpty()
        ? module
        : module.substring(0, 1).toUpperCase(Locale.ROOT) + module.substring(1);
  }
}
