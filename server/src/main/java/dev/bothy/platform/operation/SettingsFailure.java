package dev.bothy.platform.operation;

import dev.bothy.platform.kernel.StartRefused;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/// What it means that the settings could not be read. It names keys and no value that may be a
/// secret in a wrong place.
///
/// @param why what is so, without a full stop unless it is a refusal's own words
/// @param fix what to do next
public record SettingsFailure(String why, String fix) {
  private static final String CORRECT =
      "Correct the setting; docs/reference/configuration.md has them all";

  /// @param failure what came of starting a [ToolContext], or of using what it read
  public static SettingsFailure of(Throwable failure) {
    BindValidationException invalid = cause(failure, BindValidationException.class);
    if (invalid != null) {
      return new SettingsFailure(
          invalid.getValidationErrors().getAllErrors().stream()
              .map(DefaultMessageSourceResolvable::getDefaultMessage)
              .distinct()
              .collect(Collectors.joining("; ")),
          CORRECT);
    }
    BindException unreadable = cause(failure, BindException.class);
    if (unreadable != null) {
      return new SettingsFailure(
          unreadable.getName()
              + " has a value that cannot be read as "
              + unreadable.getTarget().getType(),
          CORRECT);
    }
    StartRefused refused = cause(failure, StartRefused.class);
    return refused == null
        ? new SettingsFailure("the settings cannot be used: " + deepest(failure), CORRECT)
        : new SettingsFailure(refused.why(), refused.fix());
  }

  /// Both, for people to read.
  public String sentence() {
    return why + (why.endsWith(".") ? " " : ". ") + fix + (fix.endsWith(".") ? "" : ".");
  }

  private static String deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    @Nullable String said = deepest.getMessage();
    return said == null || said.isBlank() ? deepest.getClass().getSimpleName() : said;
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }
}
