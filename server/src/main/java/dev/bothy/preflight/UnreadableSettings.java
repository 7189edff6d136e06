package dev.bothy.preflight;

import dev.bothy.platform.kernel.StartRefused;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/// `settings`: what it means that the server's settings could not be read.
final class UnreadableSettings {
  private static final String NAME = "settings";
  private static final String FIX =
      "Correct the setting; docs/reference/configuration.md has them all";

  private UnreadableSettings() {}

  static Finding of(Throwable failure) {
    BindValidationException invalid = Words.cause(failure, BindValidationException.class);
    if (invalid != null) {
      return Finding.fail(
          NAME,
          invalid.getValidationErrors().getAllErrors().stream()
              .map(DefaultMessageSourceResolvable::getDefaultMessage)
              .distinct()
              .collect(Collectors.joining("; ")),
          FIX);
    }
    BindException unreadable = Words.cause(failure, BindException.class);
    if (unreadable != null) {
      // Without the value: it may be a secret in a wrong place.
      return Finding.fail(
          NAME,
          unreadable.getName()
              + " has a value that cannot be read as "
              + unreadable.getTarget().getType(),
          FIX);
    }
    StartRefused refused = Words.cause(failure, StartRefused.class);
    return refused == null
        ? Finding.fail(NAME, "the settings cannot be used: " + Words.of(failure), FIX)
        : Finding.fail(NAME, refused.why(), refused.fix());
  }
}
